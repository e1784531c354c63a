"""What a page or slot was made from, noted while it is made: every page, picture and wire item that was loaded for it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_init
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from kawaraban.desk.models import Picture
from kawaraban.wires.models import WireItem


@dataclass
class Notes:
    keys: set[str] = field(default_factory=set)
    date: float = 0.0
    further: list[str] = field(default_factory=list)  # addresses that belong to it, such as an article's next pages


notes: ContextVar[Notes | None] = ContextVar("notes", default=None)
HOUR = "hour"  # what carries the hour's token is printed again when the hour ends
DAY = "day"  # what says “today” is printed again when the day ends


@contextmanager
def noting() -> Iterator[Notes]:
    found = Notes()
    token = notes.set(found)
    try:
        yield found
    finally:
        notes.reset(token)


def key_of(thing: Model) -> str:
    """page:12, picture:3, wire:7, redirect:2."""
    kinds = ((Page, "page"), (Picture, "picture"), (WireItem, "wire"), (Redirect, "redirect"))
    name = next(name for kind, name in kinds if isinstance(thing, kind))
    return f"{name}:{thing.pk}"


def numbers(keys: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of things by their kind, of keys such as page:12 and wire:7."""
    found: dict[str, list[int]] = {}
    for key in keys:
        kind, _, number = key.partition(":")
        found.setdefault(kind, []).append(int(number))
    return found


def own(key: str) -> str:
    """The key of the addresses that are a thing's own, and show all of it."""
    return f"@{key}"


def note(key: str) -> None:
    if found := notes.get():
        found.keys.add(key)


def note_loaded_before(*things: Model | None) -> None:
    """Things that were loaded for several at once, before anything was noted."""
    for thing in things:
        if thing is not None:
            note(key_of(thing))


def note_own(thing: Model, date: float = 0.0, further: tuple[str, ...] = ()) -> None:
    if found := notes.get():
        found.keys.add(own(key_of(thing)))
        found.date = date
        found.further += further


def note_loaded(sender: type, instance: Any, **more: Any) -> None:
    if (found := notes.get()) is not None and instance.pk is not None:
        found.keys.add(key_of(instance))


def listen(kinds: tuple[type[Model], ...]) -> None:
    for kind in kinds:
        post_init.connect(note_loaded, sender=kind, dispatch_uid=f"kawaraban.made_from.{kind.__name__}")
