"""What readers may see, by the ids of the index. Whatever an index says, nothing else is shown."""

from collections.abc import Iterable
from typing import Any

from kawaraban.desk.models import Article, Author, Issue, Topic
from kawaraban.wires.models import WireItem

PAGES = {"article": Article, "topic": Topic, "author": Author, "issue": Issue}
KINDS = (*PAGES, "wire")
MOST = 500  # looked up by one query


def query(kind: str) -> Any:
    """The things of a kind that readers may see now."""
    if kind == "wire":
        return WireItem.objects.usable().best()
    if kind == "article":
        return Article.objects.published()
    return PAGES[kind].objects.shown()


def things(ids: Iterable[str], *, for_cards: bool = True) -> dict[str, Any]:
    """Those of some ids whose things readers may see."""
    found: dict[str, Any] = {}
    for kind, keys in by_kind(ids).items():
        asked = query(kind)
        if kind == "article" and for_cards:
            asked = asked.for_cards()
        for start in range(0, len(keys), MOST):
            found |= {f"{kind}:{thing.pk}": thing for thing in asked.filter(pk__in=keys[start : start + MOST])}
    return found


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
