"""What the wires do, measured from within: reading, taking in, printing the flash."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from benchmarks.inside.dispatch import Dispatch, faults
from benchmarks.inside.wire_rows import source
from kawaraban.pages.printer import printer
from kawaraban.wires.archive import Payload
from kawaraban.wires.ingest import keep_all
from kawaraban.wires.models import Arrival, WireItem
from kawaraban.wires.reading import read
from kawaraban.wires.sweeping import take_in_waiting

ROUNDS = 5
PRINTS, WARMING = 200, 5
BURST = 50  # payloads archived before the worker's turn takes them in: as many as one look into a folder brings
TAKEN = 20_000_000  # numbers that no stored item has
FORMATS: dict[str, Callable[[Dispatch], bytes]] = {"ninjs": Dispatch.ninjs, "newsmlg2": Dispatch.newsmlg2}


def measure_reading(count: int, file: Path) -> None:
    """Writes, for each format, the bytes of a payload and the items read a second in each round; recognition is part of it."""
    dispatches = [Dispatch(number, now()) for number in range(count)]
    payloads = {name: [make(dispatch) for dispatch in dispatches] for name, make in FORMATS.items()}
    found = {name: {"bytes": sum(map(len, every)) / count, "rates": list[float]()} for name, every in payloads.items()}
    for _ in range(ROUNDS):
        for name, every in payloads.items():
            began = time.process_time()
            copies = [read(data) for data in every]
            found[name]["rates"].append(count / (time.process_time() - began))
            check((copy for [copy] in copies), dispatches)
    file.write_text(json.dumps(found), encoding="utf-8")


def check(copies: Iterator, dispatches: list[Dispatch]) -> None:
    for copy, dispatch in zip(copies, dispatches, strict=True):
        if found := faults(copy, dispatch):
            raise ValueError(f"{dispatch.guid} was not read as it was sent: {found}")


def measure_taking_in(count: int, file: Path) -> None:
    """Writes the items a second on the whole way: archived, read, filed, printed. Half of them in each format."""
    agency, makers = source(), list(FORMATS.values())
    dispatches = [Dispatch(TAKEN + number, now()) for number in range(count)]
    payloads = [Payload(makers[place % 2](dispatch), f"{dispatch.number}") for place, dispatch in enumerate(dispatches)]
    printer().print_slots(["wire"])
    began, rates = time.perf_counter(), []
    for start in range(0, count, BURST):
        since, part = time.perf_counter(), payloads[start : start + BURST]
        keep_all(agency, part, timezone.now())
        take_in_waiting(timezone.now(), lambda: False)
        rates.append(len(part) / (time.perf_counter() - since))
    took = time.perf_counter() - began
    check_filed(dispatches)
    file.write_text(json.dumps({"rate": count / took, "rates": rates}), encoding="utf-8")


def check_filed(dispatches: list[Dispatch]) -> None:
    wanted = {dispatch.guid: dispatch.headline for dispatch in dispatches}
    found = dict(WireItem.objects.filter(guid__in=wanted, status="usable").values_list("guid", "headline"))
    if found != wanted or Arrival.objects.waiting().exists() or Arrival.objects.quarantined().exists():
        raise ValueError(f"{len(found)} of {len(wanted)} items are in the database")


def measure_flash(file: Path) -> None:
    """Writes the seconds that each printing of the flash takes: asked of the database, set, compressed, filed in the edition."""
    press, found = printer(), []
    for number in range(WARMING + PRINTS):
        send_item(number)
        began = time.perf_counter()
        press.print_slots(["wire"])
        if number >= WARMING:
            found.append(time.perf_counter() - began)
    file.write_text(json.dumps({"seconds": found, "items": WireItem.objects.count()}), encoding="utf-8")


def send_item(number: int) -> None:
    """So that each printing has something new."""
    newest = WireItem.objects.flashed()[0]
    WireItem.objects.filter(pk=newest.pk).update(headline=f"{number:08d}報　{newest.headline[10:]}")


def now() -> datetime:
    return timezone.now().replace(microsecond=0)
