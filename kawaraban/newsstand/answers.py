"""An answer, ready to be given any number of times."""

from dataclasses import dataclass, field

from kawaraban.newsstand.rsgi import Header

PAGE, STATIC, MEDIA, OTHER = KINDS = ("page", "static", "media", "other")


@dataclass(slots=True)
class Answer:
    """headers: all but the request id. An answer with a tag can be 304, with the headers in brief."""

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
    pieces: list[bytes] = field(default_factory=list)  # of a body that is joined only when it is asked for
    weight: int = 0  # bytes of them that no other answer shares

    def whole(self) -> bytes:
        return self.body or b"".join(self.pieces)
