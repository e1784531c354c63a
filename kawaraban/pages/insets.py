"""What insets show, made without the pages that they stand in."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import override

from kawaraban.desk import models
from kawaraban.pages import made_from, read_also
from kawaraban.pages.read_also import Reading, Wish
from kawaraban.pages.rendering import rendered, template_name
from kawaraban.press.insets import Insets
from kawaraban.wires.models import WireItem

NOTHING = frozenset({"nothing"})  # what is made from nothing that can change
Contexts = Callable[[], tuple[Any, ...]]


def made_insets(abouts: Sequence[str]) -> list[Insets]:
    """The insets about some things such as page:12 and wire:7; empty about what is gone, or what readers may not see."""
    with override(settings.LANGUAGE_CODE):
        makers = contexts(abouts)
        return [made(about, makers.get(about, tuple)) for about in abouts]


def made(about: str, contexts_of: Contexts) -> Insets:
    with made_from.noting() as notes:
        texts = {template_name(type(context)): rendered(context, "insets/").encode() for context in contexts_of()}
    return Insets(about, texts, frozenset(notes.keys) or NOTHING)


def contexts(abouts: Iterable[str]) -> dict[str, Contexts]:
    """What makes the contexts of each; all that they show has been loaded."""
    wishes = wished(abouts)
    reading = Reading(wishes.values())
    return {about: partial(of_article if wish.page else of_item, reading, wish) for about, wish in wishes.items()}


def of_article(reading: Reading, wish: Wish) -> tuple[Any, ...]:
    made_from.note_loaded_before(wish.page, wish.page.section)
    return reading.read_also(wish)


def of_item(reading: Reading, wish: Wish) -> tuple[Any, ...]:
    return (reading.on_this(wish),)


def wished(abouts: Iterable[str]) -> dict[str, Wish]:
    kinds = made_from.numbers(abouts)
    found = read_also.found_for(abouts)
    pages = models.Article.objects.listable().among(kinds.get("page", ())).select_related("section").prefetch_related("picks").defer("body")
    items = WireItem.objects.usable().filter(pk__in=kinds.get("wire", ())).values_list("pk", flat=True)
    return {f"page:{page.pk}": read_also.wish_for(page, found) for page in pages} | {
        f"wire:{key}": read_also.wish_for_item(key, found) for key in items
    }
