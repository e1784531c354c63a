"""Payloads read: opened when they are compressed, their format recognised from their bytes."""

from collections.abc import Callable, Iterator
from functools import partial

from kawaraban.wires.allowance import bounded
from kawaraban.wires.copy import Copy, Media, Partly, Read, Unreadable
from kawaraban.wires.enclosures import file_name, kind, with_media
from kawaraban.wires.formats import FORMATS
from kawaraban.wires.limits import PAYLOAD_BYTES
from kawaraban.wires.opening import File, is_packed, opened
from kawaraban.wires.packages import gathered
from kawaraban.wires.words import one_line


def recognised(data: bytes) -> str:
    """The name of the format that a payload is in. Raises Unreadable for one that is in none."""
    for name, known in FORMATS.items():
        if known.fits(data):
            return name
    raise Unreadable("this is in none of the formats that are known: %(names)s", names=", ".join(FORMATS))


@bounded
def read(data: bytes, format: str = "") -> list[Copy]:  # noqa: A002 - as the field of a copy, and as the command's option
    """The copies of a payload, in a format by name or in the one that it is recognised as. Raises Unreadable, or Partly with what could be read."""
    if len(data) > PAYLOAD_BYTES:
        raise Unreadable("it is larger than %(most)d bytes", most=PAYLOAD_BYTES)
    if not is_packed(data):
        return reader(data, format)(data)
    files = opened(data)
    if all(kind(file.content) for file in files):
        raise Unreadable("there is nothing in it that could be copy")
    pictures = [Media(file_name(file.name), kind(file.content), size=len(file.content), content=file.content) for file in files if kind(file.content)]
    try:
        return with_media(gathered(readings(files, format)), pictures)
    except Partly as partly:
        raise Partly(with_media(partly.read, pictures), partly.faults) from None


def reader(data: bytes, name: str) -> Read:
    if name and name not in FORMATS:
        raise Unreadable("there is no format %(name)s; there are %(names)s", name=repr(name[:60]), names=", ".join(FORMATS))
    return FORMATS[name or recognised(data)].read


def readings(files: list[File], name: str) -> Iterator[tuple[str, Callable[[], list[Copy]]]]:
    for file in files:
        if not kind(file.content):
            yield one_line(file.name)[-100:] or "what it compresses", partial(unpacked, file, name)


def unpacked(file: File, name: str) -> list[Copy]:
    return reader(file.content, name)(file.content)
