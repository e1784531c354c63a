"""wires: agency copy read, taken in and shown to readers, with 100,000 items stored."""

import json
import random
import re
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import rounds
from benchmarks.flows.publish import p99
from benchmarks.homes import addresses, inside
from benchmarks.inside.dispatch import FOLDER, Dispatch
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import free_port, kawaraban
from benchmarks.verify import Reader, Wrong, text_of

ITEMS, FULL_ITEMS = 100_000, 1_000_000
READ, TAKEN_IN, ARRIVALS = 1_000, 2_000, 200
FIRST_SENT = 30_000_000  # a number that no stored item has
BETWEEN = 0.5  # seconds between two arrivals, more or less by half
PAUSE, PATIENCE = 0.005, 20.0
LEAST_NINJS, LEAST_NEWSML, LEAST_TAKEN_IN, GREATEST_WAIT, GREATEST_PRINTING = 500, 250, 100, 1.5, 50.0
FORMATS = {"ninjs": ("ninjs", LEAST_NINJS), "newsmlg2": ("NewsML-G2", LEAST_NEWSML)}
HEADLINE = re.compile(r"\d{8}報　[^<]+")


class Looking:
    """A reader who looks at one page over and over; notes when an item's headline was first on it."""

    def __init__(self, port: int, page: str) -> None:
        self.port, self.page = port, page
        self.seen: dict[str, float] = {}
        self.fault: Exception | None = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self) -> "Looking":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.thread.join()

    def run(self) -> None:
        reader = Reader(self.port)
        try:
            while not self.over.wait(PAUSE):
                text = text_of(reader.read(self.page)).decode()
                at = time.monotonic()
                for headline in HEADLINE.findall(text):
                    self.seen.setdefault(headline, at)
        except Exception as error:
            self.fault = error
        finally:
            reader.close()

    def first(self, headline: str) -> float:
        """When it was first seen, in seconds of the machine's monotonic clock. Raises Wrong for one that is not seen in time."""
        until = time.monotonic() + PATIENCE
        while headline not in self.seen and self.fault is None and time.monotonic() < until:
            time.sleep(PAUSE)
        if self.fault is not None:
            raise Wrong(f"{self.page} could not be read: {self.fault!r}")
        if headline not in self.seen:
            raise Wrong(f"{self.page} did not show the item {headline} within {PATIENCE:g} s")
        return self.seen[headline]


def run(plan: Plan) -> Result:
    count = plan.items or ITEMS
    home = plan.homes.fresh(plan.homes.wired(count), "wires")
    result = Result()
    result.settings = {"items stored": count, "servers": "newsstand, desk and worker, SQLite", "reading": "seconds of one core"}
    read(result, home, small(plan, READ))
    print_flash(result, home, count)
    take_in(result, home, small(plan, TAKEN_IN))
    arrive(result, home, small(plan, ARRIVALS))
    if plan.full:
        print_flash(result, plan.homes.stored(FULL_ITEMS), FULL_ITEMS)  # no copy of 15 GB: one headline is all that is changed
        result.settings[f"home with {FULL_ITEMS:,} items"] = "its items are in the database alone, not in the search's index, which no printing asks"
    return result


def small(plan: Plan, number: int) -> int:
    return max(20, round(plan.seconds)) if plan.seconds else number


def told(home: Path, task: str, *rest: int) -> dict[str, Any]:
    """What a task within the home has measured."""
    inside(home, task, *rest, home / "told.json")
    return json.loads((home / "told.json").read_text(encoding="utf-8"))


def read(result: Result, home: Path, count: int) -> None:
    for name, found in told(home, "wires-read", count).items():
        written, least = FORMATS[name]
        figure = rounds.figure(f"{written}: items read a second", "1/s", found["rates"], 0)
        result.figures.append(figure)
        result.musts.append(Must(f"{written} items read a second, on one core", least, figure.value))
        result.settings[f"bytes of a {written} item"] = round(found["bytes"])
    result.verified.append(f"{count} items of each format were read as they were sent, field by field")


def take_in(result: Result, home: Path, count: int) -> None:
    found = told(home, "wires-take-in", count)
    result.figures.append(Figure("items taken in a second", "1/s", round(found["rate"], 1), tuple(round(rate, 1) for rate in found["rates"])))
    result.musts.append(Must("items a second archived, read, filed and printed", LEAST_TAKEN_IN, round(found["rate"], 1)))
    result.verified.append(f"{count} items are in the database as they were sent, none waits and none is quarantined")


def print_flash(result: Result, home: Path, count: int) -> None:
    found = told(home, "wires-flash")
    if found["items"] < count:
        raise Wrong(f"{found['items']} items are stored instead of {count}")
    values = [value * 1000 for value in found["seconds"]]
    result.figures += [
        Figure(f"printing the flash of {count:,} items: p50", "ms", round(median(values), 1)),
        Figure(f"printing the flash of {count:,} items: p99", "ms", round(p99(values), 1)),
    ]
    result.musts.append(Must(f"printing the flash of {count:,} items: p99, ms", GREATEST_PRINTING, round(p99(values), 1), most=True))


def arrive(result: Result, home: Path, count: int) -> None:
    waits = seconds_to_reader(home, count)
    result.figures += [
        Figure("file's arrival to the first reader's page: p50", "s", round(median(waits), 3)),
        Figure("file's arrival to the first reader's page: p99", "s", round(p99(waits), 3)),
        Figure("file's arrival to the first reader's page: longest", "s", round(max(waits), 3)),
    ]
    result.musts.append(Must("file's arrival to the first reader's page: p99, s", GREATEST_WAIT, round(p99(waits), 3), most=True))
    result.settings["arrivals"] = count
    result.verified.append(f"{count} items, put into a watched folder, were each seen on an article's page")


def seconds_to_reader(home: Path, count: int) -> list[float]:
    """Of each item, from its file's arrival until a reader's answer first has its headline. Raises Wrong for one that is not seen."""
    port, desk_port = free_port(), free_port()
    page = addresses(home, 1)[0]
    with ExitStack() as stack:
        for process in ("desk", "newsstand", "worker"):
            stack.enter_context(kawaraban(home, process, port, desk_port, path=page if process == "newsstand" else "/"))
        await_worker(home / FOLDER)
        looking = stack.enter_context(Looking(port, page))
        arrivals = sent(home / FOLDER, count)
        return [looking.first(headline) - at for headline, at in arrivals.items()]


def await_worker(folder: Path) -> None:
    """It makes the folder that it is to watch. Raises Wrong when it does not."""
    until = time.monotonic() + PATIENCE
    while not folder.is_dir():
        if time.monotonic() > until:
            raise Wrong(f"the worker watches no folder {folder}")
        time.sleep(PAUSE)


def sent(folder: Path, count: int) -> dict[str, float]:
    """An agency: the headline of each item, and when its file was there (the machine's monotonic clock)."""
    chance, makers, found = random.Random(3), (Dispatch.ninjs, Dispatch.newsmlg2), {}  # noqa: S311
    for number in range(count):
        time.sleep(chance.uniform(BETWEEN / 2, BETWEEN * 3 / 2))
        dispatch = Dispatch(FIRST_SENT + number, datetime.now(UTC).replace(microsecond=0))
        partial = folder / f"{number}.tmp"
        partial.write_bytes(makers[number % 2](dispatch))
        found[dispatch.headline] = time.monotonic()
        partial.rename(folder / f"{number}.copy")
    return found


FLOW = Flow("wires", "agency copy read, taken in and shown to readers", run)
