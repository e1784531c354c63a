"""The edition's pages count as memory of every process that read them, until the kernel is told that they may go.

They stay in the page cache: reading one again costs a fault, not a read of the disk. Linux; elsewhere nothing happens.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

Place = tuple[int, int]  # first address, and the one after the last

NORMAL, WILL_NEED, DONT_NEED = 0, 3, 4  # MADV_…
LIMIT = 24 << 20
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


def give_back(places: Iterable[Place], limit: int = LIMIT) -> bool:
    """Gives back what is resident of a mapped file, when mapped files take more than the limit. The places must still be mapped."""
    if LIBC is None or shared_bytes() <= limit:
        return False
    advise(places, DONT_NEED)
    return True


def keep(places: Iterable[Place], used: int) -> None:
    """Asks the kernel to keep a mapped file in its page cache, and to read it now when that takes no more than half of what is free.

    LMDB maps for random access, which Linux takes for a sign that what has been read won't be read again.
    used: bytes of the file from its beginning.
    """
    advise(places, NORMAL)
    if used < free_bytes() // 2:
        advise([(start, min(end, start + used)) for start, end in places], WILL_NEED)


def advise(places: Iterable[Place], advice: int) -> None:
    if LIBC is None:
        return
    for start, end in places:
        LIBC.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), advice)


def free_bytes() -> int:
    """Of the machine's memory, the page cache counted as free; 0 when nobody says."""
    try:
        found = re.search(r"^MemAvailable:\s*(\d+) kB", Path("/proc/meminfo").read_text(), re.M)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def mappings(file: Path) -> list[Place]:
    """Where a file is mapped for reading only: what is written there would be lost."""
    if LIBC is None:
        return []
    name = str(file.resolve())
    found = []
    for line in Path("/proc/self/maps").read_text(errors="surrogateescape").splitlines():
        place, rights, *_, path = line.split(maxsplit=5)
        if path.removesuffix(" (deleted)") == name and rights == "r--s":
            start, end = (int(number, 16) for number in place.split("-"))
            found.append((start, end))
    return found
