"""Room on the disk, and what it looks like when there is none."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lmdb

GREATEST_BYTES = 1 << 38
LOCK_BYTES = 64 << 10
LEAST_FREE = 16 << 20  # with less, a write that fails has failed for want of room
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class EditionFull(Exception):
    """There is no room left for the edition: make room on its disk. What has been printed is still served."""


@contextmanager
def room_wanted(folder: Path) -> Iterator[None]:
    """Tells a failure for want of room as EditionFull."""
    try:
        yield
    except lmdb.MapFullError as error:
        raise EditionFull(EditionFull.__doc__) from error
    except (lmdb.Error, OSError) as error:
        if is_full(error, folder):
            raise EditionFull(EditionFull.__doc__) from error
        raise


def is_full(error: Exception, folder: Path) -> bool:
    """Whether a write failed for want of room. LMDB tells an input/output error when the last write of a full disk is cut short."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    text = str(error)
    if "No space left" in text or "Disk quota" in text or "File too large" in text:
        return True
    room = os.statvfs(folder)
    return "Input/output" in text and room.f_bavail * room.f_frsize < LEAST_FREE


def reserve(file: Path, size: int) -> None:
    """Makes a file of some bytes that are really there: a mapped hole on a full disk would end the process. Raises EditionFull."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        if os.fstat(descriptor).st_size < size:
            os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        if is_full(error, file.parent):
            raise EditionFull(EditionFull.__doc__) from error
        raise
    finally:
        os.close(descriptor)
