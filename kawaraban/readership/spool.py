"""Reads on their way from the newsstand to the counts: files that records of one length are appended to.

Each newsstand process writes files of its own and holds a lock on the one it writes to, which the kernel
lets go when the process ends. Records lie at multiples of their length whatever happened to those before.
"""

import contextlib
import errno
import fcntl
import os
import re
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import NamedTuple
from zlib import crc32

FIELDS = Struct("<QQQIIBBH")
CRC = Struct("<36xI")
BYTES = 40  # of a record: the fields, and their CRC-32
GREATEST = 64 << 20  # bytes of a file
SUFFIX = ".reads"
CHUNK = 4 << 20  # bytes
NAME = re.compile(r"[A-Za-z0-9.-]+-(?P<pid>[0-9]+)-(?P<start>[0-9]+)\.reads", re.ASCII)


class Record(NamedTuple):
    """As numpy.dtype(DTYPE) has it."""

    at: int  # ms since 1970
    reader: int
    network: int
    article: int
    count: int = 1  # type: ignore[assignment]  # a record is no list to count in
    verdict: int = 0
    referrer: int = 0
    spare: int = 0


DTYPE = [("at", "<u8"), ("reader", "<u8"), ("network", "<u8"), ("article", "<u4"), ("count", "<u4")]
DTYPE += [("verdict", "u1"), ("referrer", "u1"), ("spare", "<u2"), ("crc", "<u4")]


def written(record: Record) -> bytes:
    fields = FIELDS.pack(*record)
    return fields + crc32(fields).to_bytes(4, "little")


class Chunk(NamedTuple):
    records: bytes  # whole ones only
    end: int  # offset in the file of what comes next
    damaged: int  # records that were left out


def files(folder: Path) -> list[Path]:
    """The spool's files, the oldest first."""
    return sorted((file for file in folder.glob(f"*{SUFFIX}") if NAME.fullmatch(file.name)), key=lambda file: (start(file), file.name))


def start(file: Path) -> int:
    """When a file was begun, in ms since 1970."""
    found = NAME.fullmatch(file.name)
    return int(found["start"]) if found else 0


def chunks(file: Path, offset: int = 0, size: int = CHUNK) -> Iterator[Chunk]:
    """What is in a file from an offset on, up to what is whole by now. Raises OSError."""
    with file.open("rb") as opened:
        while True:
            opened.seek(offset)
            stored = opened.read(size - size % BYTES)
            chunk = read(stored, offset, size)
            if chunk.end == offset:
                return
            yield chunk
            offset = chunk.end


def read(stored: bytes, offset: int = 0, size: int = CHUNK) -> Chunk:
    """The whole records of some bytes of a file, `size` at most. What is damaged counts as such once something whole comes after it."""
    count = len(stored) // BYTES
    view = memoryview(stored)[: count * BYTES]
    crcs = [crc32(view[at : at + FIELDS.size]) for at in range(0, len(view), BYTES)]
    told = [crc for (crc,) in CRC.iter_unpack(view)]
    if crcs == told:
        return Chunk(bytes(view), offset + len(view), 0)
    whole = [place for place in range(count) if crcs[place] == told[place]]
    if not whole and len(view) < size // 2:
        return Chunk(b"", offset, 0)
    seen = whole[-1] + 1 if whole else count
    return Chunk(b"".join(view[place * BYTES : (place + 1) * BYTES] for place in whole), offset + seen * BYTES, seen - len(whole))


def is_open(file: Path) -> bool:
    """Whether a process writes to a file still. One that no process writes to, and that has been counted to its end, may go."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


class Writer:
    """One a process, one thread at a time. A file is begun with the first record and left for another one when it is full, or gone."""

    def __init__(self, folder: Path, greatest: int = GREATEST) -> None:
        self.folder, self.greatest = folder, greatest
        host = re.sub("[^A-Za-z0-9.-]", "-", socket.gethostname()) or "host"
        self.host = f"{host}-{secrets.token_hex(4)}"  # containers may share their names, and what hosts send is told apart by it
        self.descriptor = -1
        self.size = 0
        self.begun = 0  # ms; grows

    def append(self, records: bytes) -> None:
        """Whole records, all or none. They are in the kernel when this returns. Raises OSError."""
        if self.descriptor < 0 or self.size + len(records) > self.greatest:
            self.begin()
        try:
            done = os.write(self.descriptor, records)
        except OSError:
            self.restore()
            raise
        if done < len(records):
            self.restore()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.size += done

    def restore(self) -> None:
        """Takes back what was written of a record that did not fit; where even that fails, the file is left."""
        try:
            os.ftruncate(self.descriptor, self.size)
        except OSError:
            self.leave()

    def begin(self) -> None:
        """A new file is seen under its name only once it is locked."""
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.begun = max(time.time_ns() // 1_000_000, self.begun + 1)
        file = self.folder / f"{self.host}-{os.getpid()}-{self.begun}{SUFFIX}"
        partial = file.with_suffix(".new")
        descriptor = os.open(partial, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            partial.rename(file)
            synced(self.folder)
        except OSError:
            os.close(descriptor)
            partial.unlink(missing_ok=True)
            raise
        self.descriptor, self.size = descriptor, 0

    def is_gone(self) -> bool:
        """Whether somebody deleted the file that is written to."""
        return self.descriptor >= 0 and not os.fstat(self.descriptor).st_nlink

    def sync(self) -> None:
        """What was written is on the disk when this returns. Raises OSError."""
        if self.descriptor >= 0:
            os.fdatasync(self.descriptor)

    def leave(self) -> None:
        """The next record begins a new file, whatever becomes of this one."""
        descriptor, self.descriptor, self.size = self.descriptor, -1, 0
        if descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def close(self) -> None:
        """Raises OSError when what was written last may not be on the disk."""
        try:
            self.sync()
        finally:
            self.leave()


def synced(folder: Path) -> None:
    """The folder's names are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
