"""From reads to counts: what a batch of records adds. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kawaraban.readership.columns import ACCEPTED, FUTURE, I64, LARGEST, LATE, U64, Bucket, Column, Grain, added
from kawaraban.readership.days import EARLIEST, HOUR, LATEST, Days, minutes
from kawaraban.readership.spool import DTYPE
from kawaraban.readership.stores.store import Change, Remembered
from kawaraban.readership.verdicts import Referrer, Verdict

Records = NDArray[np.void]  # numpy.dtype(spool.DTYPE)
Flags = NDArray[np.bool_]

BEHIND, AHEAD = 2 * HOUR, 120_000  # ms by which a clock may be wrong
REJECTIONS = {int(verdict) for verdict in Verdict} - {Verdict.ACCEPTED}
KEPT = 2 * HOUR  # what is remembered of a day, after its end


@dataclass(frozen=True)
class Written:
    """When some records were written, in ms since 1970: not before the one, not after the other. For all of them, or for each."""

    since: int | I64 = EARLIEST
    until: int | I64 = LATEST


@dataclass(frozen=True)
class Past:
    """What is remembered of a day: its (reader, article) and its reads by (network, article)."""

    readers: Callable[[int], Column]
    networks: Callable[[int], Column]


def records(stored: bytes) -> Records:
    return np.frombuffer(stored, np.dtype(DTYPE))


def rolled(found: Records, days: Days, past: Past, written: Written = Written(), kept_until: int = 0) -> Change:
    """The change that some records make, in the order in which they came: a reader's first read of an article on a day counts."""
    change = Change()
    if not len(found):
        return change
    told = np.minimum(found["at"], np.uint64(LATEST)).astype(np.int64)
    at = np.clip(told, written.since - BEHIND, written.until + AHEAD)
    day = days.of(at)
    is_accepted = found["verdict"] == Verdict.ACCEPTED
    is_read = is_accepted.copy()
    for start in np.unique(day[is_accepted]).tolist():
        of_day = np.flatnonzero(is_accepted & (day == start))
        until = max(days.after(start) + KEPT, kept_until)
        first = firsts(found[of_day], past.readers(start).keys)
        is_read[of_day[~first]] = False
        reads = found[of_day[first]]
        if len(reads):
            change.readers[start] = remembered(pairs(reads["reader"], reads["article"]), until)
            count_networks(change, reads, start, past.networks(start), until)
    tally = Tally(change, found, days.hours(at - 1), days)
    tally.reads(is_read, at, told)
    tally.rejections(is_accepted & ~is_read)
    return change


def firsts(found: Records, known: U64) -> Flags:
    """Which of a day's accepted records are the first of their reader and article."""
    keys = pairs(found["reader"], found["article"])
    unique, places = np.unique(keys, return_index=True)
    if len(known):
        at = np.searchsorted(known, unique)
        places = places[known[np.minimum(at, len(known) - 1)] != unique]
    first = np.zeros(len(found), np.bool_)
    first[places] = True
    return first


def count_networks(change: Change, reads: Records, day: int, known: Column, until: int) -> None:
    unique, places, counts = np.unique(pairs(reads["network"], reads["article"]), return_index=True, return_counts=True)
    new = Remembered(Column(unique, counts.astype(np.uint32)), until)
    change.networks[day] = new
    before = np.zeros(len(unique), np.uint32)
    if len(known):
        at = np.minimum(np.searchsorted(known.keys, unique), len(known) - 1)
        before = np.where(known.keys[at] == unique, known.counts[at], 0).astype(np.uint32)
    articles = reads["article"][places]
    order = np.argsort(articles, kind="stable")
    keys, first = np.unique(articles[order], return_index=True)
    change.greatest[Bucket(Grain.DAY, day, LARGEST)] = Column(keys, np.maximum.reduceat((before + new.counts.counts)[order], first))


def remembered(keys: U64, until: int) -> Remembered:
    return Remembered(Column(np.sort(keys), np.ones(len(keys), np.uint32)), until)


def pairs(who: Any, article: Any) -> U64:
    """One number for each reader or network and article: for one article it differs wherever they differ."""
    return np.asarray(mixed(np.asarray(who, np.uint64) ^ mixed(np.asarray(article, np.uint64))))


def mixed(numbers: U64) -> U64:
    """The finishing step of SplitMix64 (Steele, Lea and Flood 2014), one to one."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@dataclass(frozen=True)
class Tally:
    """Sums records into the columns of a change. What happens on the stroke belongs to the minute, hour and day that end with it."""

    change: Change
    found: Records
    hour: I64
    days: Days

    def reads(self, is_read: Flags, at: I64, told: I64) -> None:
        for start, column in summed(minutes(at[is_read] - 1), self.found["article"][is_read], None):
            self.add(Bucket(Grain.MINUTE, start, ACCEPTED), column)
        self.count(ACCEPTED, is_read)
        self.count(LATE, is_read & (told < at))
        self.count(FUTURE, is_read & (told > at))
        for referrer in Referrer:
            self.count(referrer.measure, is_read & (self.found["referrer"] == referrer))

    def rejections(self, is_repeated: Flags) -> None:
        for verdict in np.unique(self.found["verdict"]).tolist():
            if verdict in REJECTIONS:
                self.count(Verdict(verdict).measure, self.found["verdict"] == verdict, self.found["count"])
        self.count(Verdict.REPEATED.measure, is_repeated)

    def count(self, measure: str, which: Flags, counts: NDArray[np.uint32] | None = None) -> None:
        """Adds some records to hours and days, as one each or as their counts."""
        if not which.any():
            return
        by_day: dict[int, list[Column]] = {}
        for start, column in summed(self.hour[which], self.found["article"][which], None if counts is None else counts[which]):
            self.add(Bucket(Grain.HOUR, start, measure), column)
            by_day.setdefault(self.days.day(start), []).append(column)
        for start, columns in by_day.items():
            self.add(Bucket(Grain.DAY, start, measure), added(columns))

    def add(self, bucket: Bucket, column: Column) -> None:
        before = self.change.added.get(bucket)
        self.change.added[bucket] = column if before is None else added([before, column])


def summed(starts: I64, articles: NDArray[np.uint32], counts: NDArray[np.uint32] | None) -> Iterator[tuple[int, Column]]:
    """A column for each start."""
    if not len(starts):
        return
    known = np.unique(starts)
    keys = np.searchsorted(known, starts).astype(np.uint64) << np.uint64(32) | articles
    if counts is None:
        keys, sums = np.unique(keys, return_counts=True)
    else:
        keys, places = np.unique(keys, return_inverse=True)
        sums = np.bincount(places, counts).astype(np.uint64)
    ends = np.searchsorted(keys >> np.uint64(32), np.arange(len(known) + 1, dtype=np.uint64))
    for place, start in enumerate(known.tolist()):
        part = slice(ends[place], ends[place + 1])
        column = Column((keys[part] & np.uint64(0xFFFFFFFF)).astype(np.uint32), np.minimum(sums[part], 0xFFFFFFFF).astype(np.uint32))
        yield start, column
