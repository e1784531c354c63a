"""An answer, ready to be given any number of times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

from kawaraban.newsstand.rsgi import Header
from kawaraban.press.segments import Place
from kawaraban.press.stitch import END_BYTES

PAGE, STATIC, MEDIA, OTHER = KINDS = ("page", "static", "media", "other")
OVERHEAD = 500  # bytes of an answer without its body


class Frame(NamedTuple):
    """What pages with the same runs have in common of their gzip members."""

    pieces: tuple[bytes, ...]
    gaps: tuple[int, ...]  # where in them a page's own parts go
    lies: Struct  # where these lie in the edition, how many bytes each has, and the end of the member


class Printed(NamedTuple):
    """What the body of a page is joined from. Many are kept, so it takes little room."""

    frame: Frame
    own: bytes  # as frame.lies says

    @property
    def place(self) -> Place:
        return Place._make(self.frame.lies.unpack(self.own)[:3])

    def pieces(self, read: Callable[[int, int, int], bytes]) -> list[bytes]:
        """Of the body. read: gives what is in a segment at an offset, so many bytes. 3 µs of each answer that was not kept."""
        (pieces, gaps, lies), told = self
        segment, offset, size, *sizes, end = lies.unpack(told)
        own, made, start = read(segment, offset, size), [*pieces, end], 0
        for gap in gaps:
            made[gap] = own[start : (start := start + sizes.pop(0))]
        return made


def frame(pieces: tuple[bytes, ...]) -> Frame:
    gaps = tuple(place for place, piece in enumerate(pieces) if not piece)
    return Frame(pieces, gaps, Struct(f"<IQI{len(gaps)}I{END_BYTES}s"))


def printed(frame: Frame, place: Place, sizes: tuple[int, ...], end: bytes) -> Printed:
    return Printed(frame, frame.lies.pack(*place, *sizes, end))


@dataclass(slots=True)
class Answer:
    """headers: all but the tag and the request id. An answer with headers in brief sends its tag, and can be 304."""

    status: int
    headers: list[Header]
    body: bytes = b""
    kind: str = OTHER
    tag: str = ""
    brief: list[Header] = field(default_factory=list)
    turn: int = 0  # of the stock, when it was last seen to be right
    file: str = ""  # sent in place of the body
    size: int = 0  # bytes of the file
    span: tuple[int, int] | None = None  # of the file: first byte, and the one after the last
    pieces: list[bytes] | None = None  # of a page's body, while they are kept at hand
    is_wanted: bool = False  # these were asked for again
    printed: Printed | None = None  # what pieces that are not kept are made from
    weight: int = OVERHEAD  # bytes of it, without what is made again from what was printed

    def told(self, request_id: str) -> list[Header]:
        own = [("etag", self.tag), ("x-request-id", request_id)] if self.brief else [("x-request-id", request_id)]
        return [*self.headers, *own]

    def told_in_brief(self, request_id: str) -> list[Header]:
        return [*self.brief, ("etag", self.tag), ("x-request-id", request_id)]
