"""Old reads fed into the counts. First they are laid out by day in a folder of its own, then each day is sorted and counted in one commit.

A file is known by its digest: what has been counted of it is not counted again, and a replay that was killed goes on with the day it was at.
"""

import gzip
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, cast

import numpy as np

from kawaraban.readership.columns import Grain
from kawaraban.readership.days import LATEST, Days
from kawaraban.readership.named import Names
from kawaraban.readership.past_reads import Batch, Unreadable, read_csv, read_log
from kawaraban.readership.readers import network
from kawaraban.readership.robots import Robots
from kawaraban.readership.rollup import Past, Records, Written, rolled
from kawaraban.readership.spool import DTYPE
from kawaraban.readership.stores.store import Offset, Outrun, Store
from kawaraban.readership.stretches import Kept

RECORD = np.dtype(DTYPE)
FORMATS = ("csv", "combined")
GZIP = b"\x1f\x8b"
COUNTED = LATEST  # the place of a file of which every day has been counted
TRIES = 50

Key = Callable[[str], int]  # an article's key by its name; 0 for an unknown one
Moved = Callable[[int], object]  # told how far it has gone since


@dataclass
class Told:
    """What became of a file's reads."""

    reads: int = 0
    robots: int = 0
    unknown: int = 0
    accepted: int = 0
    is_known: bool = False  # nothing was done: it had been counted before
    faults: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Replay:
    """A file, and where its reads go."""

    file: Path
    format: str
    store: Store
    days: Days
    key: Key
    robots: Robots
    names: Names | None = None  # grows with what key() meets; None when keys are those of pages
    kept: Kept = Kept()
    remembered_until: int = LATEST

    def digest(self) -> str:
        found = hashlib.blake2b(self.days.zone.key.encode(), digest_size=16)
        with self.file.open("rb") as stream:
            while block := stream.read(1 << 20):
                found.update(block)
        return found.hexdigest()

    def lay_out(self, folder: Path, told: Told, moved: Moved) -> None:
        """Writes the reads into a file a day; tells the bytes read since. Raises OSError, Unreadable."""
        with opened(self.file) as (lines, place):
            before = 0
            for batch in self.batches(lines):
                told.faults += batch.faults
                for day, found in by_day(self.records(batch, told), self.days):
                    with (folder / f"{day}").open("ab") as out:
                        found.tofile(out)
                moved((now := place()) - before)
                before = now

    def batches(self, lines: io.TextIOWrapper) -> Iterator[Batch]:
        if self.format == "csv":
            return read_csv(lines, self.days.zone)
        return read_log(lines, network)

    def records(self, batch: Batch, told: Told) -> Records:
        found = np.zeros(len(batch.at), RECORD)
        found["at"], found["reader"], found["network"], found["count"] = batch.at.astype(np.uint64), batch.readers, batch.networks, 1
        found["article"] = np.fromiter(map(self.key, batch.articles), np.uint32, len(found))
        if batch.referrers is not None:
            found["referrer"] = batch.referrers
        is_robot = np.zeros(len(found), np.bool_)
        if batch.agents is not None:
            # Who says nothing in a CSV file has said nothing to whoever wrote it; in a log it is a program.
            is_robot = np.fromiter(map(self.robots.has if self.format != "csv" else self.is_told_robot, batch.agents), np.bool_, len(found))
        is_unknown = ~is_robot & (found["article"] == 0)
        told.reads += len(found)
        told.robots += int(is_robot.sum())
        told.unknown += int(is_unknown.sum())
        return found[~is_robot & ~is_unknown]

    def is_told_robot(self, agent: str) -> bool:
        return bool(agent.strip()) and self.robots.has(agent)

    def count(self, folder: Path, source: str, told: Told, moved: Moved) -> None:
        """Counts each day that has not been. Raises database errors."""
        done = self.store.offsets().get(source)
        for day in sorted(int(file.name) for file in folder.iterdir()):
            if done is None or day > done.place:
                told.accepted += self.count_day(np.fromfile(folder / str(day), RECORD), source, day)
            moved(1)
        self.committed(np.zeros(0, RECORD), source, COUNTED)

    def count_day(self, found: Records, source: str, day: int) -> int:
        return self.committed(found[np.argsort(found["at"].astype(np.int64), kind="stable")], source, day)

    def committed(self, found: Records, source: str, place: int) -> int:
        for _ in range(TRIES):
            version = self.store.version()
            change = rolled(found, self.days, Past(self.store.readers, self.store.networks), Written(), self.remembered_until)
            change.added = {bucket: column for bucket, column in change.added.items() if self.is_kept(bucket.grain, bucket.start)}
            change.offsets[source] = Offset(place, 0)
            change.names = self.names.new() if self.names else {}
            try:
                self.store.commit(change, version)
            except Outrun:
                continue
            if self.names:
                self.names.stored = len(self.names)
            return sum(len(remembered.counts) for remembered in change.readers.values())
        raise Unreadable("others change the counts all the time; replay it again")

    def is_kept(self, grain: Grain, start: int) -> bool:
        return grain is Grain.DAY or start >= (self.kept.hours if grain is Grain.HOUR else self.kept.minutes)


def by_day(found: Records, days: Days) -> Iterator[tuple[int, Records]]:
    of = days.of(found["at"].astype(np.int64))
    if not len(of) or of[0] == of[-1] == of.min() == of.max():
        if len(of):
            yield int(of[0]), found
        return
    order = np.argsort(of, kind="stable")
    of, found = of[order], found[order]
    starts = np.flatnonzero(np.concatenate([[True], of[1:] != of[:-1]]))
    yield from zip(of[starts].tolist(), np.split(found, starts[1:]), strict=True)


@contextmanager
def opened(file: Path) -> Iterator[tuple[io.TextIOWrapper, Callable[[], int]]]:
    """A file's lines, and how many of its bytes have been read; one that is compressed by gzip is decompressed."""
    with file.open("rb") as raw:
        is_zipped = raw.read(2) == GZIP
        raw.seek(0)
        content = cast("IO[bytes]", gzip.open(raw) if is_zipped else raw)  # noqa: SIM115 - closed with the lines
        with io.TextIOWrapper(content, encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield lines, partial(place, raw)


def place(raw: IO[bytes]) -> int:
    return 0 if raw.closed else raw.tell()
