from datetime import datetime

import pytest

from kawaraban.wires.dates import day_time_group, has_time, spoken, transmitted
from kawaraban.wires.moments import moment


def utc(text: str) -> datetime | None:
    return moment(text) if text else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("011230 Sep 26", "2026-09-01T12:30"),
        ("shm 242200 GMT Jun 17", "2017-06-24T22:00"),
        ("011230 JST September 2026", "2026-09-01T12:30+09:00"),
        ("311230 MEZ Mär 99", "1999-03-31T12:30+01:00"),
        ("991230 Sep 26", ""),
        ("311230 Feb 26", ""),
        ("011230 XYZ Sep 26", ""),
        ("011230 Xyz 26", ""),
        ("011230", ""),
        ("", ""),
    ],
)
def test_day_time_group(text: str, found: str) -> None:
    assert day_time_group(text) == utc(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AP-NY-09-01-26 1230EDT<", "2026-09-01T12:30-04:00"),
        ("SM-09-01-26 0030GMT", "2026-09-01T00:30"),
        ("16:35ET 31-10-26<", "2026-10-31T16:35-04:00"),
        ("09-31-26 0030GMT", ""),
        ("09-01-26 2530GMT", ""),
        ("09-01-26 0030XXX", ""),
    ],
)
def test_trailer(text: str, found: str) -> None:
    assert transmitted(text) == utc(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年9月1日 9時30分", "2026-09-01T09:30+09:00"),
        ("令和８年９月１日（火）午前５時半", "2026-09-01T05:30+09:00"),
        ("令和元年5月1日0時", "2019-05-01T00:00+09:00"),
        ("2026年9月1日午後12時", "2026-09-02T00:00+09:00"),
        ("9月1日正午", "2026-09-01T12:00+09:00"),
        ("2月3日 24:00", "2027-02-04T00:00+09:00"),
        ("2026-09-01 09:30", "2026-09-01T09:30+09:00"),
        ("2026-09-01 09:30 GMT", "2026-09-01T09:30+00:00"),
        ("13月1日", ""),
        ("9999年1月1日", ""),
        ("きょう", ""),
    ],
)
def test_moment_in_any_writing(text: str, found: str) -> None:
    assert spoken(text, moment("2026-10-15")) == utc(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tue, 01 Sep 2026 09:00:00 JST", "2026-09-01T09:00+09:00"),
        ("Tue, 01 Sep 2026 09:00:00 -0400 (EDT)", "2026-09-01T09:00-04:00"),
        ("0500 JST on September 2, 2026", "2026-09-02T05:00+09:00"),
        ("5 a.m. EDT Sept 2, 2026", "2026-09-02T05:00-04:00"),
        ("Tue Sep 01 2026 09:30:00 GMT+0900", "2026-09-01T09:30+09:00"),
        ("2026-09-02 05:00 XYZ", "2026-09-02T05:00"),
        (f"2026-09-01T00:{'4' * 40}:00Z", ""),
    ],
)
def test_zones_by_name(text: str, found: str) -> None:
    assert moment(text) == utc(found)


@pytest.mark.parametrize(
    ("text", "told"), [("９月２日５時", True), ("Sept 2, 2026, 5 a.m.", True), ("02 Sep 2026 0500", True), ("9月2日", False), ("2026-09-02", False)]
)
def test_whether_the_hour_is_told(text: str, told: bool) -> None:
    assert has_time(text) is told
