"""Counters for Prometheus. Each process writes its own once a second, and whichever is asked adds up all.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/ (0.0.4)
"""

import json
import os
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from kawaraban.newsstand.desk import Outcome
from kawaraban.newsstand.memory import resident_bytes
from kawaraban.newsstand.stock import Stock
from kawaraban.newsstand.taking import Taking
from kawaraban.readership.lagging import UNSENT

MIME = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 0.1, 0.5, 1.0)


class Metrics:
    def __init__(self, folder: Path, stock: Stock, taking: Taking | None = None) -> None:
        self.folder, self.stock, self.taking = folder, stock, taking
        self.requests: dict[tuple[str, int], int] = {}
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0
        self.sent = 0
        self.asks: Counter[str] = Counter()
        self.remembered = 0

    def count(self, kind: str, status: int, sent: int, seconds: float) -> None:
        key = (kind, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds
        self.sent += sent

    def asked(self, outcome: Outcome) -> None:
        self.asks[outcome.value] += 1

    def own(self) -> dict[str, Any]:
        """This process's figures, in a form that can be added to others'."""
        return {
            "requests": {f"{kind} {status}": number for (kind, status), number in self.requests.items()},
            "buckets": dict(enumerate(map(int, self.buckets))),
            "asks": dict(self.asks),
            "reads": dict(self.taking.counts) if self.taking else {},
            "sums": {
                "seconds": self.seconds,
                "sent": self.sent,
                "remembered": self.remembered,
                "resident": resident_bytes(),
                "unwritten": self.taking.unwritten() if self.taking else 0,
            },
        }

    @property
    def file(self) -> Path:
        return self.folder / f"metrics-{os.getpid()}"

    def write(self, figures: dict[str, Any]) -> None:
        """This process's own, for the others. What can't be written is written the next second."""
        partial = self.file.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(figures))
            partial.replace(self.file)
        except OSError:
            return

    def close(self) -> None:
        try:
            self.file.unlink(missing_ok=True)
        except OSError:
            return

    def text(self) -> str:
        figures: dict[str, Counter[str]] = {}
        for process in (self.own(), *others(self.folder)):
            for name, numbers in process.items():
                figures.setdefault(name, Counter()).update({str(key): number for key, number in numbers.items()})
        return "\n".join([*families(figures), *self.gauges(), ""])

    def gauges(self) -> Iterator[str]:
        yield from family("kawaraban_edition_age_seconds", "gauge", "Since the edition was last changed.")
        yield f"kawaraban_edition_age_seconds {time.monotonic() - self.stock.changed:.3f}"
        yield from family("kawaraban_edition_pages", "gauge", "Pages in the edition.")
        yield f"kawaraban_edition_pages {self.stock.count()}"
        yield from unsent(self.folder / UNSENT.name)


def unsent(file: Path) -> Iterator[str]:
    """What the forwarder says, where there is one."""
    try:
        records, seconds = map(int, file.read_text().split())
    except (OSError, ValueError):
        return
    yield from single("kawaraban_reads_unsent", "gauge", "Reads that have not been sent to the server that hosts share.", records)
    yield from single("kawaraban_reads_unsent_seconds", "gauge", "Since the first of them came: more than a minute is an alarm.", seconds)


def others(folder: Path) -> Iterator[dict[str, Any]]:
    """The figures of every other process that lives; those of the dead are removed."""
    for file in folder.glob("metrics-*"):
        pid = file.name.partition("-")[2]
        if not pid.isdecimal() or int(pid) == os.getpid():
            continue
        try:
            if is_alive(int(pid)):
                yield json.loads(file.read_text())
            else:
                file.unlink(missing_ok=True)
        except (OSError, ValueError):
            continue


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def family(name: str, kind: str, told: str) -> tuple[str, str]:
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"


def families(figures: dict[str, Counter[str]]) -> Iterator[str]:
    requests, sums = figures["requests"], figures["sums"]
    yield from family("kawaraban_requests_total", "counter", "Requests answered.")
    for key, number in sorted(requests.items()):
        kind, status = key.split(" ")
        yield f'kawaraban_requests_total{{kind="{kind}",status="{status}"}} {number}'
    not_modified = sum(number for key, number in requests.items() if key.endswith(" 304"))
    yield from single("kawaraban_not_modified_total", "counter", "Requests answered with 304.", not_modified)
    yield from single("kawaraban_sent_bytes_total", "counter", "Bytes of bodies sent.", sums["sent"])
    yield from histogram([figures["buckets"][str(place)] for place in range(len(BOUNDS) + 1)], sums["seconds"])
    yield from family("kawaraban_desk_asked_total", "counter", "Pages asked of the desk, by what came of it.")
    for outcome in ("ok", "absent", "failed", "refused"):
        yield f'kawaraban_desk_asked_total{{outcome="{outcome}"}} {figures["asks"][outcome]}'
    yield from family("kawaraban_reads_total", "counter", "Reads that were sent, by what became of them.")
    for measure, number in sorted(figures["reads"].items()):
        yield f'kawaraban_reads_total{{verdict="{measure.removeprefix("rejected:")}"}} {number}'
    yield from single("kawaraban_reads_in_memory", "gauge", "Reads that no disk has taken: anything but 0 is an alarm.", sums["unwritten"])
    yield from single("kawaraban_absent_addresses", "gauge", "Addresses remembered to have no page.", sums["remembered"])
    yield from single("kawaraban_resident_bytes", "gauge", "Memory of all newsstand processes.", sums["resident"])


def single(name: str, kind: str, told: str, number: float) -> Iterator[str]:
    yield from family(name, kind, told)
    yield f"{name} {number}"


def histogram(buckets: Iterable[int], seconds: float) -> Iterator[str]:
    name = "kawaraban_answer_seconds"
    yield from family(name, "histogram", "From a request's arrival in the process to its answer's leaving it.")
    counts = list(accumulate(buckets))
    for bound, number in zip((*map(repr, BOUNDS), "+Inf"), counts, strict=True):
        yield f'{name}_bucket{{le="{bound}"}} {number}'
    yield f"{name}_sum {seconds:.6f}"
    yield f"{name}_count {counts[-1]}"
