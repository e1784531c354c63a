"""Moments in the site's time zone and the site's words."""

from datetime import date, datetime

from django.conf import settings

from kawaraban.desk.clock import local
from kawaraban.pages.dates import written
from kawaraban.pages.made_from import DAY, note


def article_date(moment: datetime) -> str:
    return _written(local(moment), settings.KAWARABAN.dates.article)


def day(moment: date) -> str:
    """A date, or the day of a moment in the site's time zone."""
    return _written(local(moment) if isinstance(moment, datetime) else moment, settings.KAWARABAN.dates.day)


def list_date(moment: datetime, now: datetime | None = None) -> str:
    """The time when the moment is of today, else the date."""
    here, dates = local(moment), settings.KAWARABAN.dates
    if here.date() < local(now).date():
        return _written(here, dates.earlier)
    note(DAY)
    return _written(here, dates.moment)


def issue_dates(cover_date: date, on_sale_date: date) -> str:
    dates = settings.KAWARABAN.dates
    return _written(cover_date, dates.cover) + _written(on_sale_date, dates.on_sale)


def iso(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")


def _written(moment: date, pattern: str) -> str:
    return written(moment, pattern, settings.KAWARABAN.dates.weekdays)
