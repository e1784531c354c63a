"""Finds what to read with what: noted when something changes, looked for by whoever has a moment, kept for the insets.

What an article says is asked of the search's index; topics, series and section, how new it is, and what stands there already, of the database.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from kawaraban.desk.models import Article, Section, Topic
from kawaraban.pages.models import Change, ReadAlso, Unrelated
from kawaraban.press.edition import Edition
from kawaraban.press.marks import INSET
from kawaraban.search import dictionary
from kawaraban.search.document import WEIGHTS
from kawaraban.search.related import Candidate, Newness, Relater, different
from kawaraban.search.related import told as told_by
from kawaraban.search.site import answering, opened
from kawaraban.search.site.documents import documents
from kawaraban.search.site.found import State
from kawaraban.wires.models import WireItem

log = logging.getLogger(__name__)

KEPT = 16  # more than are shown, so that a withdrawal leaves no gap
MOST_LISTS = 40  # that one article may stand in: so many are printed again at once when it is withdrawn
NEIGHBOURS = 40  # that may have a new article to read
MOST = 1000  # noted ones that are looked at in a turn
OF_A_SECTION = 5000  # newest articles whose lists follow when its wish changes
NEWEST = 40  # of its section fill a short list
WIRE_DAYS = 7  # older wire items keep the list that they have
A_TOPIC, A_SERIES, SAME_SECTION = 0.12, 0.25, 0.05  # what shared ones are worth, each
NEWNESS = {
    Section.Newness.NONE: Newness(0.0),
    Section.Newness.SOME: Newness(),
    Section.Newness.MUCH: Newness(1.5, 20.0),
}


@dataclass(frozen=True)
class Filed:
    """Where an article is filed."""

    section: int
    topics: frozenset[int]
    series: frozenset[int]


# Noting


def want(keys: Iterable[str], *, spreads: bool = False) -> None:
    """Has related reading found for page:12, wire:7. spreads: others may have it to read now."""
    rows = [Unrelated(key=key, spreads=spreads) for key in dict.fromkeys(keys)]
    again = ["noted", "spreads"] if spreads else ["noted"]
    Unrelated.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=again)


def holders(edition: Edition, key: str) -> list[str]:
    """What has a thing to read, such as page:12 and wire:7."""
    return [place.removeprefix(INSET) for place in edition.made_from(key) if place.startswith(INSET)]


def want_section(sections: list[int]) -> None:
    """Has the lists of the newest articles of sections found anew: what is to stand first there may be another thing now."""
    if sections:
        found = Article.objects.published().filter(section_id__in=sections).newest_first().values_list("pk", flat=True)[:OF_A_SECTION]
        want(f"page:{key}" for key in found)


def want_those_without(most: int) -> int:
    """Notes the newest articles for which nobody has ever looked; gives their number."""
    looked = ReadAlso.objects.filter(key=Concat(Value("page:"), Cast(OuterRef("pk"), CharField())))
    found = Article.objects.published().exclude(Exists(looked)).newest_first().values_list("pk", flat=True)[:most]
    want(keys := [f"page:{key}" for key in found])
    return len(keys)


# Finding


def at_once(edition: Edition, keys: Iterable[str], is_enough: Callable[[], bool]) -> None:
    """For new articles, before they are printed, where the dictionary is at hand; else they wait for the worker like the rest."""
    if dictionary.Kept.japanese is None:
        return
    rows = Unrelated.objects.filter(key__in=list(keys), spreads=True).exclude(key__in=ReadAlso.objects.filter(key__in=list(keys)).values("key"))
    work_through(edition, is_enough, rows)


def work_off(edition: Edition, is_enough: Callable[[], bool]) -> int:
    """Finds related reading for what is noted, new articles first, until it is enough; gives the number. Raises database errors."""
    return work_through(edition, is_enough, Unrelated.objects.all()[:MOST])


def work_through(edition: Edition, is_enough: Callable[[], bool], rows: Iterable[Unrelated]) -> int:
    done, relater = 0, None
    for row in rows:
        relater = relater or relater_of_site()
        if relater is None or is_enough():
            break
        done += attempt(edition, relater, row)
    return done


def relater_of_site() -> Relater | None:
    """None while there is no index, or while it is being filled: what it has so far would fill the lists."""
    try:
        index = opened.index()
        return index.relater() if index and answering.state_of(index) is State.READY else None
    except opened.FAULTS as error:
        opened.report(error)
        return None


def attempt(edition: Edition, relater: Relater, row: Unrelated) -> bool:
    """Whether it has been looked for. What was noted again meanwhile stays noted."""
    try:
        relate(edition, relater, row)
    except opened.FAULTS as error:
        opened.report(error)
        return False
    except DatabaseError:
        raise
    except Exception:
        log.exception("nothing to read can be found for %s", row.key)
        Unrelated.objects.filter(pk=row.pk).delete()
    return True


def relate(edition: Edition, relater: Relater, row: Unrelated) -> None:
    thing = thing_of(row.key)
    told = telling(thing) if thing else {}
    articles = found(relater, edition, thing, told) if thing else []
    near = neighbours(relater, told, row.key) if thing and row.spreads else []
    with transaction.atomic():
        Unrelated.objects.filter(pk=row.pk, noted=row.noted).delete()
        want(near)
        if thing:
            keep(row.key, articles)
        else:
            ReadAlso.objects.filter(key=row.key).delete()


def telling(thing: Article | WireItem) -> dict[str, float]:
    """Its telling words, as it is now: the index may not have followed yet."""
    (document,) = documents([thing])
    return told_by(dict(zip(WEIGHTS, document.fields, strict=True)), dictionary.japanese())


def thing_of(key: str) -> Article | WireItem | None:
    """What readers may see."""
    kind, _, number = key.partition(":")
    things = Article.objects.published().select_related("section") if kind == "page" else WireItem.objects.usable()
    return things.filter(pk=number).first()


def article_key(identity: str) -> int:
    return int(identity.removeprefix("article:"))


def keep(key: str, articles: list[int]) -> None:
    """Has the insets printed again when they are to show something else."""
    before = ReadAlso.objects.filter(key=key).values_list("articles", flat=True).first()
    if before != articles:
        ReadAlso.objects.update_or_create(key=key, defaults={"articles": articles})
        Change.objects.create(address=f"{INSET}{key}")


def found(relater: Relater, edition: Edition, thing: Article | WireItem, told: Mapping[str, float]) -> list[int]:
    """The keys of articles to read with a thing, best first."""
    own = f"article:{thing.pk}" if isinstance(thing, Article) else ""
    vector = relater.vector(told)
    likely = relater.likely(told, own, kind="article:")
    weighed = weigh(likely, thing, timezone.now(), crowded(edition, f"page:{thing.pk}", likely))
    beside = relater.named(vector, [own, *(f"article:{key}" for key in picked(thing))])
    chosen = [article_key(near.id) for near in different(weighed, KEPT, beside)]
    if isinstance(thing, Article) and len(chosen) < KEPT:
        chosen += filling(relater, vector, thing, chosen, beside)
    return chosen


def picked(thing: Article | WireItem) -> list[int]:
    return [pick.picked_id for pick in thing.picks.all()] if isinstance(thing, Article) else []


def crowded(edition: Edition, key: str, candidates: Iterable[Candidate]) -> set[str]:
    """Those that stand in as many lists as one may; this one's own list not counted."""
    full = set()
    for candidate in candidates:
        lists = holders(edition, f"page:{article_key(candidate.id)}")
        if len(lists) > MOST_LISTS and key not in lists:
            full.add(candidate.id)
    return full


def weigh(candidates: list[Candidate], thing: Article | WireItem, now: datetime, but: set[str] = frozenset()) -> list[Candidate]:
    """What readers may see of them and nobody paid for, with topics, series, section and date counted in."""
    keys = [article_key(candidate.id) for candidate in candidates if candidate.id not in but]
    free = set(Article.objects.published().editorial().among(keys).values_list("pk", flat=True))
    places = filed([*free, thing.pk] if isinstance(thing, Article) else free)
    here = places.get(thing.pk) if isinstance(thing, Article) else None
    newness = NEWNESS[Section.Newness(thing.section.related_newness)] if isinstance(thing, Article) else NEWNESS[Section.Newness.MUCH]
    return [
        replace(candidate, likeness=candidate.likeness * filed_alike(here, places.get(key)) * newness.factor(candidate.date, now.timestamp()))
        for candidate in candidates
        if candidate.id not in but and (key := article_key(candidate.id)) in free
    ]


def filed(keys: Iterable[int]) -> dict[int, Filed]:
    keys = list(keys)
    topics: dict[int, set[int]] = {}
    series: dict[int, set[int]] = {}
    rows = Article.topics.through.objects.filter(article_id__in=keys).values_list("article_id", "topic_id", "topic__kind")
    for article, topic, kind in rows:
        (series if kind == Topic.Kind.SERIES else topics).setdefault(article, set()).add(topic)
    sections = Article.objects.filter(pk__in=keys).values_list("pk", "section_id")
    return {key: Filed(section, frozenset(topics.get(key, ())), frozenset(series.get(key, ()))) for key, section in sections}


def filed_alike(one: Filed | None, other: Filed | None) -> float:
    """By how much more two pieces count as alike for where they are filed."""
    if one is None or other is None:
        return 1.0
    shared = A_TOPIC * min(2, len(one.topics & other.topics)) + A_SERIES * bool(one.series & other.series)
    return 1 + shared + SAME_SECTION * (one.section == other.section)


def filling(relater: Relater, vector: Mapping[str, float], page: Article, chosen: list[int], beside: list[Candidate]) -> list[int]:
    """The section's newest, no story twice, for what is lacking."""
    newest = Article.objects.published().editorial().in_section(page.section_id).exclude(pk__in=[page.pk, *chosen]).newest_first()
    keys = list(newest.values_list("pk", flat=True)[:NEWEST])
    known = relater.named(vector, [f"article:{key}" for key in keys])
    there = [*beside, *relater.named(vector, [f"article:{key}" for key in chosen])]
    by_date = [replace(candidate, likeness=1 / (place + 1)) for place, candidate in enumerate(known)]
    return [article_key(near.id) for near in different(by_date, KEPT - len(chosen), there)]


def neighbours(relater: Relater, told: Mapping[str, float], key: str) -> list[str]:
    """What may have a new article to read: other articles, and wire items of the last days."""
    own = key.replace("page:", "article:")
    near = sorted(relater.likely(told, own, kind="article:"), key=lambda found: -found.likeness)[:NEIGHBOURS]
    since = (timezone.now() - timedelta(days=WIRE_DAYS)).timestamp()
    items = [found for found in relater.likely(told, own, kind="wire:") if found.date and found.date > since]
    return [f"page:{article_key(found.id)}" for found in near] + [found.id for found in items]
