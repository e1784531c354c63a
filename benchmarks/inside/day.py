"""A day at the magazine, in its own time: wire items, publications and changes of the rankings, each told with what the slots then say."""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from django.db import transaction
from django.utils import timezone

from benchmarks.inside.model import Models
from benchmarks.inside.prose import prose
from kawaraban.demo import builders
from kawaraban.desk.models import Article, Byline, Picture, Section
from kawaraban.pages.printer import made, made_slot, printer
from kawaraban.pages.printing import rankings_changed
from kawaraban.press.marks import Slot
from kawaraban.readership import tokens
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported
from kawaraban.wires.models import WireItem

WIRE_EVERY, PUBLISH_EVERY, RANK_EVERY = 6.0, 60.0, 60.0  # seconds
FIRST_PUBLISHED, FIRST_RANKED, FIRST_WIRE = 20.0, 40.0, 3.0
LENGTHS = (220, 180, 260, 240)

Event = tuple[float, str, Callable[[int], None]]


def live(models: Models, seconds: float, file: Path) -> None:
    """Writes a line for each change: when it was committed (the machine's monotonic clock, seconds), and every slot's text."""
    with file.open("w", encoding="utf-8") as out:
        tell(out, "begin", 0.0)
        began = time.monotonic()
        for number, (due, name, change) in enumerate(events(models, seconds)):
            time.sleep(max(0.0, began + due - time.monotonic()))
            tell(out, name, committed(change, number))


def events(models: Models, seconds: float) -> list[Event]:
    chance = random.Random(1)  # noqa: S311

    def rank(number: int) -> None:
        keys = [models.first_key + chance.randrange(1000) for _ in range(10)]
        for window in Window:
            replace_imported(window, Article.objects.filter(pk__in=keys).order_by("pk"))
        rankings_changed()

    def hour_ends(number: int) -> None:
        """What is read then carries another token; nothing is written."""

    next_hour = tokens.HOUR - time.time() % tokens.HOUR
    every = [
        (WIRE_EVERY, FIRST_WIRE, "wire", send),
        (PUBLISH_EVERY, FIRST_PUBLISHED, "publish", publish),
        (RANK_EVERY, FIRST_RANKED, "rank", rank),
        (tokens.HOUR, next_hour, "hour", hour_ends),
    ]
    return sorted((due, name, change) for step, first, name, change in every for due in moments(first, step, seconds))


def moments(first: float, step: float, end: float) -> Iterator[float]:
    while first < end:
        yield first
        first += step


def send(number: int) -> None:
    told = prose(200_000_000 + number, LENGTHS[:2])
    WireItem.objects.create(
        guid=f"urn:bench:{number}:{time.time_ns()}",
        agency="海光通信",
        headline=told.headline,
        body="\n\n".join(told.paragraphs),
        published=timezone.now(),
    )


def publish(number: int) -> None:
    told = prose(300_000_000 + number, LENGTHS)
    sections = list(Section.objects.shown().order_by("path"))
    builders.make_article(
        told.headline,
        now=timezone.now(),
        age=timedelta(0),
        section=sections[number % len(sections)],
        lead=told.lead,
        body=builders.make_body(*told.paragraphs),
        picture=Picture.objects.first(),
        authors=[(byline.author, byline.role) for byline in Byline.objects.all()[:1]],
    )


def committed(change: Callable[[int], None], number: int) -> float:
    """When the change was in the database; what is printed right after the commit has been printed too."""
    at: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(time.monotonic()))  # the first, so before the printing
        change(number)
    return at[0]


def tell(out: TextIO, name: str, at: float) -> None:
    press = printer()
    slots = {slot: made_slot(slot)[1].decode() for slot in sorted(press.edition.slot_names(press.generation))}
    out.write(json.dumps({"event": name, "at": at, "slots": slots}, ensure_ascii=False) + "\n")
    out.flush()


def sheets(addresses: list[str], file: Path) -> None:
    """Writes what each page consists of: texts and, as lists of one name, slots."""
    with file.open("w", encoding="utf-8") as out:
        for address in addresses:
            sheet, _ = made(address)
            if sheet is None:
                raise LookupError(f"readers get nothing at {address}")
            parts = [part for piece in sheet.pieces for part in ((piece,) if isinstance(piece, bytes) else piece)]
            pieces = [[part.name] if isinstance(part, Slot) else part.decode() for part in parts]
            out.write(json.dumps({"address": address, "pieces": pieces}, ensure_ascii=False) + "\n")
