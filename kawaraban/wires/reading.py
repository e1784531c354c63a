from kawaraban.wires.copy import Copy, Unreadable
from kawaraban.wires.formats import nitf


def read(data: bytes, format: str = "") -> list[Copy]:  # noqa: A002
    """The items of a payload. Raises Unreadable, or Partly with what could be read."""
    if format not in ("", nitf.NAME):
        raise Unreadable(f"{format!r} is no format that can be read")
    return nitf.read(data)
