"""Moments as agencies write them. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser, tz

COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T?(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
JAPAN = timezone(timedelta(hours=9), "JST")
EARLIEST, LATEST = 1970, 2100
LONGEST = 60  # characters
# Hours of the zones that agencies call by name; what mail and dateutil make of these names differs, and of the others is nothing.
HOURS = {"GMT": 0, "UTC": 0, "UT": 0, "JST": 9, "KST": 9, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}
HOURS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
ZONE = re.compile(rf"(?:(?<!\d)(\d\d)(\d\d)|(?<=[\d\s.]))\s?\(?({'|'.join(HOURS | PLACES)})\)?(?=$|[\s,])")
SUPERFLUOUS = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")  # with it, dateutil takes the offset the other way round


def moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """A moment with its zone; None for what isn't one.

    ISO 8601 in its long and compact forms, RFC 822, and what dateutil takes for a full date.
    zone: of a text that names none.
    """
    told = SUPERFLUOUS.sub("", text.strip())
    if not told or len(told) > LONGEST:
        return None
    if named := ZONE.search(told):
        told, zone = without(told, named), called(named[3]) or zone
    found = compact(told) or iso(told) or mail(told) or loose(told)
    if found is None or not EARLIEST <= found.year <= LATEST:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def without(text: str, named: re.Match[str]) -> str:
    """A text without the name of its zone; four digits before it are hours and minutes."""
    return f"{text[: named.start()]}{f'{named[1]}:{named[2]}' if named[1] else ''}{text[named.end() :]}".strip()


def called(name: str) -> tzinfo | None:
    """A zone by its name in capitals; None for one that is not known."""
    if name in PLACES:
        found: tzinfo | None = tz.gettz(PLACES[name])
        return found
    return UTC if HOURS.get(name) == 0 else timezone(timedelta(hours=HOURS[name]), name) if name in HOURS else None


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
        return parser.parse(text, default=datetime(2000, 1, 1), tzinfos=by_offset)  # noqa: DTZ001 - moment() adds the zone
    except (ValueError, ArithmeticError, TypeError, AttributeError):
        return None


def by_offset(name: str | None, seconds: int | None) -> tzinfo | None:
    """Of a name that nobody knows nothing is made, not even a warning."""
    return None if seconds is None or abs(seconds) >= 86_400 else timezone(timedelta(seconds=seconds))
