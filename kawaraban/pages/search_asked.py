"""What a reader asks of the archive, as its address says it; and the addresses of what else may be asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from kawaraban.search.query import LENGTH
from kawaraban.search.site import Filters, Order

ADDRESS, FEED = "/search", "/search/feed"
KINDS = ("article", "wire", "topic", "author", "issue")
NAMED = ("section", "topic", "author")  # told by key
LAST_PAGE = 50
KEY, DAY, NUMBER = re.compile("[1-9][0-9]{0,17}"), re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class Asked:
    """since, until: days, both of them included. marks: facet → value."""

    text: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    order: Order = Order.RELEVANCE
    page: int = 1

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LENGTH

    @property
    def filters(self) -> Filters:
        marks = {name: frozenset((value,)) for name, value in self.marks}
        return Filters(marks, start_of(self.since), start_of(self.until, 1))

    def marked(self, name: str) -> str:
        return dict(self.marks).get(name, "")

    def with_mark(self, name: str, value: str) -> "Asked":
        """The same for one value of a facet, or, when that is empty, for all; from its first page."""
        others = tuple(mark for mark in self.marks if mark[0] != name)
        return replace(self, marks=tuple(sorted((*others, (name, value)) if value else others)), page=1)

    def of_year(self, year: int) -> "Asked":
        return replace(self, since=date(year, 1, 1), until=date(year, 12, 31), page=1)

    def address(self, path: str = ADDRESS) -> str:
        told = {
            "q": self.text,
            **{name: self.marked(name) for name in ("kind", *NAMED)},
            "from": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        if path == ADDRESS:
            told["order"] = "" if self.order is Order.RELEVANCE else self.order.value
            told["page"] = "" if self.page == 1 else str(self.page)
        query = urlencode([(name, value) for name, value in told.items() if value])
        return f"{path}?{query}" if query else path


def read(told: Mapping[str, str]) -> Asked:
    """What a query asks for; what it says wrongly is taken as not said."""
    marks = [(name, value) for name in NAMED if KEY.fullmatch(value := told.get(name, ""))]
    if (kind := told.get("kind", "")) in KINDS:
        marks.append(("kind", kind))
    since, until = day(told.get("from", "")), day(told.get("until", ""))
    if since and until and since > until:
        since, until = until, since
    return Asked(
        text=told.get("q", "").strip(),
        marks=tuple(sorted(marks)),
        since=since,
        until=until,
        order=Order.DATE if told.get("order") == Order.DATE.value else Order.RELEVANCE,
        page=min(int(number), LAST_PAGE) if NUMBER.fullmatch(number := told.get("page", "")) else 1,
    )


def day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and 1800 <= found.year < 2200 else None


def start_of(found: date | None, later: int = 0) -> datetime | None:
    """When a day begins in the site's time zone, or the one so many days later."""
    if found is None:
        return None
    return timezone.make_aware(datetime.combine(found + timedelta(days=later), time()), timezone.get_default_timezone())
