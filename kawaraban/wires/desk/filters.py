"""Which items the wire desk shows. What an editor has chosen is kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.dateparse import parse_datetime

from kawaraban.wires.models import WireItem
from kawaraban.wires.models.wire_item import WireItemQuerySet

GREATEST, LONGEST = 2**31, 100
WAITED = timedelta(days=1)  # for which copy may have lain in the archive when it is filed
STATES = ("embargoed", "taken_back", "spiked", "all")


@dataclass(frozen=True, slots=True)
class Filters:
    source: int = 0
    section: str = ""
    urgency: int = 0  # up to; 0: all
    language: str = ""
    hours: int = 0  # 0: all
    words: str = ""  # all of them, anywhere in headline or text
    state: str = ""  # one of STATES; empty: all but what is spiked
    each: int = 0  # 1: every copy of a story in a line of its own

    @property
    def is_grouped(self) -> bool:
        """What asks for copies of one kind wants to see those that are not the best of their story, too."""
        return not (self.each or self.source or self.language or self.words or self.state)

    def query(self) -> str:
        return urlencode({entry.name: value for entry in fields(self) if (value := getattr(self, entry.name))})


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list: what stands below it is older."""

    received: datetime
    key: int

    def __str__(self) -> str:
        return f"{self.received.isoformat()}~{self.key}"


def filters_of(told: Mapping[str, str]) -> Filters:
    """Whatever makes no sense is as if it had not been asked for."""
    state = told.get("state", "")
    return Filters(
        source=number(told.get("source", "")),
        section=plain(told.get("section", "")),
        urgency=number(told.get("urgency", "")),
        language=plain(told.get("language", "")),
        hours=min(number(told.get("hours", "")), 24 * 366),
        words=plain(told.get("words", "")),
        state=state if state in STATES else "",
        each=int(told.get("each") == "1"),
    )


def number(text: str) -> int:
    return found if text.isascii() and text.isdigit() and (found := int(text[:12])) < GREATEST else 0


def plain(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST]


def lately(found: WireItemQuerySet, filters: Filters, since: datetime | None) -> WireItemQuerySet:
    """Of what words look for, what came since a page was made, or shortly before: else every page would have all texts read every few seconds."""
    return found.filter(received__gte=since - WAITED) if filters.words and since else found


def moment_of(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and found.year > 1 else None


def place_of(text: str) -> Place | None:
    moment, _, key = text.partition("~")
    received = moment_of(moment)
    return Place(received, number(key)) if received and number(key) else None


def chosen(filters: Filters, reads_killed: bool, now: datetime) -> WireItemQuerySet:
    """The items in the order of the list: what came last, or in a new version, first.

    Words find nothing in what was taken back for those who may not read it: that something was found would tell what it says.
    """
    found = WireItem.objects.order_by("-received", "-pk")
    if filters.words and not reads_killed:
        found = found.filter(status=WireItem.Status.USABLE)
    for word in filters.words.split():
        found = found.filter(says("headline", word) | says("body", word))
    if filters.is_grouped:
        found = found.filter(Q(is_best=True) | ~Q(status=WireItem.Status.USABLE))
    return in_state(narrowed(found, filters, now), filters.state, now)


def says(field: str, word: str) -> Q:
    """Whether a text has a word in it. For a word without capitals the texts are looked through as they are, which is faster by a fifth."""
    if word.lower() != word.upper():
        return Q(**{f"{field}__icontains": word})
    return Q(GreaterThan(StrIndex(field, Value(word)), 0))


def narrowed(found: WireItemQuerySet, filters: Filters, now: datetime) -> WireItemQuerySet:
    wanted: dict[str, object] = {
        "source": filters.source,
        "section": filters.section,
        "urgency__lte": filters.urgency,
        "language__startswith": filters.language,
        "received__gte": filters.hours and now - timedelta(hours=filters.hours),
    }
    return found.filter(**{name: value for name, value in wanted.items() if value})


def in_state(found: WireItemQuerySet, state: str, now: datetime) -> WireItemQuerySet:
    if state == "embargoed":
        return found.filter(embargoed_until__gt=now, is_hidden=False)
    if state == "taken_back":
        return found.filter(killed_at__isnull=False)
    if state == "spiked":
        return found.filter(is_hidden=True)
    return found if state == "all" else found.filter(is_hidden=False)


def below(found: WireItemQuerySet, place: Place | None) -> WireItemQuerySet:
    if place is None:
        return found
    return found.filter(received__lte=place.received).exclude(received=place.received, pk__gte=place.key)
