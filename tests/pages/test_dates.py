from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kawaraban.conf import Dates
from kawaraban.pages import when
from kawaraban.pages.dates import written

DATES = Dates()
MOMENT = datetime(2024, 7, 10, 17, 36, tzinfo=UTC)
ENGLISH = "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday"


@pytest.mark.parametrize(
    ("moment", "pattern", "weekdays", "text"),
    [
        (MOMENT, DATES.article, DATES.weekdays, "2024年7月10日（水）17時36分"),
        (datetime(2024, 1, 1, 0, 5, tzinfo=UTC), DATES.article, DATES.weekdays, "2024年1月1日（月）00時05分"),
        (MOMENT, DATES.day, DATES.weekdays, "2024年7月10日（水）"),
        (date(2024, 2, 29), DATES.day, DATES.weekdays, "2024年2月29日（木）"),
        (date(2024, 7, 16), DATES.cover, DATES.weekdays, "2024年7月16日号"),
        (date(2024, 7, 9), DATES.on_sale, DATES.weekdays, "（7/9発売）"),
        (MOMENT, DATES.moment, DATES.weekdays, "17:36"),
        (MOMENT, DATES.earlier, DATES.weekdays, "7/10"),
        (MOMENT, "{weekday} {day} {month_name} {year}", ENGLISH, "Wednesday 10 July 2024"),
        (MOMENT, "{weekday}", "Mo, Tu, We, Th, Fr, Sa, Su", "We"),
    ],
)
def test_date_written(moment: date, pattern: str, weekdays: str, text: str) -> None:
    assert written(moment, pattern, weekdays) == text


@pytest.mark.parametrize("place", range(7))
def test_date_weekdays_begin_with_monday(place: int) -> None:
    monday = date(2024, 7, 8)
    assert written(monday + timedelta(days=place), "{weekday}", DATES.weekdays) == "月火水木金土日"[place]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2024, 7, 10, 8, 36, tzinfo=UTC), "2024年7月10日（水）17時36分"),
        (datetime(2024, 7, 10, 15, 0, tzinfo=UTC), "2024年7月11日（木）00時00分"),
        (datetime(2024, 12, 31, 14, 59, tzinfo=UTC), "2024年12月31日（火）23時59分"),
        (datetime(2024, 12, 31, 15, 0, tzinfo=UTC), "2025年1月1日（水）00時00分"),
    ],
)
def test_article_date_in_the_sites_time_zone(moment: datetime, text: str) -> None:
    assert when.article_date(moment) == text


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (datetime(2024, 7, 10, 14, 59, tzinfo=UTC), "17:36"),
        (datetime(2024, 7, 10, 15, 0, tzinfo=UTC), "7/10"),
        (datetime(2024, 7, 9, 15, 0, tzinfo=UTC), "17:36"),
        (datetime(2025, 7, 10, 9, 0, tzinfo=UTC), "7/10"),
    ],
)
def test_list_date_is_a_time_today(now: datetime, text: str) -> None:
    assert when.list_date(datetime(2024, 7, 10, 8, 36, tzinfo=UTC), now) == text


def test_issue_dates_stand_together() -> None:
    assert when.issue_dates(date(2024, 7, 16), date(2024, 7, 9)) == "2024年7月16日号（7/9発売）"


def test_iso_has_the_sites_offset() -> None:
    assert when.iso(datetime(2024, 7, 10, 8, 36, tzinfo=UTC)) == "2024-07-10T17:36:00+09:00"
    assert str(timezone.get_current_timezone()) == "Asia/Tokyo"
