"""An answer, ready to be given any number of times."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kawaraban.newsstand.rsgi import Header
from kawaraban.press.segments import Place

PAGE, STATIC, MEDIA, OTHER = KINDS = ("page", "static", "media", "other")
OVERHEAD = 900  # bytes of an answer without its body


class Printed(NamedTuple):
    """What a body is joined from."""

    pieces: list[bytes]  # empty where a part of the page's own goes
    sizes: tuple[int, ...]  # bytes of these
    place: Place  # where they lie in the edition


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
    printed: Printed | None = None  # a body that isn't at hand is joined from it
    weight: int = OVERHEAD  # bytes of it and its body, that of a printed one left out

    def told(self, request_id: str) -> list[Header]:
        own = [("etag", self.tag), ("x-request-id", request_id)] if self.brief else [("x-request-id", request_id)]
        return [*self.headers, *own]

    def told_in_brief(self, request_id: str) -> list[Header]:
        return [*self.brief, ("etag", self.tag), ("x-request-id", request_id)]
