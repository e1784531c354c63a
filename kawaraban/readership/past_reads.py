"""Old reads from files: CSV, and access logs in combined format. Functions of lines, with what can't be read told by its line."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from urllib.parse import unquote, urlsplit

import numpy as np

from kawaraban.readership.columns import I64, U64
from kawaraban.readership.days import EARLIEST, LATEST
from kawaraban.readership.referrers import kind
from kawaraban.readership.verdicts import Referrer

ROWS = 100_000  # of a batch
NEEDED = ("at", "article", "reader")
AGENT = "user_agent"
# Files that pages are made with; articles have no such ends.
ASSETS = re.compile(r"\.(?:css|m?js|map|json|xml|txt|ico|png|jpe?g|gif|webp|avif|svg|woff2?|ttf|mp[34]|webm|pdf|webmanifest|zip|gz)$", re.IGNORECASE)
LINE = re.compile(
    r'(?P<address>\S+) \S+ .*?\[(?P<at>[^\]]+)\] "(?P<method>[A-Z]+) (?P<target>\S+)[^"]*" (?P<status>\d{3}) \S+'
    r'(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
STAMP = re.compile(r"(\d{1,2}/[A-Za-z]{3}/\d{4}:\d{2}:\d{2}):(\d{2}) ([+-]\d{4})")


class Unreadable(Exception):
    """Why a whole file can't be read, as a sentence without its name."""


@dataclass
class Batch:
    """Some reads, and the lines that could not be read with why."""

    at: I64
    articles: list[str]
    readers: U64
    networks: U64
    agents: list[str] | None = None
    referrers: list[int] | None = None
    faults: list[tuple[int, str]] = field(default_factory=list)


def hashed(texts: Iterable[str]) -> U64:
    digests = b"".join(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, np.dtype("<u8")).astype(np.uint64)


def read_csv(lines: Iterable[str], zone: tzinfo) -> Iterator[Batch]:
    """CSV with a header that names at, article, reader and perhaps user_agent. Moments without a zone are of the given one. Raises Unreadable."""
    reader = csv.reader(lines)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise Unreadable(f"line 1 is no CSV: {error}") from error
    places = {name.strip().lower(): place for place, name in enumerate(header)}
    if lacking := [name for name in NEEDED if name not in places]:
        told = "a header: at,article,reader or at,article,reader,user_agent" if not set(NEEDED) & set(places) else " and ".join(lacking)
        raise Unreadable(f"line 1 lacks {told}")
    while True:
        numbers, rows, faults = rows_of(reader)
        if not rows and not faults:
            return
        yield batch_of(numbers, rows, faults, places, zone)


def rows_of(reader: Iterator[list[str]]) -> tuple[list[int], list[list[str]], list[tuple[int, str]]]:
    """The next rows that are not empty, each with the number of the line with which it ends."""
    numbers: list[int] = []
    rows: list[list[str]] = []
    faults: list[tuple[int, str]] = []
    line = reader.line_num  # type: ignore[attr-defined]
    while True:
        try:
            for row in islice(reader, ROWS - len(rows)):
                rows.append(row)
                numbers.append(reader.line_num)  # type: ignore[attr-defined]
        except csv.Error as error:
            faults.append((reader.line_num, str(error)))  # type: ignore[attr-defined]
            if reader.line_num == line:  # type: ignore[attr-defined]
                break
            line = reader.line_num  # type: ignore[attr-defined]
            continue
        break
    return numbers, rows, faults


def batch_of(numbers: list[int], rows: list[list[str]], faults: list[tuple[int, str]], places: dict[str, int], zone: tzinfo) -> Batch:
    width = max(places[name] for name in NEEDED) + 1
    if rows and min(map(len, rows)) < width:
        numbered = list(zip(numbers, rows, strict=True))
        faults += [(line, f"{len(row)} fields where {len(places)} should be") for line, row in numbered if 0 < len(row) < width]
        numbers = [line for line, row in numbered if len(row) >= width]
        rows = [row for row in rows if len(row) >= width]
    at, bad = moments(field_of(rows, places["at"]), zone)
    for name in ("article", "reader"):
        if "" in (texts := field_of(rows, places[name])):
            bad |= {number: f"the {name} is empty" for number, text in enumerate(texts) if not text}
    if bad:
        faults += [(numbers[place], reason) for place, reason in bad.items()]
        at = np.delete(at, list(bad))
        rows = [row for place, row in enumerate(rows) if place not in bad]
    readers = hashed(field_of(rows, places["reader"]))
    agents = [row[places[AGENT]] if len(row) > places[AGENT] else "" for row in rows] if AGENT in places else None
    return Batch(at, field_of(rows, places["article"]), readers, readers, agents, None, sorted(faults))


def field_of(rows: list[list[str]], place: int) -> list[str]:
    return list(map(itemgetter(place), rows))


def moments(texts: list[str], zone: tzinfo) -> tuple[I64, dict[int, str]]:
    """In ms since 1970, from that number or ISO 8601; and why not, by place."""
    try:
        found = np.array(texts, dtype=np.bytes_).astype(np.int64) if all(map(str.isdecimal, texts)) else None
    except (ValueError, OverflowError, UnicodeEncodeError):
        found = None
    if found is not None and (not len(found) or (found.min() > EARLIEST and found.max() < LATEST)):
        return found, {}
    bad: dict[int, str] = {}
    values = np.zeros(len(texts), np.int64)
    for place, text in enumerate(texts):
        try:
            values[place] = moment(text.strip(), zone)
        except (ValueError, OverflowError):
            bad[place] = f"{text[:40]!r} is no moment: milliseconds since 1970 or ISO 8601"
    return values, bad


def moment(text: str, zone: tzinfo) -> int:
    """In ms since 1970. Raises ValueError."""
    if text.removeprefix("-").isdecimal():
        value = int(text)
    else:
        found = datetime.fromisoformat(text)
        value = round((found if found.tzinfo else found.replace(tzinfo=zone)).timestamp() * 1000)
    if not EARLIEST < value < LATEST:
        raise ValueError(text)
    return value


def read_log(lines: Iterable[str], prefix: Callable[[str], bytes]) -> Iterator[Batch]:
    """Pages in an access log in combined format: GET, answered 200 or 304, no pictures, styles or scripts."""
    numbered = enumerate(lines, 1)
    while part := list(islice(numbered, ROWS)):
        yield log_batch(part, prefix)


def log_batch(part: list[tuple[int, str]], prefix: Callable[[str], bytes]) -> Batch:
    faults: list[tuple[int, str]] = []
    at: list[int] = []
    articles: list[str] = []
    who: list[str] = []
    networks: list[str] = []
    agents: list[str] = []
    referrers: list[int] = []
    for line, text in part:
        found = LINE.match(text)
        if not found:
            if text.strip():
                faults.append((line, "not a line of an access log in combined format"))
            continue
        if found["method"] != "GET" or found["status"] not in ("200", "304") or ASSETS.search(path := found["target"].partition("?")[0]):
            continue
        try:
            at.append(stamp(found["at"]))
        except ValueError:
            faults.append((line, f"{found['at'][:40]!r} is no moment such as 10/Jul/2024:17:36:05 +0900"))
            continue
        agent = found["agent"] or ""
        articles.append(address(path))
        who.append(f"{found['address']}\n{agent}")
        networks.append(found["address"])
        agents.append(agent)
        referrers.append(came_by(found["referrer"] or ""))
    network = hashed(str(prefix(name)) for name in networks)
    return Batch(np.array(at, np.int64), articles, hashed(who), network, agents, referrers, faults)


@lru_cache(20_000)
def address(path: str) -> str:
    """A page's address as the magazine writes it: without what stands before its path, and without a last slash."""
    if "://" in path:
        path = "/" + path.partition("://")[2].partition("/")[2]
    return unquote(path).rstrip("/") or "/"


@lru_cache(20_000)
def came_by(referrer: str) -> int:
    try:
        host = "" if referrer in ("", "-") else urlsplit(referrer).hostname or ""
    except ValueError:
        return int(Referrer.OTHER)
    return int(kind(host, "")) if host else int(Referrer.DIRECT)


def stamp(text: str) -> int:
    """In ms since 1970. Raises ValueError."""
    if not (found := STAMP.fullmatch(text)):
        raise ValueError(text)
    return begin_of_minute(found[1], found[3]) + int(found[2]) * 1000


@lru_cache(10_000)
def begin_of_minute(minute: str, offset: str) -> int:
    hours, rest = int(offset[:3]), int(offset[0] + offset[3:])
    zone = timezone(timedelta(hours=hours, minutes=rest))
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day, month, rest_ = minute.split("/")
    year, hour, number = map(int, rest_.split(":"))
    return round(datetime(year, months.index(month.capitalize()) + 1, int(day), hour, number, tzinfo=zone).timestamp() * 1000)
