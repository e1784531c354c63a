"""Files that the pages' own parts are appended to; LMDB knows what lies where.

They are read by position, not mapped: a mapped file counts as memory of every
process that reads it, and to map a page anew costs more than to copy it.
What is written is never written over, until nothing refers to its file and it goes.
"""

import os
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    segment: int = 0
    offset: int = 0
    size: int = 0  # bytes


NOWHERE = Place()


class Lost(Exception):
    """A segment lacks what should be in it: part of the edition was deleted."""


class Segments:
    """The files of one edition, named after it, so that no process writes into those of another one in the same folder. One thread."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.files: dict[int, int] = {}

    def file(self, segment: int) -> Path:
        return self.folder / f"parts-{self.name}-{segment}"

    def descriptor(self, segment: int, flags: int = os.O_RDWR) -> int:
        if (known := self.files.get(segment)) is None:
            known = self.files[segment] = os.open(self.file(segment), flags, 0o640)
        return known

    def write(self, place: Place, content: bytes) -> None:
        """Raises OSError."""
        descriptor, done = self.descriptor(place.segment, os.O_RDWR | os.O_CREAT), 0
        while done < len(content):
            done += os.pwrite(descriptor, content[done:], place.offset + done)

    def sync(self, segment: int) -> None:
        os.fdatasync(self.descriptor(segment))

    def read(self, segment: int, offset: int, size: int) -> bytes:
        """What was written at a place. Raises Lost, OSError."""
        if not size:
            return b""
        try:
            content = os.pread(self.files.get(segment) or self.descriptor(segment), size, offset)
        except FileNotFoundError:
            raise Lost(f"{self.file(segment).name} is gone") from None
        if len(content) < size:
            raise Lost(f"{self.file(segment).name} ends before {offset + size}")
        return content

    def bytes(self, segment: int) -> int:
        """The length of a segment's file; 0 when there is none."""
        try:
            return self.file(segment).stat().st_size
        except FileNotFoundError:
            return 0

    def disk_bytes(self) -> int:
        return sum(file.stat().st_blocks * 512 for file in self.folder.glob(f"parts-{self.name}-*"))

    def delete_all_but(self, segment: int) -> None:
        """Whoever has one of them open still reads it."""
        for file in self.folder.glob("parts-*"):
            if file != self.file(segment):
                file.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Closes files that have been deleted. Not while a view of an earlier moment is open."""
        for segment in [segment for segment, descriptor in self.files.items() if not os.fstat(descriptor).st_nlink]:
            os.close(self.files.pop(segment))

    def close(self) -> None:
        while self.files:
            os.close(self.files.popitem()[1])
