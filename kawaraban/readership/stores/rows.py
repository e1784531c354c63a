"""What the stores share: columns are rows, and so are runs of what is remembered of a day.

A day's readers are kept as sorted runs. A new one is written together with those before it that are not much longer,
so that each reader is written a few times and not with every roll-up.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple

import numpy as np

from kawaraban.readership.columns import Bucket, Column, Grain, added, greatest, packed, unpacked
from kawaraban.readership.stores.store import Change, Offset, Outrun, Remembered

READERS, NETWORKS = "readers", "networks"


class Run(NamedTuple):
    number: int
    length: int
    until: int


class RowStore(ABC):
    """See Store."""

    def __init__(self) -> None:
        self.cached: dict[tuple[str, int], Column] = {}
        self.cached_version = -1

    # What each database says in its own way.

    @abstractmethod
    def changing(self) -> AbstractContextManager[int]:
        """The only one to change anything until it is left, and all or nothing; gives the version."""

    @abstractmethod
    def version(self) -> int: ...

    @abstractmethod
    def set_version(self, version: int) -> None: ...

    @abstractmethod
    def stored(self, grain: Grain, measure: str, starts: Collection[int]) -> Iterable[tuple[int, bytes | memoryview]]: ...

    @abstractmethod
    def store(self, rows: Iterable[tuple[Bucket, bytes]]) -> None: ...

    @abstractmethod
    def runs(self, kind: str, day: int) -> list[Run]: ...

    @abstractmethod
    def read_runs(self, kind: str, day: int, numbers: Collection[int]) -> list[bytes | memoryview]: ...

    @abstractmethod
    def replace_runs(self, kind: str, day: int, numbers: Collection[int], run: Run, stored: bytes) -> None: ...

    @abstractmethod
    def store_offsets(self, offsets: Mapping[str, Offset], forgotten: Collection[str]) -> None: ...

    @abstractmethod
    def store_names(self, names: Mapping[str, int]) -> None: ...

    # What all say.

    def commit(self, change: Change, version: int) -> int:
        with self.changing() as present:
            if present != version:
                raise Outrun
            self.combine(change.added, added)
            self.combine(change.greatest, greatest)
            for kind, days in ((READERS, change.readers), (NETWORKS, change.networks)):
                for day, found in days.items():
                    self.remember(kind, day, found)
            self.store_offsets(change.offsets, change.forgotten)
            self.store_names(change.names)
            new = self.next_version(version)
            self.set_version(new)
        self.keep_cached(change, version, new)
        return new

    def next_version(self, version: int) -> int:
        return version + 1

    def combine(self, columns: Mapping[Bucket, Column], how: Callable[[Iterable[Column]], Column]) -> None:
        by_kind: dict[tuple[Grain, str], dict[int, Column]] = {}
        for bucket, found in columns.items():
            by_kind.setdefault((bucket.grain, bucket.measure), {})[bucket.start] = found
        for (grain, measure), new in by_kind.items():
            there = self.some(grain, measure, new)
            both = ((start, how([there[start], found]) if start in there else found) for start, found in new.items())
            self.store((Bucket(grain, start, measure), packed(found)) for start, found in both)

    def remember(self, kind: str, day: int, found: Remembered) -> None:
        runs = self.runs(kind, day)
        together, length = [], len(found.counts)
        while runs and runs[-1].length < 2 * length:
            together.append(runs.pop())
            length += together[-1].length
        number = runs[-1].number + 1 if runs else 0
        numbers = [run.number for run in together]
        column = added([found.counts, *(unpacked(stored, np.uint64) for stored in self.read_runs(kind, day, numbers))])
        until = max([found.until, *(run.until for run in together)])
        self.replace_runs(kind, day, numbers, Run(number, len(column), until), packed(column))

    def keep_cached(self, change: Change, version: int, new: int) -> None:
        if self.cached_version != version:
            self.cached.clear()
        self.cached_version = new
        for kind, days in ((READERS, change.readers), (NETWORKS, change.networks)):
            for day, found in days.items():
                if (kind, day) in self.cached:
                    self.cached[kind, day] = added([self.cached[kind, day], found.counts])

    def readers(self, day: int) -> Column:
        return self.remembered(READERS, day)

    def networks(self, day: int) -> Column:
        return self.remembered(NETWORKS, day)

    def remembered(self, kind: str, day: int) -> Column:
        version = self.version()
        if version != self.cached_version:
            self.cached.clear()
            self.cached_version = version
        if (kind, day) not in self.cached:
            numbers = [run.number for run in self.runs(kind, day)]
            columns = (unpacked(stored, np.uint64) for stored in self.read_runs(kind, day, numbers))
            self.cached[kind, day] = added([Column(np.zeros(0, np.uint64), np.zeros(0, np.uint32)), *columns])
        return self.cached[kind, day]

    def some(self, grain: Grain, measure: str, starts: Collection[int]) -> dict[int, Column]:
        return {start: unpacked(stored) for start, stored in self.stored(grain, measure, starts)}
