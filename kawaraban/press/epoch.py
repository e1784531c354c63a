import mmap
import os
from pathlib import Path


class Epoch:
    """A number in a small mapped file: a change in one process is seen by every other at the next look (0.1 µs).

    Written after what it announces has been committed. Any other value than the last one seen means: look again.
    """

    def __init__(self, file: Path, *, writes: bool = False) -> None:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if os.fstat(descriptor).st_size < mmap.PAGESIZE:
                os.ftruncate(descriptor, mmap.PAGESIZE)
            self.map = mmap.mmap(descriptor, mmap.PAGESIZE, access=mmap.ACCESS_WRITE if writes else mmap.ACCESS_READ)
        finally:
            os.close(descriptor)

    def seen(self) -> bytes:
        return self.map[:8]

    def announce(self, number: int) -> None:
        self.map[:8] = number.to_bytes(8, "little")

    def close(self) -> None:
        self.map.close()
