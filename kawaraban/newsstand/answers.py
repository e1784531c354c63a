"""An answer, ready to be given any number of times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

from kawaraban.newsstand.rsgi import Header
from kawaraban.press.segments import NOWHERE, Place
from kawaraban.press.stitch import END_BYTES

PAGE, SEARCH, STATIC, MEDIA, OTHER = KINDS = ("page", "search", "static", "media", "other")
OVERHEAD = 440  # bytes of a page's answer without its body, its place on a shelf counted in


class Frame(NamedTuple):
    """What pages with the same runs have in common of their gzip members."""

    pieces: tuple[bytes, ...]
    gaps: tuple[int, ...]  # where in them a page's own parts go
    lies: Struct  # where these lie in the edition, how many bytes each has, and the end of the member


def frame(pieces: tuple[bytes, ...]) -> Frame:
    gaps = tuple(place for place, piece in enumerate(pieces) if not piece)
    return Frame(pieces, gaps, Struct(f"<IQI{len(gaps)}I{END_BYTES}s"))


@dataclass(slots=True)
class Answer:
    """headers: all but the tag and the request id. An answer with headers in brief sends its tag, and can be 304."""

    status: int
    headers: list[Header]
    body: bytes = b""
    kind: str = OTHER
    tag: str = ""
    brief: list[Header] = field(default_factory=list)

    def told(self, request_id: str) -> list[Header]:
        own = [("etag", self.tag), ("x-request-id", request_id)] if self.brief else [("x-request-id", request_id)]
        return [*self.headers, *own]

    def told_in_brief(self, request_id: str) -> list[Header]:
        return [*self.brief, ("etag", self.tag), ("x-request-id", request_id)]


@dataclass(slots=True)
class FileAnswer(Answer):
    """A file in place of a body."""

    file: str = ""
    size: int = 0  # bytes that are sent
    span: tuple[int, int] | None = None  # of the file: first byte, and the one after the last


@dataclass(slots=True)
class PageAnswer(Answer):
    """A printed page. A hundred thousand are kept, so it takes little room."""

    frame: Frame | None = None  # what its body is joined from; none when the pieces are all there is
    own: bytes = b""  # as frame.lies says
    turn: int = 0  # of the stock, when it was last seen to be right
    pieces: list[bytes] | None = None  # of its body, while they are kept at hand
    asked: float = 0.0  # how often, as Favourites counts
    weight: int = OVERHEAD  # bytes of it, without what is made again from what was printed

    @property
    def place(self) -> Place:
        return Place._make(self.frame.lies.unpack(self.own)[:3]) if self.frame else NOWHERE

    def renew(self, other: "PageAnswer") -> None:
        """Becomes what the same page says now. Its own parts are those it had, so its pieces stay at hand."""
        if self.pieces is not None and self.frame is not None and other.frame is not None:
            pieces = [*other.frame.pieces, other.own[-END_BYTES:]]
            for gap, gap_before in zip(other.frame.gaps, self.frame.gaps, strict=True):
                pieces[gap] = self.pieces[gap_before]
            self.pieces = pieces
        self.status, self.headers, self.tag, self.brief = other.status, other.headers, other.tag, other.brief
        self.frame, self.own = other.frame, other.own

    def made_pieces(self, read: Callable[[int, int, int], bytes]) -> list[bytes]:
        """Of the body. read: gives what is in a segment at an offset, so many bytes."""
        if self.frame is None:
            return self.pieces or []
        pieces, gaps, lies = self.frame
        segment, offset, size, *sizes, end = lies.unpack(self.own)
        own, made, start = read(segment, offset, size), [*pieces, end], 0
        for gap, own_size in zip(gaps, sizes, strict=True):
            made[gap] = own[start : (start := start + own_size)]
        return made
