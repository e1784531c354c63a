"""Moments as wire messages and Japanese prose write them. Pure."""

import re
from datetime import datetime, timedelta, tzinfo
from unicodedata import normalize

from kawaraban.wires.moments import EARLIEST, JAPAN, LATEST, LONGEST, called, moment

NAMES = ["JAN", "FEB", "MAR MÄR MRZ", "APR", "MAY MAI", "JUN", "JUL", "AUG", "SEP", "OCT OKT", "NOV", "DEC DEZ"]
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
GROUP = re.compile(
    r"\b(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Z]{1,4})?\s+(?P<month>[A-Za-zÄä]{3})[a-z]{0,6}\.?\s+(?P<year>\d\d(?:\d\d)?)\b"
)
TRAILER = re.compile(r"\b(?P<month>\d\d?)-(?P<day>\d\d?)-(?P<year>\d\d(?:\d\d)?)\s+(?P<hour>\d\d):?(?P<minute>\d\d)\s?(?P<zone>[A-Z]{2,4})\b")
TRAILER_IN_CANADA = re.compile(
    r"\b(?P<hour>\d\d):?(?P<minute>\d\d)\s?(?P<zone>[A-Z]{2,4})\s+(?P<day>\d\d?)-(?P<month>\d\d?)-(?P<year>\d\d(?:\d\d)?)\b"
)
JAPANESE = re.compile(
    r"(?:(?:令和(?P<reiwa>\d{1,2}|元)|(?P<year>\d{4}))年)?\s?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日(?:\s?\([^)]{1,3}\))?\s?(?P<half>午前|午後)?\s?"
    r"(?:(?P<hour>\d{1,2})(?:時(?:(?P<minute>\d{1,2})分|(?P<thirty>半))?|:(?P<past>\d\d))|(?P<noon>正午))?"
)
TIME = re.compile(r"\d\s?[時:]|正午|\d\s?[ap]\.?m|\dT\d|\b\d{4}\D.*\b\d{4}\b", re.I)


def day_time_group(text: str) -> datetime | None:
    """The `DDHHMM GMT MON YY` behind an IPTC 7901 message. Source: IPTC 7901, post-text information"""
    found = GROUP.search(text)
    return None if found is None else dated(found, MONTHS.get(found["month"].upper(), 0))


def transmitted(text: str) -> datetime | None:
    """The date and time behind an ANPA message: `MM-DD-YY HHMMzone`, in Canada `HH:MMzone DD-MM-YY`."""
    found = TRAILER.search(text) or TRAILER_IN_CANADA.search(text)
    return None if found is None else dated(found, int(found["month"]))


def dated(found: re.Match[str], month: int) -> datetime | None:
    zone = called(found["zone"] or "GMT")
    year = int(found["year"])
    return made(year if year > 99 else 1900 + year if year >= 70 else 2000 + year, month, found, zone or called("GMT")) if zone else None


def made(year: int, month: int, found: re.Match[str], zone: tzinfo | None) -> datetime | None:
    try:
        return datetime(year, month, int(found["day"]), int(found["hour"]), int(found["minute"]), tzinfo=zone)
    except ValueError:
        return None


def spoken(text: str, issued: datetime | None = None, zone: tzinfo = JAPAN) -> datetime | None:
    """A moment in any writing. issued: of the message, for a date without its year."""
    told = normalize("NFKC", text[:LONGEST]).strip()
    found = JAPANESE.search(told)
    return japanese(found, issued) if found else moment(told, zone)


def has_time(text: str) -> bool:
    """Whether a moment is told to the hour, not by its day alone."""
    return TIME.search(normalize("NFKC", text[:LONGEST])) is not None


def japanese(found: re.Match[str], issued: datetime | None) -> datetime | None:
    hour = 12 if found["noon"] else int(found["hour"] or 0) + (12 if found["half"] == "午後" else 0)
    minute = 30 if found["thirty"] else int(found["minute"] or found["past"] or 0)
    year = year_of(found, issued)
    try:
        return datetime(year, int(found["month"]), int(found["day"]), tzinfo=JAPAN) + timedelta(hours=hour, minutes=minute)
    except (ValueError, OverflowError):
        return None


def year_of(found: re.Match[str], issued: datetime | None) -> int:
    """The year, told or that which brings the date nearest to the message; 0 when nothing tells."""
    if found["reiwa"]:
        return 2018 + (1 if found["reiwa"] == "元" else int(found["reiwa"]))
    if found["year"]:
        year = int(found["year"])
        return year if EARLIEST <= year <= LATEST else 0
    if issued is None:
        return 0
    return issued.year + round((issued.month - int(found["month"])) / 12)
