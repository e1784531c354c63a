"""Reads into the spool: held until the kernel has them, on the disk soon after, in memory while neither can be."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path

from kawaraban.readership import spool
from kawaraban.readership.spool import BYTES, Record, Writer
from kawaraban.readership.verdicts import Verdict

MOMENT = 0.04  # seconds in which reads gather, to be written as one: a browser waits for no answer, and pages are served meanwhile
MANY = 16  # reads that are written without waiting for more
GRACE = 0.002  # seconds in which a thread that answers may tell of what is written
SOON = 0.055  # seconds between two times that records are put on the disk; with a moment that is less than a tenth
AGAIN = 1.0  # seconds between two attempts at a disk that took nothing, and between two sums of what was rejected
PATIENCE = 0.5  # seconds after which a disk that is still at it is one that does not answer
MOST_WAITING = 8 << 20  # bytes kept in memory
MOST_SUMS = 1000  # articles whose rejected reads are told apart within a second
BETWEEN_WARNINGS = 60.0

Told = Callable[[bool], None]  # True once a read is in the kernel, False when it is in memory alone
Held = tuple[bytes, Told]  # a record, or nothing, and who waits for it
Settled = tuple[Sequence[Held], bool]


class Taking:
    """Records come from any thread. One thread of its own touches the disk, so that one that hangs keeps no reader waiting."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.writer, self.tell = Writer(folder), tell
        self.lock = threading.Lock()  # never held while the disk is waited for
        self.held: list[Held] = []
        self.flying: list[Held] = []  # being written
        self.settled = deque[Settled]()  # of which nobody has been told
        self.waiting = bytearray()  # in memory alone
        self.unsynced = bytearray()  # in the kernel, perhaps not on the disk
        self.sums: Counter[tuple[Verdict, int]] = Counter()
        self.counts: Counter[str] = Counter()
        self.came, self.many, self.is_over = threading.Event(), threading.Event(), False
        self.thread: threading.Thread | None = None
        self.began, self.asked = 0.0, 0  # when the disk began what it is at, 0: it is at nothing; bytes that it is to write
        self.summed, self.synced, self.warned = time.monotonic(), time.monotonic(), float("-inf")

    def open(self) -> None:
        self.thread = threading.Thread(target=self.see_to_the_disk, name="reads", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """What the disk does not take by now is lost, and said to be."""
        self.is_over = True
        self.came.set()
        self.many.set()
        if self.thread is not None:
            self.thread.join(4 * PATIENCE)
        if self.thread is None or not self.thread.is_alive():
            self.finish()
        self.look()
        if lost := self.unwritten():
            self.tell(f"{lost} reads that were in memory alone are lost")

    # From the threads that answer

    @property
    def has_room(self) -> bool:
        return len(self.waiting) + BYTES <= MOST_WAITING

    def take(self, record: bytes, told: Told) -> None:
        """told is called soon, by whoever settles; at once where the disk takes nothing. Without a record: once those before are written."""
        with self.lock:
            if record:
                self.counts[Verdict.ACCEPTED.measure] += 1
            if is_held := not self.waiting and not self.is_stuck():
                self.held.append((record, told))
            else:
                self.waiting += record
            count = len(self.held)
        if not is_held:
            told(False)
        elif count == 1:
            self.came.set()
        elif count == MANY:
            self.many.set()

    @property
    def is_holding(self) -> bool:
        """Whether something that came before is on its way still."""
        return bool(self.held or self.flying)

    def reject(self, verdict: Verdict, article: int = 0) -> None:
        with self.lock:
            self.counts[verdict.measure] += 1
            self.sums[verdict, article if len(self.sums) < MOST_SUMS else 0] += 1

    def unwritten(self) -> int:
        """How many reads no disk has taken, or is taking just now."""
        return (len(self.waiting) + (self.asked + len(self.unsynced) if self.is_stuck() else 0)) // BYTES

    def is_stuck(self) -> bool:
        return 0.0 < self.began < time.monotonic() - PATIENCE

    def look(self) -> None:
        """Once a second: whoever waits for a disk that does not answer is told so, and what has not begun to be written is kept in memory."""
        settle(self.settled)
        with self.lock:
            if not self.is_stuck():
                return
            told = [*self.flying, *self.held]
            self.waiting += b"".join(record for record, _ in self.held)
            self.flying, self.held = [], []
        self.warn(f"the disk of {self.writer.folder} does not answer: reads are kept in memory")
        answer(told, is_written=False)

    # In the thread of its own

    def see_to_the_disk(self) -> None:
        """One turn a moment while reads come: each time it wakes, a thread that serves pages waits for it."""
        is_busy = False
        while not self.is_over:
            if is_busy or self.came.wait(AGAIN):
                self.many.wait(GRACE if self.settled else MOMENT)
            self.came.clear()
            self.many.clear()
            is_busy = False
            try:
                is_busy = self.turn()
            except Exception as error:
                self.tell(f"the reads met what was not expected: {error!r}")

    def turn(self) -> bool:
        """Whether there may soon be more to do."""
        settle(self.settled)
        has_written = self.write()
        now = time.monotonic()
        if now - self.summed >= AGAIN:
            self.sum_up()
        if self.unsynced and now - self.synced >= SOON:
            self.sync()
            settle(self.settled)
        return has_written or bool(self.settled or self.unsynced)

    def finish(self) -> None:
        self.write()
        while self.settled:
            settle(self.settled)
        self.sum_up()
        self.sync()
        try:
            self.writer.close()
        except OSError as error:
            self.tell(f"the last reads may not be on the disk: {error}")

    def write(self) -> bool:
        """What is held is in the kernel after this, or in memory alone. Whether there was something."""
        with self.lock:
            self.flying, self.held = self.held, []
            flying = self.flying
        if not flying:
            return False
        content, is_written = b"".join(record for record, _ in flying), False
        try:
            is_written = not content or self.append(content)
        finally:
            with self.lock:
                told, self.flying = self.flying, []
                if not is_written:
                    self.waiting[:0] = content
            self.settled.append((told, is_written))
        return True

    def append(self, content: bytes) -> bool:
        """Tells why not."""
        self.began, self.asked = time.monotonic(), len(content)
        try:
            self.writer.append(content)
        except OSError as error:
            if self.writer.descriptor < 0:
                self.take_back()
            self.warn(f"reads can't be written to {self.writer.folder} and are kept in memory: {error.strerror}")
            return False
        finally:
            self.began, self.asked = 0.0, 0
        if not self.unsynced:
            self.synced = time.monotonic()
        self.unsynced += content
        return True

    def warn(self, line: str) -> None:
        if time.monotonic() - self.warned > BETWEEN_WARNINGS:
            self.warned = time.monotonic()
            self.tell(line)

    def sum_up(self) -> None:
        """Writes how many reads were rejected, and again what a disk did not take."""
        self.summed = time.monotonic()
        now = time.time_ns() // 1_000_000
        if self.writer.is_gone():
            self.writer.leave()
        with self.lock:
            sums, self.sums = self.sums, Counter()
            waiting = bytes(self.waiting)
        told = [Record(now, 0, 0, article, number, verdict) for (verdict, article), number in sums.items()]
        if not (content := waiting + b"".join(map(spool.written, told))):
            return
        is_written = self.append(content)
        with self.lock:
            if is_written:
                del self.waiting[: len(waiting)]
            else:
                self.sums.update(sums)
        if is_written and waiting:
            self.tell(f"{len(waiting) // BYTES} reads that were in memory are written")

    def sync(self) -> None:
        """What is in the kernel is on the disk after this, or back among what waits."""
        self.began = time.monotonic()
        try:
            self.writer.sync()
            self.unsynced = bytearray()
        except OSError as error:
            self.take_back()
            self.writer.leave()
            self.warn(f"the disk of {self.writer.folder} did not keep reads, which are in memory: {error.strerror}")
        finally:
            self.began = 0.0

    def take_back(self) -> None:
        """What was written after all is counted once all the same: it has the same reader and article."""
        with self.lock:
            self.waiting[:0] = self.unsynced
        self.unsynced = bytearray()


def settle(settled: deque[Settled]) -> None:
    """Tells those whose reads are written. A thread that answers pages should, on its way: another one would have to take the interpreter from it."""
    try:
        told, is_written = settled.popleft()
    except IndexError:
        return  # another thread was first
    answer(told, is_written=is_written)


def answer(told: Sequence[Held], *, is_written: bool) -> None:
    for _, one in told:
        one(is_written)
