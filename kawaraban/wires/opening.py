"""Compressed payloads opened: gzip, and zip archives of several files. Nothing is written anywhere, and nothing grows without end."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import EXPANDED, ITEMS

GZIP, ZIP = b"\x1f\x8b\x08", b"PK\x03\x04"
ENTRY = b"PK\x01\x02"  # of a zip archive's table of contents
LAYERS = 3  # of compression around each other
BROKEN = (OSError, EOFError, ValueError, LookupError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class File:
    name: str  # as the sender wrote it, with whatever path: only to be shown or compared
    content: bytes


@dataclass(slots=True)
class Room:
    """Bytes to which all that is compressed in one payload, however deep, may still expand."""

    left: int = EXPANDED

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable("it expands to more than %(most)d bytes", most=EXPANDED)


def opened(data: bytes, name: str = "", room: Room | None = None) -> list[File]:
    """The files of a payload; what isn't compressed is one. Raises Unreadable."""
    room = room or Room()
    files = [File(name, data)]
    for _ in range(LAYERS):
        if not any(is_packed(file.content) for file in files):
            return files
        files = [inner for file in files for inner in unpacked(file, room)]
    if any(is_packed(file.content) for file in files):
        raise Unreadable("it is compressed more than %(most)d times over", most=LAYERS)
    return files


def is_packed(data: bytes) -> bool:
    return data.startswith((GZIP, ZIP))


def unpacked(file: File, room: Room) -> Iterator[File]:
    if file.content.startswith(GZIP):
        return gunzipped(file, room)
    return unzipped(file, room) if file.content.startswith(ZIP) else iter([file])


def gunzipped(file: File, room: Room) -> Iterator[File]:
    if file.content.count(GZIP) > ITEMS:
        raise Unreadable("it has more than %(most)d compressed parts", most=ITEMS)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(file.content)) as stream:
            content = stream.read(max(room.left, 0) + 1)
    except BROKEN as error:
        raise Unreadable("it is not the gzip that it begins as: %(reason)s", reason=str(error)) from None
    room.take(len(content))
    yield File(file.name, content)


def unzipped(file: File, room: Room) -> Iterator[File]:
    """The members, without folders and what a Mac adds."""
    if file.content.count(ENTRY) > ITEMS:
        raise Unreadable("there are more than %(most)d files in it", most=ITEMS)
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            for member in archive.infolist():
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise Unreadable("%(name)s in it is compressed neither by deflate nor at all", name=member.filename)
                if not member.is_dir() and not is_aside(member.filename):
                    with archive.open(member) as stream:
                        content = stream.read(max(room.left, 0) + 1)
                    room.take(len(content))
                    yield File(member.filename, content)
    except BROKEN as error:
        raise Unreadable("it is not the zip archive that it begins as: %(reason)s", reason=str(error)) from None


def is_aside(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith((".", "Thumbs.db"))
