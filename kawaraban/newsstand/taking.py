"""Reads into the spool: in the kernel at once, on the disk soon, in memory while neither can be."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kawaraban.readership import spool
from kawaraban.readership.spool import BYTES, Record, Writer
from kawaraban.readership.verdicts import Verdict

SOON = 0.05  # seconds after a record came that it is to be on the disk
AGAIN = 1.0  # seconds between two attempts at a disk that took nothing, and between two sums of what was rejected
MOST_WAITING = 8 << 20  # bytes kept in memory
MOST_SUMS = 1000  # articles whose rejected reads are told apart within a second
BETWEEN_WARNINGS = 60.0


class Taking:
    """Records come from any thread; one thread of its own sees to the disk."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.writer, self.tell = Writer(folder), tell
        self.lock = threading.Lock()
        self.unsynced = bytearray()  # in the kernel, perhaps not on the disk
        self.waiting = bytearray()  # in memory alone
        self.sums: Counter[tuple[Verdict, int]] = Counter()
        self.counts: Counter[str] = Counter()
        self.came, self.is_over = threading.Event(), False
        self.thread: threading.Thread | None = None
        self.summed, self.warned = time.monotonic(), float("-inf")

    def open(self) -> None:
        self.thread = threading.Thread(target=self.see_to_the_disk, name="reads", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """What the disk does not take by now is lost, and said to be."""
        self.is_over = True
        self.came.set()
        if self.thread is not None:
            self.thread.join(5.0)
        self.sum_up()
        self.sync()
        with self.lock:
            if self.waiting:
                self.tell(f"{self.unwritten()} reads that were in memory alone are lost")
        try:
            self.writer.close()
        except OSError as error:
            self.tell(f"the last reads may not be on the disk: {error}")

    # From the threads that answer

    def take(self, record: Record) -> Verdict | None:
        """ACCEPTED once a read is in the kernel; None while it is in memory alone; LOST when there is no room left for it."""
        content = spool.written(record)
        with self.lock:
            if not self.waiting and self.append(content):
                self.counts[Verdict.ACCEPTED.measure] += 1
                if not self.came.is_set():
                    self.came.set()
                return Verdict.ACCEPTED
            if len(self.waiting) + len(content) > MOST_WAITING:
                self.counts[Verdict.LOST.measure] += 1
                self.sums[Verdict.LOST, 0] += 1
                return Verdict.LOST
            self.waiting += content
            self.counts[Verdict.ACCEPTED.measure] += 1
        return None

    def reject(self, verdict: Verdict, article: int = 0) -> None:
        with self.lock:
            self.counts[verdict.measure] += 1
            self.sums[verdict, article if len(self.sums) < MOST_SUMS else 0] += 1

    def unwritten(self) -> int:
        """How many reads are in memory alone."""
        return len(self.waiting) // BYTES

    def append(self, content: bytes) -> bool:
        """With the lock held. Tells why not."""
        try:
            self.writer.append(content)
        except OSError as error:
            if self.writer.descriptor < 0:
                self.take_back(self.unsynced)
                self.unsynced = bytearray()
            self.warn(f"reads can't be written to {self.writer.folder} and are kept in memory: {error.strerror}")
            return False
        self.unsynced += content
        return True

    def warn(self, line: str) -> None:
        if time.monotonic() - self.warned > BETWEEN_WARNINGS:
            self.warned = time.monotonic()
            self.tell(line)

    # In the thread of its own

    def see_to_the_disk(self) -> None:
        while not self.is_over:
            self.came.wait(AGAIN)
            self.came.clear()
            time.sleep(SOON)
            try:
                if time.monotonic() - self.summed >= AGAIN:
                    self.sum_up()
                self.sync()
            except Exception as error:
                self.tell(f"the reads met what was not expected: {error!r}")

    def sum_up(self) -> None:
        """Writes how many reads were rejected, and again what a disk did not take."""
        self.summed = time.monotonic()
        now = time.time_ns() // 1_000_000
        with self.lock:
            if self.writer.is_gone():
                self.writer.leave()
            sums, self.sums = self.sums, Counter()
            told = [Record(now, 0, 0, article, number, verdict) for (verdict, article), number in sums.items()]
            content = bytes(self.waiting) + b"".join(map(spool.written, told))
            if not content:
                return
            if self.append(content):
                if self.waiting:
                    self.tell(f"{self.unwritten()} reads that were in memory are written")
                self.waiting = bytearray()
            else:
                self.sums = sums

    def sync(self) -> None:
        """What is in the kernel is on the disk after this, or back among what waits."""
        with self.lock:
            batch, self.unsynced = self.unsynced, bytearray()
            descriptor = self.writer.duplicate() if batch else -1
        try:
            spool.sync(descriptor)
        except OSError as error:
            with self.lock:
                self.take_back(batch)
                self.writer.leave()
            self.warn(f"the disk of {self.writer.folder} did not keep reads, which are in memory: {error.strerror}")

    def take_back(self, batch: bytearray) -> None:
        """With the lock held. What was written after all is counted once all the same: it has the same reader and article."""
        self.waiting[:0] = batch
