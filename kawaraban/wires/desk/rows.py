"""The lines of the wire desk's list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

from django.db.models.functions import Substr

from kawaraban.desk.clock import local
from kawaraban.wires.models import ArticleOrigin, WireItem, WireVersion
from kawaraban.wires.models.wire_item import WireItemQuerySet
from kawaraban.wires.secrecy import Rights

URGENT = 2  # and below
OPENING = 120  # characters of the text that stand behind the headline
SHOWN = (
    "received",
    "published",
    "urgency",
    "section",
    "agency",
    "headline",
    "language",
    "version",
    "status",
    "embargoed_until",
    "is_hidden",
    "is_best",
    "is_flashed",
    "is_pinned",
    "flash_until",
    "notice",
    "story_id",
    "replaced_by_id",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One item. headline and opening are empty for who may not read them."""

    key: int
    received: datetime
    iso_time: str
    time: str
    urgency: int
    section: str
    agency: str
    headline: str
    opening: str
    language: str
    version: int
    state: str  # canceled, withheld, spiked, replaced, embargoed or nothing
    until: str  # the end of its embargo
    is_flashed: bool
    is_pinned: bool
    is_corrected: bool
    is_secret: bool
    others: int = 0
    articles: int = 0

    @property
    def is_urgent(self) -> bool:
        return self.urgency <= URGENT and self.state in ("", "embargoed")

    @property
    def is_taken_back(self) -> bool:
        return self.state in ("canceled", "withheld")

    @property
    def order(self) -> str:
        """Sorts as text as the list is sorted, the other way round."""
        return f"{self.received:%Y%m%d%H%M%S%f}-{self.key:020}"

    @property
    def stamp(self) -> str:
        """Changes when anything that the row shows does."""
        return f"{crc32(repr(self).encode()):x}"


def for_rows(items: WireItemQuerySet) -> WireItemQuerySet:
    """Without the texts, which are long."""
    return items.only(*SHOWN).annotate(opening=Substr("body", 1, OPENING))


def rows(items: Iterable[WireItem], rights: Rights, now: datetime) -> list[Row]:
    """items: of `for_rows`. Three queries at most."""
    found = list(items)
    members, articles = counted_stories(found), counted_articles(found)
    texts = last_texts([item for item in found if item.status == "canceled"]) if rights.reads_killed else {}
    told = (row(item, rights, now, texts.get(item.pk, {})) for item in found)
    return [replace(line, others=max(0, members[item.story_id] - 1), articles=articles[item.pk]) for item, line in zip(found, told, strict=True)]


def row(item: WireItem, rights: Rights, now: datetime, text: dict[str, str]) -> Row:
    is_secret = not rights.reads(item)
    opening = " ".join((item.opening or text.get("body_text", "")[:OPENING]).split())
    return Row(
        key=item.pk,
        received=item.received,
        iso_time=local(item.received).isoformat(timespec="seconds"),
        time=clock_time(item.received, now),
        urgency=item.urgency,
        section=item.section,
        agency=item.agency,
        headline="" if is_secret else item.headline or text.get("headline", ""),
        opening="" if is_secret else opening,
        language=item.language,
        version=item.version if item.version < 10_000 else 0,  # a greater one is a date, and tells nothing here
        state=state(item, now),
        until=clock_time(item.embargoed_until, now) if item.embargoed_until else "",
        is_flashed=is_in_flash(item, now),
        is_pinned=item.is_pinned and is_in_flash(item, now),
        is_corrected=bool(item.notice),
        is_secret=is_secret,
    )


def state(item: WireItem, now: datetime) -> str:
    if item.status != WireItem.Status.USABLE:
        return str(item.status)
    if item.is_hidden:
        return "spiked"
    if item.replaced_by_id:
        return "replaced"
    return "embargoed" if item.embargoed_until and item.embargoed_until > now else ""


def is_in_flash(item: WireItem, now: datetime) -> bool:
    """Whether it is in the flash, or will be when its embargo is over."""
    return item.is_flashed and (item.flash_until is None or item.flash_until > now) and state(item, now) in ("", "embargoed")


def clock_time(moment: datetime, now: datetime) -> str:
    """The hour of what is of today, before it the day of what isn't."""
    there, here = local(moment), local(now)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{there.month}/{there.day} {there:%H:%M}" if there.year == here.year else f"{there.year}/{there.month}/{there.day}"


def counted_stories(items: Sequence[WireItem]) -> Counter[int | None]:
    keys = {item.story_id for item in items if item.story_id}
    return Counter(WireItem.objects.filter(story_id__in=keys).values_list("story_id", flat=True)) if keys else Counter()


def counted_articles(items: Sequence[WireItem]) -> Counter[int]:
    return Counter(ArticleOrigin.objects.filter(item__in=[item.pk for item in items]).values_list("item_id", flat=True))


def last_texts(items: Sequence[WireItem]) -> dict[int, dict[str, str]]:
    """What killed items said last, which only their versions still hold."""
    if not items:
        return {}
    versions = WireVersion.objects.filter(item__in=items).order_by("number", "told_at", "received_at", "pk")
    told = ((version.item_id, version.copy) for version in versions)
    return {key: copy for key, copy in told if copy.get("headline") or copy.get("body_text")}
