"""What readers get from the index of the site.

Whatever the index says, each result is looked up through the queries that readers' pages make. Counts, suggestions and better spellings
come from the index alone, so they are told only when it has followed all that was noted.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping
from typing import Any

from kawaraban.desk.models import Author, Section, Topic
from kawaraban.search.answer import Facets, Hit
from kawaraban.search.filters import Filters, Order
from kawaraban.search.site import documents, following, opened, places, visible
from kawaraban.search.site.found import Facet, Found, Result, State
from kawaraban.search.site.opened import Index

NARROWING = 50  # values of a facet that are told
CATCH_UP = 0.25  # seconds that a question gives to what has not been followed
NAMED = {"section": Section, "topic": Topic, "author": Author}
NO_FILTERS = Filters()


def find(text: str, *, page: int = 1, size: int = 20, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE) -> Found:
    """What readers may see of what answers a question, one page of it. Never an error of the index, whatever the text."""
    try:
        index = opened.index()
        return answered(index, text, page, size, filters, order) if index else Found(state=State.FILLING)
    except opened.FAULTS as error:
        opened.report(error)
        return Found(state=State.DOWN)


def answered(index: Index, text: str, page: int, size: int, filters: Filters, order: Order) -> Found:
    is_level, state = caught_up(index), state_of(index)
    narrowed = allowed(filters)
    if narrowed is None:
        return Found(state=state)
    start = (max(1, page) - 1) * size
    answer = index.finder().find(text, size, skip=start, filters=narrowed, order=order, with_facets=is_level)
    things = visible.things(hit.id for hit in answer.hits)
    bylines = documents.bylines(things.values())
    results = tuple(result(index, hit, things[hit.id], text, bylines) for hit in answer.hits if hit.id in things)
    if not is_level:
        total = start + len(results) + (len(answer.hits) == size)  # with room for a next page
        return Found(results, total, relaxed=answer.relaxed, state=state)
    total = answer.total - len(answer.hits) + len(results)
    meant = answer.meant if tells_words(index) else ""
    return Found(results, total, labelled(answer.facets), answer.relaxed, meant, state)


def result(index: Index, hit: Hit, thing: Any, text: str, bylines: Mapping[int, str]) -> Result:
    finder = index.finder()
    extract = finder.extract(hit, text, quotable=lambda fields: documents.quotable(thing, fields))
    beside = {name: finder.marked(shown, text) for name, shown in documents.shown_beside(thing, bylines).items()}
    return Result(hit.id, hit.id.partition(":")[0], thing, extract.title, extract.around, hit.score, beside)


def caught_up(index: Index) -> bool:
    """Brings the index up to the log as far as a question has time for; whether it is."""
    if not following.is_behind(index.store):
        return True
    try:
        following.follow(index.store, seconds(CATCH_UP))
    except sqlite3.OperationalError:
        return False  # locked, full or not writable: it answers as it is
    return not following.is_behind(index.store)


def tells_words(index: Index) -> bool:
    """Whether the index's words may be told: one that was cut otherwise keeps the words of what was taken out of it."""
    return not index.store.is_stale


def seconds(limit: float) -> Callable[[], bool]:
    until = time.monotonic() + limit
    return lambda: time.monotonic() > until


def state_of(index: Index) -> State:
    kept = places.read(index.store.database)
    return State.READY if kept and kept.filled else State.FILLING


def labelled(facets: Facets) -> dict[str, tuple[Facet, ...]]:
    """Facets with names, without sections, topics and authors that readers may not see."""
    found = {}
    for name, counted in facets.items():
        labels = labels_of(name, [value for value, _ in counted[:NARROWING]])
        found[name] = tuple(Facet(value, labels[value], count) for value, count in counted if value in labels)
    return found


def labels_of(facet: str, values: list[str]) -> dict[str, str]:
    if facet not in NAMED:
        return dict(zip(values, values, strict=True))
    keys = [int(value) for value in values if value.isdecimal()]
    return {str(key): title for key, title in NAMED[facet].objects.shown().filter(pk__in=keys).values_list("pk", "title")}


def allowed(filters: Filters) -> Filters | None:
    """Without what readers may not see; None when nothing of a facet is left."""
    marks = {name: frozenset(labels_of(name, sorted(values))) for name, values in filters.marks.items()}
    return Filters(marks, filters.since, filters.until) if all(marks.values()) else None


def suggest(beginning: str, top: int = 8) -> list[str]:
    """How what somebody is typing may go on, from the words of what readers may see."""
    try:
        index = opened.index()
        return index.finder().suggest(beginning, top) if index and caught_up(index) and tells_words(index) else []
    except opened.FAULTS as error:
        opened.report(error)
        return []
