"""What readers may see, by the ids of the index. Whatever an index says, nothing else is shown."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kawaraban.desk.models import Article, Author, Issue, Topic
from kawaraban.wires.models import WireItem

PAGES = {"article": Article, "topic": Topic, "author": Author, "issue": Issue}
KINDS = (*PAGES, "wire")
MOST = 500  # looked up by one query
NEEDED = {"article": ("bylines", "topics"), "issue": ("contents",)}  # for the index, of several at once


def query(kind: str) -> Any:
    """The things of a kind that readers may see now."""
    if kind == "wire":
        return WireItem.objects.usable().best()
    if kind == "article":
        return Article.objects.published()
    return PAGES[kind].objects.shown()


def things(ids: Iterable[str]) -> dict[str, Any]:
    """Those of some ids whose things readers may see, with what a list shows of them."""
    found: dict[str, Any] = {}
    for kind, some in chunks(ids):
        asked = query(kind).for_cards() if kind == "article" else query(kind)
        found |= {f"{kind}:{thing.pk}": thing for thing in asked.filter(pk__in=some)}
    return found


def things_to_index(ids: Iterable[str]) -> dict[str, Any]:
    """The same, with what the index wants of them."""
    found: dict[str, Any] = {}
    for kind, some in chunks(ids):
        asked = query(kind).prefetch_related(*NEEDED.get(kind, ()))
        asked = asked.select_related("picture") if kind == "article" else asked
        found |= {f"{kind}:{thing.pk}": thing for thing in asked.filter(pk__in=some)}
    return found


def among(ids: Iterable[str]) -> set[str]:
    """Those of some ids whose things readers may see."""
    return {f"{kind}:{key}" for kind, some in chunks(ids) for key in query(kind).filter(pk__in=some).values_list("pk", flat=True)}


def opening(ids: Iterable[str]) -> dict[str, float]:
    """Of what readers may not see yet and will by the clock alone, when that is."""
    now = timezone.now()
    found: dict[str, float] = {}
    for kind, some in chunks(ids):
        if kind == "article":
            rows = Article.objects.shown().filter(pk__in=some, published_at__gt=now).values_list("pk", "published_at")
            found |= {f"article:{key}": moment.timestamp() for key, moment in rows}
        elif kind == "wire":
            free = WireItem.objects.filter(status=WireItem.Status.USABLE, is_hidden=False, replaced_by__isnull=True)
            ahead = free.filter(Q(embargoed_until__gt=now) | Q(published__gt=now), pk__in=some)
            found |= {f"wire:{item.pk}": opens_at(item) for item in ahead}
    return found


def opens_at(item: WireItem) -> float:
    return max(moment for moment in (item.published, item.embargoed_until) if moment).timestamp()


def chunks(ids: Iterable[str]) -> Iterator[tuple[str, list[int]]]:
    """Kinds and keys, as many as one query takes."""
    for kind, keys in by_kind(ids).items():
        for start in range(0, len(keys), MOST):
            yield kind, keys[start : start + MOST]


def by_kind(ids: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for identity in dict.fromkeys(ids):
        kind, _, key = identity.partition(":")
        if kind in KINDS and key.isdecimal():
            found.setdefault(kind, []).append(int(key))
    return found


def id_of(thing: Any) -> str:
    """article:12, wire:7; "" for what is not searched."""
    if isinstance(thing, WireItem):
        return f"wire:{thing.pk}"
    return next((f"{name}:{thing.pk}" for name, kind in PAGES.items() if isinstance(thing, kind)), "")
