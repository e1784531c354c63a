"""Which pages' pieces are kept at hand: those that are asked for most, those of the last minutes counting more.

Reading pieces again takes a few microseconds, so what comes once doesn't push out what comes often.

Sources: LRFU, which weighs an access by half for every so many seconds that it lies back
(Lee et al., 2001, doi:10.1109/TC.2001.970573); admission by comparison with one that would go
(TinyLFU, Einziger et al., 2017, doi:10.1145/3149371).
"""

from collections import deque
from collections.abc import Iterable

from kawaraban.newsstand.answers import PageAnswer

HALF_LIFE = 600.0  # seconds
LARGEST = 2.0**100  # that one access may count


class Favourites:
    """limit: bytes of the pages' own parts that are kept."""

    def __init__(self, limit: int, now: float = 0.0) -> None:
        self.limit, self.bytes, self.since = limit, 0, now
        self.step = 1.0  # what an access counts now: more and more, in place of taking from all that came before
        self.kept: deque[tuple[PageAnswer, int]] = deque()  # with the bytes of its own; the first one is compared next

    def offer(self, answer: PageAnswer, pieces: list[bytes]) -> None:
        """Keeps the pieces, if there is room or the next one in line is asked for less than this one."""
        if self.bytes >= self.limit:
            if answer.asked <= self.kept[0][0].asked:
                self.kept.rotate(-1)
                return
            while self.bytes >= self.limit and self.kept:
                least, size = self.kept.popleft()
                least.pieces = None
                self.bytes -= size
        if (size := answer.place.size) <= self.limit:
            answer.pieces = pieces
            self.kept.append((answer, size))
            self.bytes += size

    def pass_time(self, now: float, answers: Iterable[PageAnswer]) -> None:
        """answers: all whose accesses are counted."""
        self.step = 2.0 ** ((now - self.since) / HALF_LIFE)
        if self.step > LARGEST:
            for answer in answers:
                answer.asked /= self.step
            self.step, self.since = 1.0, now
