"""The reads of a stretch of time, added up from the fewest columns: whole days, and hours and minutes at the edges. Pure.

A column holds start < moment <= end, as windows do, so that a window that ends with a minute is exact to the millisecond.
A day of which most is in a window is taken whole, less the hours that are not; an hour likewise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kawaraban.readership.columns import ACCEPTED, I64, NONE, Column, Grain
from kawaraban.readership.days import EARLIEST, HOUR, MINUTE, Days
from kawaraban.readership.stores.store import Store

LENGTHS = {"24h": 24 * HOUR, "7d": 7 * 24 * HOUR, "30d": 30 * 24 * HOUR}
AT_ONCE = 12  # columns in memory
TRIES = 3


class Stretch(NamedTuple):
    """since < moment <= until"""

    since: int
    until: int


@dataclass(frozen=True)
class Kept:
    """Since when there are columns of a grain, in ms since 1970. What began before is taken or left whole by the next coarser grain."""

    minutes: int = EARLIEST
    hours: int = EARLIEST


def stretch(window: str, now: int) -> Stretch:
    """(now − 24 h, now], (now − 7 d, now] or (now − 30 d, now], to the minute."""
    until = -(-now // MINUTE) * MINUTE
    return Stretch(until - LENGTHS[window], until)


class Part(NamedTuple):
    sign: int
    grain: Grain
    start: int


def parts(wanted: Stretch, days: Days, kept: Kept = Kept()) -> list[Part]:
    """The columns that add up to a stretch, or are to be taken away."""
    if wanted.until <= wanted.since:
        return []
    days.cover(wanted.since, wanted.until)
    first = days.day(wanted.since)
    starts = days.starts[(days.starts >= first) & (days.starts < wanted.until)].tolist()
    return [part for start in starts for part in of_one(Grain.DAY, Stretch(start, days.after(start)), wanted, kept)]


def of_one(grain: Grain, whole: Stretch, wanted: Stretch, kept: Kept, sign: int = 1) -> Iterator[Part]:
    """What stands for the part of a day, hour or minute that is wanted."""
    inside = Stretch(max(whole.since, wanted.since), min(whole.until, wanted.until))
    length, covered = whole.until - whole.since, inside.until - inside.since
    if covered <= 0:
        return
    is_divisible = grain is not Grain.MINUTE and whole.since >= (kept.hours if grain is Grain.DAY else kept.minutes)
    if covered == length or not is_divisible:
        if covered * 2 >= length:
            yield Part(sign, grain, whole.since)
        return
    step = HOUR if grain is Grain.DAY else MINUTE
    smaller = [Stretch(start, min(start + step, whole.until)) for start in range(whole.since, whole.until, step)]
    rest = [Stretch(whole.since, inside.since), Stretch(inside.until, whole.until)]
    if covered * 2 > length:
        yield Part(sign, grain, whole.since)
        for less in rest:
            yield from (part for piece in smaller for part in of_one(Grain(grain - 1), piece, less, kept, -sign))
    else:
        yield from (part for piece in smaller for part in of_one(Grain(grain - 1), piece, inside, kept, sign))


def counted(store: Store, stretches: Sequence[Stretch], days: Days, measure: str = ACCEPTED, kept: Kept = Kept()) -> list[Column]:
    """The reads of each article in each stretch. Every column is read once; all are of one version, unless the store never rests."""
    found: list[Column] = []
    for _ in range(TRIES):
        version = store.version()
        found = totals(store, [parts(wanted, days, kept) for wanted in stretches], measure)
        if store.version() == version:
            break
    return found


def totals(store: Store, wanted: Sequence[Sequence[Part]], measure: str) -> list[Column]:
    sums = [Sum() for _ in wanted]
    uses: dict[tuple[Grain, int], list[tuple[Sum, int]]] = {}
    for sum_, chosen in zip(sums, wanted, strict=True):
        for part in chosen:
            uses.setdefault((part.grain, part.start), []).append((sum_, part.sign))
    for grain in Grain:
        starts = sorted(start for found, start in uses if found is grain)
        for place in range(0, len(starts), AT_ONCE):
            for start, column in store.some(grain, measure, starts[place : place + AT_ONCE]).items():
                for sum_, sign in uses[grain, start]:
                    sum_.add(column, sign)
    return [sum_.column() for sum_ in sums]


class Sum:
    """Columns added up by key. Keys count from few: the primary keys of a site's pages, or the order of names."""

    def __init__(self) -> None:
        self.totals: I64 = np.zeros(0, np.int64)

    def add(self, found: Column, sign: int) -> None:
        if not len(found):
            return
        first, last = int(found.keys[0]), int(found.keys[-1])
        if last >= len(self.totals):
            self.totals = np.concatenate([self.totals, np.zeros(max(last + 1, 2 * len(self.totals)) - len(self.totals), np.int64)])
        place = slice(first, last + 1) if last - first + 1 == len(found) else found.keys
        if sign > 0:
            self.totals[place] += found.counts
        else:
            self.totals[place] -= found.counts

    def column(self) -> Column:
        keys = np.flatnonzero(self.totals > 0)
        return Column(keys.astype(np.uint32), np.minimum(self.totals[keys], 0xFFFFFFFF).astype(np.uint32)) if len(keys) else NONE


def by_window(store: Store, now: int, days: Days, kept: Kept = Kept()) -> Mapping[str, Column]:
    stretches = [stretch(window, now) for window in LENGTHS]
    return dict(zip(LENGTHS, counted(store, stretches, days, kept=kept), strict=True))
