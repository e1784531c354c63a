"""The edition's pages count as memory of every process that read them, until the kernel is told that they may go.

They stay in the page cache: reading one again costs a fault, not a read of the disk. Linux; elsewhere nothing happens.
"""

import ctypes
import os
import sys
from pathlib import Path

DONT_NEED = 4  # MADV_DONTNEED
LIMIT = 64 << 20
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def resident_bytes() -> int:
    return figure(1)


def shared_bytes() -> int:
    """Of files that are mapped."""
    return figure(2)


def figure(place: int) -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[place]) * PAGE_SIZE
    except OSError:
        return 0


def give_back(file: Path, limit: int = LIMIT) -> bool:
    """Gives back what is resident of a mapped file, when mapped files take more than the limit."""
    if LIBC is None or shared_bytes() <= limit:
        return False
    for start, end in mappings(file):
        LIBC.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), DONT_NEED)
    return True


def mappings(file: Path) -> list[tuple[int, int]]:
    """Where a file is mapped for reading only: what is written there would be lost."""
    name = str(file.resolve())
    found = []
    for line in Path("/proc/self/maps").read_text(errors="surrogateescape").splitlines():
        place, rights, *_, path = line.split(maxsplit=5)
        if path.removesuffix(" (deleted)") == name and rights == "r--s":
            start, end = (int(number, 16) for number in place.split("-"))
            found.append((start, end))
    return found
