"""What a request says, read without state: its address, codings, conditions and ranges."""

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote_plus, unquote_to_bytes

from kawaraban.newsstand.rsgi import Header

LONGEST_PATH = 2_000
LONGEST_SECTION = 60
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f?#\ufffd\ud800-\udfff]")  # in a path; a decoded ? or # would be read as another address
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
PAGE = re.compile("[1-9][0-9]{0,5}", re.ASCII)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
SINGLE_RANGE = re.compile(r"bytes=[ \t]*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
IN_PATH = "/:@!$&'()*+,;=-._~"
IN_QUERY = "".join(map(chr, range(0x21, 0x7F)))

SECURITY: list[Header] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
]
HSTS: Header = ("strict-transport-security", "max-age=31536000; includeSubDomains")
NOTHING_ALLOWED: Header = ("content-security-policy", "default-src 'none'")


class Address(NamedTuple):
    """Where a page is filed: path and query, both in the one form that they are filed under."""

    path: str
    query: str = ""

    @property
    def whole(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Moved:
    """The address as it came is not the clean one, which is this."""

    location: str


class TooLong(Exception):
    """The path is longer than any page's."""


def address(path: str, query: str) -> Address | Moved | None:
    """The address that a decoded path and a query stand for; None where there can be no page. Raises TooLong."""
    if len(path) > LONGEST_PATH:
        raise TooLong
    if not path.startswith("/") or UNFIT.search(path):
        return None
    if "/." in path and not {".", ".."}.isdisjoint(path.split("/")):
        return None
    if "//" in path or (path[-1] == "/" and path != "/"):
        clean = "/" + "/".join(filter(None, path.split("/")))
        return Moved(quoted(clean) + (f"?{quote(query, safe=IN_QUERY)}" if query else ""))
    if not query:
        return Address(path)
    known = canonical_query(query)
    return None if known is None else Address(path, known)


def quoted(path: str) -> str:
    """A decoded path as a Location may carry it."""
    return quote(path, safe=IN_PATH)


def canonical_query(query: str) -> str | None:
    """The section and the page that a query asks for, in this order; None when it asks for one that can't be."""
    asked: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in ("page", "section"):
            asked[name] = value
    page, section = asked.get("page"), asked.get("section", "")
    if page is not None and not PAGE.fullmatch(page):
        return None
    if section:
        section = unquote_plus(section)
        if len(section) > LONGEST_SECTION or CONTROL.search(section):
            return None
    parts = [f"section={quote(section, safe='')}"] if section else []
    if page not in (None, "1"):
        parts.append(f"page={page}")
    return "&".join(parts)


def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip. Source: RFC 9110, 12.5.3"""
    others = False
    for entry in accepted.lower().split(","):
        coding, _, weight = entry.partition(";")
        coding = coding.strip()
        if coding in ("gzip", "x-gzip"):
            return not is_zero(weight)
        if coding == "*":
            others = not is_zero(weight)
    return others


def is_zero(weight: str) -> bool:
    for parameter in weight.split(";"):
        name, _, value = parameter.partition("=")
        try:
            if name.strip() == "q" and float(value) <= 0:
                return True
        except ValueError:
            continue
    return False


def matches(condition: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag, compared weakly. Source: RFC 9110, 13.1.2"""
    if tag in condition:  # a tag is in quotes, so no other one can hold it
        return True
    return condition.strip() == "*"


def sane_id(given: str | None) -> str:
    """The request id that a request brought, or nothing."""
    return given if given and REQUEST_ID.fullmatch(given) else ""


def location_header(location: str) -> str:
    """An address as a Location may carry it: ASCII, and never one that leads to another host."""
    if location.startswith(("http://", "https://")):
        return quote(location, safe=IN_QUERY)
    path, mark, query = location.partition("?")
    return quote("/" + unquoted(path).lstrip("/\\"), safe=IN_PATH) + (mark and mark + quote(query, safe=IN_QUERY))


def unquoted(path: str) -> str:
    """A path decoded, when it is encoded UTF-8; otherwise as it is."""
    try:
        return unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return path


class Unsatisfiable(Exception):
    """A range asked for lies behind the end."""


def byte_range(asked: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last of a single range; None when the whole is to be sent.

    Source: RFC 9110, 14.1.2. Raises Unsatisfiable. Several ranges are answered with the whole, as it allows.
    """
    found = SINGLE_RANGE.fullmatch(asked)
    if found is None or found["first"] == found["last"] == "":
        return None
    first, last = found["first"], found["last"]
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last) + 1, size) if last else size
