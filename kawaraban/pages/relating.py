"""Finds what to read with what: noted when something changes, looked for by whoever has a moment, kept for the insets.

What an article says is asked of the search's index; topics, series and section, how new it is, and what stands there already, of the database.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from itertools import islice
from operator import or_

from django.db import DatabaseError, transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from kawaraban.desk.models import Article, Section, Topic
from kawaraban.pages import made_from
from kawaraban.pages.models import Change, ReadAlso, Unrelated
from kawaraban.press.edition import Edition
from kawaraban.press.marks import INSET
from kawaraban.search import dictionary
from kawaraban.search.document import WEIGHTS
from kawaraban.search.related import Candidate, Newness, Relater, different
from kawaraban.search.related import told as told_by
from kawaraban.search.site import answering, following, opened
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
TOGETHER = 8  # that are looked for at once
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
    work_through(edition, is_enough, rows, together=1)


def work_off(edition: Edition, is_enough: Callable[[], bool]) -> int:
    """Finds related reading for what is noted, new articles first, until it is enough; gives the number. Raises database errors."""
    return work_through(edition, is_enough, Unrelated.objects.all()[:MOST])


def work_through(edition: Edition, is_enough: Callable[[], bool], rows: Iterable[Unrelated], together: int = TOGETHER) -> int:
    done, relater, remaining = 0, None, iter(rows)
    while some := list(islice(remaining, together)):
        relater = relater or relater_of_site()
        if relater is None or is_enough():
            break
        done += attempt(edition, relater, some)
    return done


def relater_of_site() -> Relater | None:
    """None while there is no index, or while it is being filled: what it has so far would fill the lists."""
    try:
        index = opened.index()
        return index.relater() if index and answering.state_of(index) is State.READY else None
    except opened.FAULTS as error:
        opened.report(error)
        return None


def attempt(edition: Edition, relater: Relater, rows: list[Unrelated]) -> int:
    """For how many it has been looked. What was noted again meanwhile stays noted; one that fails keeps no other from its list."""
    try:
        relate(edition, relater, rows)
    except opened.FAULTS as error:
        opened.report(error)
        return 0
    except DatabaseError:
        raise
    except Exception:
        if len(rows) > 1:
            return sum(attempt(edition, relater, [row]) for row in rows)
        log.exception("nothing to read can be found for %s", rows[0].key)
        Unrelated.objects.filter(pk=rows[0].pk).delete()
    return len(rows)


def relate(edition: Edition, relater: Relater, rows: list[Unrelated]) -> None:
    things = things_of(row.key for row in rows)
    words = telling(relater, things)
    near = {key: relater.likely(words[key], own_id(thing), kind="article:") for key, thing in things.items()}
    look = Look(edition, things, near)
    lists = {key: found(relater, look, thing, words[key], near[key]) for key, thing in things.items()}
    spread = [key for row in rows if row.spreads and row.key in things for key in neighbours(relater, words[row.key], row.key, near[row.key])]
    with transaction.atomic():
        Unrelated.objects.filter(reduce(or_, (Q(pk=row.pk, noted=row.noted) for row in rows))).delete()
        want(spread)
        keep(lists)
        ReadAlso.objects.filter(key__in=[row.key for row in rows if row.key not in things]).delete()


def things_of(keys: Iterable[str]) -> dict[str, Article | WireItem]:
    """Those of some things that readers may see."""
    kinds = made_from.numbers(keys)
    pages = Article.objects.published().among(kinds.get("page", ())).select_related("section", "picture").prefetch_related("picks")
    items = WireItem.objects.usable().filter(pk__in=kinds.get("wire", ()))
    return {f"page:{page.pk}": page for page in pages} | {f"wire:{item.pk}": item for item in items}


def telling(relater: Relater, things: Mapping[str, Article | WireItem]) -> dict[str, dict[str, float]]:
    """Their telling words as they are now: those of the index when it has followed all that has changed."""
    known = {} if following.is_behind(relater.store) else relater.told(map(id_in_index, things))
    found = {key: known[id_in_index(key)] for key in things if id_in_index(key) in known}
    lacking = [key for key in things if key not in found]
    for key, document in zip(lacking, documents(things[key] for key in lacking), strict=True):
        found[key] = told_by(dict(zip(WEIGHTS, document.fields, strict=True)), dictionary.japanese())
    return found


def own_id(thing: Article | WireItem) -> str:
    """What it is among the articles of the index; a wire item is none."""
    return f"article:{thing.pk}" if isinstance(thing, Article) else ""


def id_in_index(key: str) -> str:
    """What the index calls the thing of a key: article:12 for page:12, wire:7 for wire:7."""
    return key.replace("page:", "article:")


def article_key(identity: str) -> int:
    return int(identity.removeprefix("article:"))


def keep(lists: Mapping[str, list[int]]) -> None:
    """Has the insets printed again that are to show something else."""
    before = dict(ReadAlso.objects.filter(key__in=list(lists)).values_list("key", "articles"))
    rows = [ReadAlso(key=key, articles=articles) for key, articles in lists.items() if before.get(key) != articles]
    ReadAlso.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["articles", "made"])
    Change.objects.bulk_create(Change(address=f"{INSET}{row.key}") for row in rows)


class Look:
    """What is asked of the database and the edition for several things at once, each question once."""

    def __init__(self, edition: Edition, things: Mapping[str, Article | WireItem], near: Mapping[str, list[Candidate]]) -> None:
        self.edition, self.now = edition, timezone.now().timestamp()
        keys = {article_key(candidate.id) for some in near.values() for candidate in some}
        self.free = set(Article.objects.published().editorial().among(keys).values_list("pk", flat=True))
        self.places = filed([*self.free, *(thing.pk for thing in things.values() if isinstance(thing, Article))])
        self.lists: dict[int, list[str]] = {}

    def is_crowded(self, key: int, there: str) -> bool:
        """Whether an article stands in as many lists as one may, this one not counted."""
        if key not in self.lists:
            self.lists[key] = holders(self.edition, f"page:{key}")
        return len(self.lists[key]) > MOST_LISTS and there not in self.lists[key]


def found(relater: Relater, look: Look, thing: Article | WireItem, told: Mapping[str, float], near: list[Candidate]) -> list[int]:
    """The keys of articles to read with a thing, best first."""
    vector = relater.vector(told)
    beside = relater.named(vector, filter(None, [own_id(thing), *(f"article:{key}" for key in picked(thing))]))
    chosen = [article_key(candidate.id) for candidate in different(weigh(look, near, thing), KEPT, beside)]
    if isinstance(thing, Article) and len(chosen) < KEPT:
        chosen += filling(relater, look, vector, thing, chosen, beside)
    return chosen


def picked(thing: Article | WireItem) -> list[int]:
    return [pick.picked_id for pick in thing.picks.all()] if isinstance(thing, Article) else []


def weigh(look: Look, candidates: list[Candidate], thing: Article | WireItem) -> list[Candidate]:
    """What readers may see of them and nobody paid for, with topics, series, section and date counted in."""
    own, is_article = made_from.key_of(thing), isinstance(thing, Article)
    here = look.places.get(thing.pk) if is_article else None
    newness = NEWNESS[Section.Newness(thing.section.related_newness) if is_article else Section.Newness.MUCH]
    return [
        replace(candidate, likeness=candidate.likeness * filed_alike(here, look.places.get(key)) * newness.factor(candidate.date, look.now))
        for candidate in candidates
        if (key := article_key(candidate.id)) in look.free and not look.is_crowded(key, own)
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


def filling(relater: Relater, look: Look, vector: Mapping[str, float], page: Article, chosen: list[int], beside: list[Candidate]) -> list[int]:
    """The section's newest, no story twice, for what is lacking."""
    newest = Article.objects.published().editorial().in_section(page.section_id).exclude(pk__in=[page.pk, *chosen]).newest_first()
    keys = [key for key in newest.values_list("pk", flat=True)[:NEWEST] if not look.is_crowded(key, f"page:{page.pk}")]
    known = relater.named(vector, [f"article:{key}" for key in keys])
    there = [*beside, *relater.named(vector, [f"article:{key}" for key in chosen])]
    by_date = [replace(candidate, likeness=1 / (place + 1)) for place, candidate in enumerate(known)]
    return [article_key(near.id) for near in different(by_date, KEPT - len(chosen), there)]


def neighbours(relater: Relater, told: Mapping[str, float], key: str, near: list[Candidate]) -> list[str]:
    """What may have a new article to read: other articles, and wire items of the last days."""
    nearest = sorted(near, key=lambda found: -found.likeness)[:NEIGHBOURS]
    since = (timezone.now() - timedelta(days=WIRE_DAYS)).timestamp()
    items = [found for found in relater.likely(told, id_in_index(key), kind="wire:") if found.date and found.date > since]
    return [f"page:{article_key(found.id)}" for found in nearest] + [found.id for found in items]
