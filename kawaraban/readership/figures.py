"""What the counts tell about a day and about an article. Takes a store and moments in ms since 1970, gives numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from kawaraban.readership.columns import ACCEPTED, FUTURE, LARGEST, LATE, NONE, U32, Column, Grain
from kawaraban.readership.days import HOUR, MINUTE, Days, begin
from kawaraban.readership.stores.store import Store
from kawaraban.readership.verdicts import Referrer, Verdict

WEEKS = 4  # that "usual" is the mean of
REJECTED = tuple(verdict for verdict in Verdict if verdict is not Verdict.ACCEPTED)


def stamp(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def date_of(moment: int, days: Days) -> date:
    return datetime.fromtimestamp(moment / 1000, days.zone).date()


@dataclass(frozen=True, slots=True)
class Day:
    """starts, usual: of all its hours; usual is empty when there is nothing to compare with. hours: of those that are over.

    so_far: with the hour that is not over; usual_so_far: to the same moment.
    """

    starts: tuple[int, ...]
    hours: tuple[int, ...]
    usual: tuple[float, ...]
    so_far: int
    usual_so_far: float

    @property
    def change(self) -> int | None:
        """Percent more than usual."""
        return round((self.so_far / self.usual_so_far - 1) * 100) if self.usual_so_far >= 1 else None


def day(store: Store, now: int, days: Days, among: U32 | None = None) -> Day:
    """Today. among: keys of the articles that it is about; None: all."""
    starts = days.hours_of(days.day(now))
    today = of_hours(store, starts, days.after(starts[0]), among)
    over = sum(start + HOUR <= now for start in starts)
    usual = usually(store, starts, days, among)
    usual_so_far = sum(usual[:over]) + (usual[over] * (now - starts[over]) / HOUR if over < len(usual) else 0.0)
    return Day(tuple(starts), tuple(today[:over]), usual, sum(today), usual_so_far)


def usually(store: Store, starts: Sequence[int], days: Days, among: U32 | None) -> tuple[float, ...]:
    """The mean of the same weekdays before, of those that have any reads."""
    on = date_of(starts[0], days)
    before = [begin(on - timedelta(weeks=number), days.zone) for number in range(1, WEEKS + 1)]
    found = [week for day in before if any(week := of_hours(store, days.hours_of(day), days.after(day), among))]
    alike = [[*week, *[0] * len(starts)][: len(starts)] for week in found]
    return tuple(sum(hour) / len(alike) for hour in zip(*alike, strict=True))


def of_hours(store: Store, starts: Sequence[int], until: int, among: U32 | None) -> list[int]:
    columns = store.columns(Grain.HOUR, ACCEPTED, starts[0], until)
    return [total(columns.get(start, NONE), among) for start in starts]


def total(column: Column, among: U32 | None) -> int:
    return column.total if among is None else int(column.counts[np.isin(column.keys, among)].sum(dtype=np.uint64))


def lately(store: Store, now: int, minutes: int, among: U32 | None = None) -> int:
    """Accepted reads of the last minutes, the one that is not over among them."""
    columns = store.columns(Grain.MINUTE, ACCEPTED, now - now % MINUTE - (minutes - 1) * MINUTE, now + 1)
    return sum(total(column, among) for column in columns.values())


@dataclass(frozen=True, slots=True)
class Share:
    name: str  # of a Verdict or Referrer, in small letters
    count: int


@dataclass(frozen=True, slots=True)
class Reads:
    accepted: int
    rejected: tuple[Share, ...]
    referrers: tuple[Share, ...]
    moved: int  # accepted, with a clock that was wrong

    @property
    def rejected_count(self) -> int:
        return sum(share.count for share in self.rejected)


def reads(store: Store, grain: Grain, since: int, until: int, article: int | None = None) -> Reads:
    """Of hours or days that begin in [since, until). article: its; None: of all."""

    def count(measure: str) -> int:
        columns = store.columns(grain, measure, since, until).values()
        return sum(column.total if article is None else column.of(article) for column in columns)

    rejected = shares((verdict.name, count(verdict.measure)) for verdict in REJECTED)
    return Reads(count(ACCEPTED), rejected, shares((kind.name, count(kind.measure)) for kind in Referrer), count(LATE) + count(FUTURE))


def shares(told: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    """The greatest first, none that is nothing."""
    return tuple(sorted((Share(name.lower(), count) for name, count in told if count), key=lambda share: -share.count))


@dataclass(frozen=True, slots=True)
class Bucket:
    """An hour or a day of an article."""

    start: int
    accepted: int
    rejected: int


def buckets(store: Store, grain: Grain, starts: Sequence[int], article: int) -> list[Bucket]:
    """starts: of hours or days, one after another."""
    span = (starts[0], starts[-1] + 1)
    accepted = store.columns(grain, ACCEPTED, *span)
    rejected = [store.columns(grain, verdict.measure, *span) for verdict in REJECTED]
    return [Bucket(start, accepted.get(start, NONE).of(article), sum(found.get(start, NONE).of(article) for found in rejected)) for start in starts]


def hours_until(now: int, count: int, days: Days) -> list[int]:
    """The starts of the last hours, the present one the last."""
    first = days.day(days.hour(now) - count * HOUR)
    found = [hour for day in days_since(first, now, days) for hour in days.hours_of(day) if hour <= now]
    return found[-count:]


def days_until(now: int, count: int, days: Days) -> list[int]:
    """The starts of the last days, today the last."""
    on = date_of(now, days)
    return [begin(on - timedelta(days=number), days.zone) for number in range(count - 1, -1, -1)]


def days_since(first: int, now: int, days: Days) -> list[int]:
    days.cover(first, now)
    return [int(start) for start in days.starts if first <= start <= now]


@dataclass(frozen=True, slots=True)
class Network:
    """The reads of an article on a day, and those from the network that has most of them."""

    article: int
    day: date
    reads: int
    largest: int

    @property
    def share(self) -> int:
        """Percent, rounded down, so that 50 means at least half."""
        return self.largest * 100 // self.reads if self.reads else 0


def networks(store: Store, starts: Sequence[int], days: Days, article: int) -> list[Network]:
    """Those of some days on which the article was read."""
    accepted, largest = (store.columns(Grain.DAY, measure, starts[0], starts[-1] + 1) for measure in (ACCEPTED, LARGEST))
    found = (Network(article, date_of(day, days), accepted.get(day, NONE).of(article), largest.get(day, NONE).of(article)) for day in starts)
    return [network for network in found if network.reads]


def suspicious(store: Store, starts: Sequence[int], days: Days, share: int, least: int) -> list[Network]:
    """What came to `share` percent or more from one network on one of some days, of articles with at least so many reads. The newest day first."""
    accepted, largest = (store.columns(Grain.DAY, measure, starts[0], starts[-1] + 1) for measure in (ACCEPTED, LARGEST))
    return [found for day in reversed(starts) for found in of_day(accepted.get(day, NONE), largest.get(day, NONE), date_of(day, days), share, least)]


def of_day(accepted: Column, largest: Column, on: date, share: int, least: int) -> list[Network]:
    wanted = largest.keys[largest.counts.astype(np.int64) * 100 >= least * share].tolist()
    found = (Network(key, on, accepted.of(key), largest.of(key)) for key in wanted)
    return sorted((one for one in found if one.reads >= least and one.share >= share), key=lambda one: -one.largest)
