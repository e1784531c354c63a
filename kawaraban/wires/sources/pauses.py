"""When a source is asked next. Pure: chance lies between 0 and 1."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=1)  # between two tries of what fails
LONGEST_WISH = timedelta(days=1)  # that an answer's Retry-After is followed
SPREAD = 0.2


def pause(schedule: int, failures: int, chance: float) -> timedelta:
    """Until it is asked again: its schedule in seconds, doubled for each failure in a row, a little more or less so that not all come at once."""
    usual = timedelta(seconds=max(1, schedule))
    grown = min(usual * 2 ** min(failures, 16), max(usual, LONGEST))
    return grown * (1 + SPREAD * (chance - 0.5))


def wished(header: str, now: datetime) -> float:
    """The seconds that a Retry-After asks for; 0 for none that can be read. Source: RFC 9110, 10.2.3"""
    told = header.strip()
    if told.isascii() and told.isdecimal():
        seconds = float(told[:9])
    else:
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError, OverflowError):
            return 0.0
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(0.0, seconds), LONGEST_WISH.total_seconds())
