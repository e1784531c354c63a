"""The site's time zone, in which days begin and dates are shown, whatever zone an editor has chosen for the desk."""

from datetime import date, datetime

from django.utils import timezone


def local(moment: datetime | None = None) -> datetime:
    """A moment, or now, in the site's time zone."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def today() -> date:
    return local().date()
