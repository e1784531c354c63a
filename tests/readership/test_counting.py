"""Counts and rankings against a count of the raw reads by hand."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawaraban.readership.columns import ACCEPTED, FUTURE, LARGEST, LATE, Grain
from kawaraban.readership.days import HOUR, MINUTE, Days
from kawaraban.readership.ranks import ranked
from kawaraban.readership.rollup import Past, Written, records, rolled
from kawaraban.readership.spool import Record, written
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stretches import LENGTHS, Kept, by_window, counted, stretch
from kawaraban.readership.verdicts import Verdict

TOKYO, NEW_YORK, LORD_HOWE = (ZoneInfo(name) for name in ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"))
DAY = 24 * HOUR
EVER, ALL = Written(), Kept()


def at(text: str, zone: ZoneInfo = TOKYO) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path)
    yield store
    store.close()


def count(store: SqliteStore, reads: Sequence[Record], days: Days, when: Written = EVER) -> None:
    found = records(b"".join(map(written, reads)))
    store.commit(rolled(found, days, Past(store.readers, store.networks), when), store.version())


def read(moment: int, article: int = 1, reader: int = 1, network: int = 7, **more: int) -> Record:
    return Record(moment, reader, network, article, **more)


def top(store: SqliteStore, window: str, now: int, days: Days, kept: Kept = ALL) -> list[tuple[int, int]]:
    column = counted(store, [stretch(window, now)], days, kept=kept)[0]
    return [(rank.article, rank.reads) for rank in ranked(column, 10, lambda keys: dict.fromkeys(keys, ()))]


class Raw(NamedTuple):
    at: int
    article: int
    reader: int


def by_hand(reads: Sequence[Raw], zone: ZoneInfo, window: str, now: int, since: int | None = None) -> list[tuple[int, int]]:
    """Each reader, article and day once: the first that came. The end is the minute's that is not over."""
    seen, counts = set(), Counter()
    until = now + -now % MINUTE
    since = until - LENGTHS[window] if since is None else since
    for raw in reads:
        key = (raw.reader, raw.article, datetime.fromtimestamp(raw.at / 1000, zone).date())
        if key not in seen and since < raw.at <= until:
            counts[raw.article] += 1
        seen.add(key)
    return sorted(counts.items(), key=lambda one: (one[1], one[0]), reverse=True)[:10]


def histories(zone: ZoneInfo, around: str) -> st.SearchStrategy[list[Raw]]:
    """Reads of 40 days round a moment, many on the strokes of minutes, hours and days."""
    middle = at(around, zone)
    anywhere = st.integers(middle - 36 * DAY, middle + 4 * DAY)
    stroke = st.builds(lambda hours, more: middle + hours * HOUR + more, st.integers(-36 * 24, 4 * 24), st.sampled_from([-1, 0, 1, MINUTE, -MINUTE]))
    return st.lists(st.builds(Raw, anywhere | stroke, st.integers(1, 12), st.integers(1, 5)), max_size=120)


@pytest.mark.parametrize(("zone", "around"), [(TOKYO, "2026-07-10"), (NEW_YORK, "2026-11-01"), (NEW_YORK, "2026-03-08"), (LORD_HOWE, "2026-04-05")])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rankings_equal_a_count_by_hand(zone: ZoneInfo, around: str, data: st.DataObject) -> None:
    reads = data.draw(histories(zone, around))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reads)), max_size=4)))
    now = at(around, zone) + data.draw(st.integers(-2 * DAY, 4 * DAY) | st.integers(-48, 96).map(lambda hours: hours * HOUR))
    days = Days(zone)
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder))
        for since, until in zip([0, *cuts], [*cuts, len(reads)], strict=True):
            count(store, [read(raw.at, raw.article, raw.reader) for raw in reads[since:until]], days)
        found = {window: top(store, window, now, days) for window in LENGTHS}
        store.close()
    assert found == {window: by_hand(reads, zone, window, now) for window in LENGTHS}


@pytest.mark.parametrize(("zone", "around"), [(TOKYO, "2026-07-10"), (NEW_YORK, "2026-11-01"), (NEW_YORK, "2026-03-08")])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rankings_of_folded_counts_equal_a_count_by_hand(zone: ZoneInfo, around: str, data: st.DataObject) -> None:
    """To the minute in 24 hours; in the long windows from the nearer end of the hour in which they begin."""
    reads = data.draw(histories(zone, around))
    now = at(around, zone) + data.draw(st.integers(-2 * DAY, 4 * DAY).filter(lambda moment: -(-moment // MINUTE) % 60 != 30))
    days, until = Days(zone), now + -now % MINUTE
    kept = Kept(days.hour(now - 26 * HOUR), days.day(now - 35 * DAY))
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder))
        count(store, [read(raw.at, raw.article, raw.reader) for raw in reads], days)
        store.drop(Grain.MINUTE, kept.minutes)
        store.drop(Grain.HOUR, kept.hours)
        found = {window: top(store, window, now, days, kept) for window in LENGTHS}
        store.close()
    begin = {window: until - length for window, length in LENGTHS.items()}
    nearer = {window: (moment + HOUR // 2) // HOUR * HOUR for window, moment in begin.items()}
    assert found == {window: by_hand(reads, zone, window, now, begin[window] if window == "24h" else nearer[window]) for window in LENGTHS}


@pytest.mark.parametrize("zone", [TOKYO, NEW_YORK, LORD_HOWE])
def test_days_are_made_of_whole_hours(zone: ZoneInfo) -> None:
    days = Days(zone)
    day = days.day(at("2026-03-01", zone))
    for _ in range(250):
        hours = days.hours_of(day)
        assert hours[0] == day
        assert days.day(hours[-1]) == day
        assert days.after(day) - hours[-1] <= HOUR
        day = days.after(day)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-06-01", 24)])
def test_days_with_daylight_saving(day: str, hours: int) -> None:
    days = Days(NEW_YORK)
    assert len(days.hours_of(days.day(at(day, NEW_YORK)))) == hours


def test_day_that_begins_at_one() -> None:
    days = Days(ZoneInfo("America/Asuncion"))
    moment = at("2023-10-01T01:00", days.zone)
    assert days.day(moment) == moment
    assert days.day(moment - 1) == at("2023-09-30", days.zone)


def test_reader_counts_again_on_the_next_day_in_japan(store: SqliteStore) -> None:
    days = Days(TOKYO)
    midnight = at("2026-07-11")
    count(store, [read(midnight - 1), read(midnight), read(midnight + DAY - 1), read(midnight + DAY)], days)
    assert top(store, "7d", midnight + 2 * DAY, days) == [(1, 3)]


def test_reader_counts_once_on_a_day_of_25_hours(store: SqliteStore) -> None:
    days = Days(NEW_YORK)
    midnight = at("2026-11-01", NEW_YORK)
    count(store, [read(midnight + hour * HOUR) for hour in range(26)], days)
    assert top(store, "7d", midnight + 2 * DAY, days) == [(1, 2)]


def test_thousand_requests_of_one_reader_count_once(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    count(store, [read(now - second) for second in range(1000)], days)
    assert top(store, "24h", now, days) == [(1, 1)]
    assert sum(column.total for column in store.columns(Grain.DAY, Verdict.REPEATED.measure, 0, 2 * now).values()) == 999


def test_readers_of_several_files_count_once(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    for _ in range(3):
        count(store, [read(now - 5), read(now - 4, reader=2)], days)
    assert top(store, "24h", now, days) == [(1, 2)]


def test_clocks_out_of_order_are_clamped_and_told(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    moments = [now - 5 * HOUR, now + 5 * HOUR, now - HOUR, 2**63, 0]
    count(store, [read(moment, reader=number) for number, moment in enumerate(moments)], days, Written(now, now))
    assert top(store, "24h", now + 2 * MINUTE, days) == [(1, 5)]
    told = {measure: sum(column.total for column in store.columns(Grain.DAY, measure, 0, 2 * now).values()) for measure in (LATE, FUTURE)}
    assert told == {LATE: 2, FUTURE: 2}


def test_reads_that_waited_for_a_worker_keep_their_time(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    count(store, [read(now - 9 * HOUR)], days, Written(since=now - 10 * HOUR, until=now))
    assert list(store.columns(Grain.HOUR, ACCEPTED, 0, 2 * now)) == [days.hour(now - 9 * HOUR - 1)]
    assert not store.columns(Grain.HOUR, LATE, 0, 2 * now)


def test_old_article_that_surges_leads_the_day_alone(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    steady = [read(now - day * DAY - 1000, article=2, reader=reader) for day in range(20) for reader in range(20)]
    surge = [read(now - reader * 1000, article=1, reader=reader) for reader in range(100)]
    count(store, [*steady, *surge], days)
    assert top(store, "24h", now, days) == [(1, 100), (2, 20)]
    assert top(store, "30d", now, days) == [(2, 400), (1, 100)]


def test_rejections_are_summed_by_reason(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    count(store, [read(now, verdict=Verdict.ROBOT, count=40), read(now, verdict=Verdict.ROBOT, count=2), read(now, 0, verdict=Verdict.TOKEN)], days)
    assert store.columns(Grain.HOUR, Verdict.ROBOT.measure, 0, 2 * now).popitem()[1].as_dict() == {1: 42}
    assert store.columns(Grain.DAY, Verdict.TOKEN.measure, 0, 2 * now).popitem()[1].as_dict() == {0: 1}
    assert top(store, "24h", now, days) == []


def test_largest_network_of_an_article(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:00")
    for first in (0, 10):
        count(store, [read(now, reader=first + number, network=number % 3) for number in range(10)], days)
    assert store.columns(Grain.DAY, LARGEST, 0, 2 * now).popitem()[1].as_dict() == {1: 8}


def test_folded_counts_rank_as_before(store: SqliteStore) -> None:
    days, now = Days(TOKYO), at("2026-07-10T12:34")
    moments = np.random.default_rng(1).integers(now - 40 * DAY, now, 3000).tolist()
    count(store, [read(moment, article=moment % 7, reader=number) for number, moment in enumerate(moments)], days)
    before = top(store, "24h", now, days)
    kept = Kept(days.hour(now - 26 * HOUR), days.day(now - 35 * DAY))
    store.drop(Grain.MINUTE, kept.minutes)
    store.drop(Grain.HOUR, kept.hours)
    assert top(store, "24h", now, days, kept) == before
    month = by_window(store, now, days, kept)["30d"]
    start = days.hour(now - 30 * DAY)  # the window begins at 12:34, so most of this hour is out
    assert month.total == sum(start + HOUR < moment <= now for moment in moments)
