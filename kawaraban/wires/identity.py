"""By what an item is known: the agency's identifier, or what it says. Pure."""

import hashlib
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kawaraban.wires.copy import Copy

LONGEST = 255
# Formats whose identifiers may be made anew each time the feed is asked for.
FEEDS = frozenset({"rss", "atom", "jsonfeed"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Digests of what an item says; empty for what it doesn't tell."""

    address: str
    title: str
    text: str


def namespace_of(agency: str) -> str:
    """Whose identifiers they are: the agency's name, spelled plainly. Two agencies may use the same identifier."""
    return plainly(agency)[:80]


def plainly(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def guid_of(guid: str) -> str:
    """The identifier as it is kept."""
    return guid if len(guid) <= LONGEST else f"sha256:{hashlib.sha256(guid.encode()).hexdigest()}"


def fingerprint(copy: Copy) -> Fingerprint:
    return Fingerprint(short(address_of(copy.address)), short(plainly(copy.headline)), short(plainly(copy.body_text)))


def short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest() if text else ""


def address_of(address: str) -> str:
    """An address without what does not tell pages apart: its fragment, a slash at its end, the case of its host."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


def is_same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two items of one feed may be the same under two identifiers: at one address with one title or text; else with both alike."""
    titles, texts = one.title == other.title != "", one.text == other.text
    if one.address and other.address:
        return one.address == other.address and (titles or (texts and one.text != ""))
    return titles and texts and one.address == other.address
