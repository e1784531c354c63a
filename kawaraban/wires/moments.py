"""Moments as agencies write them. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser

COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T?(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
JAPAN = timezone(timedelta(hours=9), "JST")
NAMED_JAPAN = re.compile(r"(?<=[\d ])JST$")  # a name that the standard library doesn't know
EARLIEST, LATEST = 1970, 2100
LONGEST = 60  # characters


def moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """A moment with its zone; None for what isn't one.

    ISO 8601 in its long and compact forms, RFC 822, and what dateutil takes for a full date.
    zone: of a text that names none.
    """
    told = NAMED_JAPAN.sub("+0900", text.strip())
    if not told or len(told) > LONGEST:
        return None
    found = compact(told) or iso(told) or mail(told) or loose(told)
    if found is None or not EARLIEST <= found.year <= LATEST:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def compact(text: str) -> datetime | None:
    """Source: IIM and NewsML 1.2's CCYYMMDDThhmmss±hhmm."""
    found = COMPACT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        made = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - moment() adds the zone
    except ValueError:
        return None
    return made.replace(tzinfo=offset(zone)) if zone else made


def offset(zone: str) -> tzinfo | None:
    if zone == "Z":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return UTC
    return timezone((1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def loose(text: str) -> datetime | None:
    """Only what holds a year of four digits: dateutil would fill in today's."""
    if not re.search(r"\d{4}", text):
        return None
    try:
        return parser.parse(text, default=datetime(2000, 1, 1), tzinfos=zone_of)  # noqa: DTZ001 - moment() adds the zone
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def zone_of(_name: str | None, seconds: int | None) -> tzinfo | None:
    """None for a name that nobody knows; without this dateutil warns, and takes those of the machine."""
    return None if seconds is None else timezone(timedelta(seconds=seconds))
