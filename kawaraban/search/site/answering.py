"""What readers get from the index of the site."""

from typing import Any

from kawaraban.search.site import opened, visible
from kawaraban.search.site.found import Filters, Found, Order, Result, Span, State


def find(text: str, *, page: int = 1, size: int = 20, filters: Filters = Filters(), order: Order = Order.RELEVANCE) -> Found:
    """What readers may see of what answers a question, one page of it. Never an error, whatever the text."""
    index = opened.index()
    if index is None:
        return Found(state=State.DOWN)
    start = (page - 1) * size
    hits = index.finder.find(text, start + size).hits
    things = visible.things(hit.id for hit in hits)
    shown = [hit for hit in hits if hit.id in things]
    results = tuple(Result(hit.id, hit.id.partition(":")[0], things[hit.id], (Span(str(things[hit.id])),), (), hit.score) for hit in shown)
    return Found(results[start : start + size], len(results))


def suggest(beginning: str, top: int = 8) -> list[str]:
    """How what somebody is typing may go on, from the words and titles of what readers may see."""
    return []


def related(thing: Any, top: int = 5) -> list[Any]:
    """Articles to read with an article or wire item, best first, all of which readers may see; nothing that was paid for."""
    index = opened.index()
    if index is None:
        return []
    near = index.relater.related(visible.id_of(thing), top * 4)
    things = visible.things(found.id for found in near if found.id.startswith("article:"))
    return [things[found.id] for found in near if found.id in things and not things[found.id].is_sponsored][:top]
