"""counting: reads rolled up from the spool, replayed from CSV, and ranked from 30 days of hourly counts."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks import rounds
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.verify import Wrong
from kawaraban.readership.columns import ACCEPTED, Bucket, Column, Grain, added
from kawaraban.readership.days import HOUR, MINUTE, Days
from kawaraban.readership.ranks import Rank, ranked
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.rollup import Records
from kawaraban.readership.spool import DTYPE, Writer
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stores.store import Change
from kawaraban.readership.stretches import LENGTHS, by_window

ROLLED, REPLAYED, ARTICLES, FULL_ARTICLES, ROUNDS = 1_000_000, 3_000_000, 50_000, 1_000_000, 5
LEAST_ROLLED, GREATEST_REPLAY, GREATEST_RANKING, GREATEST_FULL_RANKING = 200_000, 60.0, 200.0, 1000.0
NOW = 1_784_000_000_000  # ms since 1970: a Tuesday in July 2026
DAY = 24 * HOUR
ZONE = ZoneInfo("Asia/Tokyo")


def run(plan: Plan) -> Result:
    result = Result()
    share = 0.02 if plan.seconds else 1.0
    result.settings = {"store": "SQLite, synchronous", "processes": 1, "time zone": ZONE.key}
    roll(result, plan.emptied("counting-roll"), round(ROLLED * share))
    replay(result, plan.emptied("counting-replay"), round(REPLAYED * share))
    rank(result, plan.emptied("counting-rank"), plan.articles or ARTICLES, GREATEST_RANKING)
    if plan.full:
        rank(result, plan.emptied("counting-rank-full"), FULL_ARTICLES, GREATEST_FULL_RANKING)
    return result


def made_reads(count: int, chance: np.random.Generator, span: int) -> Records:
    """In the order of time, of a few articles much and of many little; one in a hundred is read twice by the same reader on a day."""
    found = np.zeros(count, np.dtype(DTYPE))
    found["at"] = NOW - np.sort(chance.integers(0, span, count))[::-1]
    found["reader"] = chance.integers(1, 1 << 62, count)
    found["network"] = chance.integers(1, count // 20 + 2, count)
    found["article"] = 1 + chance.zipf(1.2, count) % ARTICLES
    found["count"], found["referrer"] = 1, chance.integers(0, 5, count)
    again = np.flatnonzero(chance.random(count - 1) < 0.01)
    found["reader"][again + 1], found["article"][again + 1] = found["reader"][again], found["article"][again]
    return found


def sealed(found: Records) -> bytes:
    """With the CRC of each record."""
    stored = memoryview(found.tobytes())
    found["crc"] = [crc32(stored[place : place + 36]) for place in range(0, len(stored), 40)]
    return found.tobytes()


def counted_once(found: Records) -> dict[int, int]:
    """By hand, so to say: each reader, article and day once, with nothing of the readership's own."""
    days = (found["at"].astype(np.int64) + 9 * HOUR) // DAY
    keys = np.unique(np.stack([days, found["reader"].astype(np.int64), found["article"].astype(np.int64)]), axis=1)
    articles, counts = np.unique(keys[2], return_counts=True)
    return dict(zip(articles.tolist(), counts.tolist(), strict=True))


@contextmanager
def opened(folder: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(folder)
    try:
        yield store
    finally:
        store.close()


def ensure_equal(told: dict[int, int], wanted: dict[int, int], what: str) -> None:
    """Raises Wrong."""
    if told != wanted:
        odd = next(key for key in {**wanted, **told} if told.get(key) != wanted.get(key))
        raise Wrong(f"{what}: article {odd} has {told.get(odd, 0)} reads instead of {wanted.get(odd, 0)}")


def roll(result: Result, folder: Path, count: int) -> None:
    rates = []
    for number in range(ROUNDS):
        found = made_reads(count, np.random.default_rng(number), 3 * HOUR)
        place = folder / str(number)
        writer = Writer(place / "spool")
        stored = sealed(found)
        for start in range(0, len(stored), 40 * 10_000):
            writer.append(stored[start : start + 40 * 10_000])
        with opened(place) as store:
            began = time.perf_counter()
            done = roll_up(place / "spool", store, Days(ZONE), lambda: NOW)
            rates.append(count / (time.perf_counter() - began))
            if done != count:
                raise Wrong(f"{done} reads were rolled up instead of {count}")
            total = added(store.columns(Grain.DAY, ACCEPTED, 0, 2 * NOW).values()).as_dict()
            ensure_equal(total, counted_once(found), "the roll-up")
        writer.close()
    figure = rounds.figure("reads rolled up a second", "1/s", rates, 0)
    result.figures.append(figure)
    result.musts.append(Must("reads rolled up a second", LEAST_ROLLED, figure.value))
    result.verified.append(f"{count:,} reads of each of {ROUNDS} spools are counted as by hand, article by article")


def replay(result: Result, folder: Path, count: int) -> None:
    found = made_reads(count, np.random.default_rng(9), 30 * DAY)
    file, store = folder / "reads.csv", folder / "store"
    with file.open("w", encoding="utf-8") as out:
        out.write("at,article,reader\n")
        columns = (found[name].tolist() for name in ("at", "article", "reader"))
        out.writelines(f"{at},{article},{reader:x}\n" for at, article, reader in zip(*columns, strict=True))
    began = time.perf_counter()
    command = [sys.executable, "-m", "kawaraban", "readership", "replay", str(file), "--store", str(store), "--tz", ZONE.key]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    took = time.perf_counter() - began
    with opened(store) as counts:
        names = {key: int(name) for name, key in counts.names().items()}
        total = added(counts.columns(Grain.DAY, ACCEPTED, 0, 2 * NOW).values()).as_dict()
    ensure_equal({names[key]: reads for key, reads in total.items()}, counted_once(found), "the replay")
    result.figures.append(Figure(f"replay of {count:,} reads from CSV", "s", round(took, 1)))
    result.musts.append(Must(f"replay of {count:,} reads from CSV, s", GREATEST_REPLAY, round(took, 1), most=True))
    result.verified.append(f"{count:,} replayed reads are counted as by hand, article by article")


def rank(result: Result, folder: Path, articles: int, greatest: float) -> None:
    days = Days(ZONE)
    with opened(folder) as store:
        hours = fill(store, days, articles)
    values = []
    for _ in range(ROUNDS):
        with opened(folder) as store:
            began = time.perf_counter()
            found = {window: ranked(column, 10, newest) for window, column in by_window(store, NOW, days).items()}
            values.append((time.perf_counter() - began) * 1000)
        for window, ranks in found.items():
            ensure_ranked(ranks, hours, window)
    figure = rounds.figure(f"three rankings of {articles:,} articles", "ms", values, 1)
    result.figures.append(figure)
    result.musts.append(Must(f"three rankings of {articles:,} articles from 30 days of hourly counts, ms", greatest, figure.value, most=True))
    result.verified.append(f"each list of {articles:,} articles is that of the hours added up")


def newest(keys: object) -> dict[int, tuple]:
    return {key: (key,) for key in keys}  # type: ignore[attr-defined]


def fill(store: SqliteStore, days: Days, articles: int) -> dict[int, NDArray[np.uint32]]:
    """Every article read in every hour of 31 days, and in the last one's minutes; gives the counts by hour."""
    chance = np.random.default_rng(4)
    keys = np.arange(1, articles + 1, dtype=np.uint32)
    fame = chance.permutation(articles) % 97
    hours: dict[int, NDArray[np.uint32]] = {}
    day = days.day(NOW - 31 * DAY)
    while day <= NOW:
        starts = [hour for hour in days.hours_of(day) if hour < NOW]
        for hour in starts:
            hours[hour] = (chance.integers(1, 200, articles) + fame).astype(np.uint32)
        change = Change({Bucket(Grain.HOUR, hour, ACCEPTED): Column(keys, hours[hour]) for hour in starts})
        total = np.sum([hours[hour] for hour in starts], axis=0, dtype=np.uint32)
        change.added[Bucket(Grain.DAY, day, ACCEPTED)] = Column(keys, total)
        store.commit(change, store.version())
        day = days.after(day)
    # NOW lies in an hour: what is read of its minutes, and of those in which the windows begin, is the whole hour's.
    for hour in {days.hour(NOW - length - 1) for length in (0, *LENGTHS.values())}:
        split(store, hour, keys, hours[hour])
    return hours


def split(store: SqliteStore, hour: int, keys: NDArray[np.uint32], counts: NDArray[np.uint32]) -> None:
    """An hour's reads by minute: an article's are in one of them."""
    change = Change()
    for minute in range(60):
        is_here = keys % 60 == minute
        change.added[Bucket(Grain.MINUTE, hour + minute * MINUTE, ACCEPTED)] = Column(keys[is_here], counts[is_here])
    store.commit(change, store.version())


def ensure_ranked(ranks: list[Rank], hours: dict[int, NDArray[np.uint32]], window: str) -> None:
    """Raises Wrong."""
    until = -(-NOW // MINUTE) * MINUTE
    since = until - LENGTHS[window]
    total = np.zeros(len(next(iter(hours.values()))), np.int64)
    minute = np.arange(1, len(total) + 1) % 60 * MINUTE
    for hour, counts in hours.items():
        total += np.where((hour + minute >= since) & (hour + minute < until), counts, 0) if since < hour + HOUR and hour < until else 0
    order = np.lexsort((-np.arange(len(total)), -total))[:10]
    wanted = [Rank(place, int(key) + 1, int(total[key])) for place, key in enumerate(order, 1)]
    if ranks != wanted:
        raise Wrong(f"the list of {window} is {ranks[:3]} … instead of {wanted[:3]} …")


FLOW = Flow("counting", "reads rolled up, replayed and ranked", run)
