"""Every piece's date and marks in memory, so that all answers to a query are counted and narrowed without asking the index for each.

For 1,000,000 pieces with five marks each about 40 MB.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kawaraban.search.answer import Facets
from kawaraban.search.filters import Filters

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Mark = tuple[str, str]  # a facet and a value
REMEMBERED = 16  # facets with some of their values
MANY = 8  # the part of all rows from which on all marks are looked through
NEW = "SELECT row, coalesce(date, 'nan'), marks FROM piece WHERE row > ? ORDER BY row"
LATEST = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'piece'), 0), coalesce((SELECT max(number) FROM gone), 0)"


def numbers(found: list[int]) -> Rows:
    return np.array(found, np.int64)


@dataclass
class Catalogue:
    """Arrays with a place for every row that there has been; the marks of a row are marks[starts[row]:starts[row + 1]]."""

    dates: NDArray[np.float64] = field(default_factory=lambda: np.full(1, np.nan))
    is_there: Mask = field(default_factory=lambda: np.zeros(1, np.bool_))
    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(2, np.int64))
    marks: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    names: dict[int, tuple[str, str]] = field(default_factory=dict)  # of a mark's number the facet and the value
    seen: tuple[int, int] = (0, 0)
    narrowed: dict[tuple[str, frozenset[str]], Mask] = field(default_factory=dict)  # by what was asked for since something changed

    def follow(self, database: sqlite3.Connection) -> None:
        """Takes in what has been put in and taken out since; to be read in one transaction with what is then asked."""
        latest = database.execute(LATEST).fetchone()
        if latest == self.seen:
            return
        self.add(database.execute(NEW, (self.seen[0],)).fetchall(), latest[0])
        self.is_there[numbers([row for (row,) in database.execute("SELECT row FROM gone WHERE number > ?", (self.seen[1],))])] = False
        self.names = {number: (facet, value) for number, facet, value in database.execute("SELECT number, facet, value FROM mark")}
        self.seen = latest
        self.narrowed.clear()

    def add(self, found: list[tuple[int, float, bytes]], last: int) -> None:
        before = len(self.dates)
        rows = numbers([row for row, *_ in found])
        size = last + 1
        dates, is_there, lengths = np.full(size, np.nan), np.zeros(size, np.bool_), np.zeros(size, np.int64)
        dates[:before], is_there[:before] = self.dates, self.is_there
        dates[rows] = [float(date) for _, date, _ in found]
        is_there[rows] = True
        lengths[rows] = [len(kept) // 4 for *_, kept in found]
        self.dates, self.is_there = dates, is_there
        self.starts = np.concatenate((self.starts, self.starts[-1] + np.cumsum(lengths[before:])))
        self.marks = np.concatenate((self.marks, np.frombuffer(b"".join(kept for *_, kept in found), np.int32)))

    def allowed(self, filters: Filters) -> Mask:
        """Of each row whether its piece is there and has what the filters ask for."""
        allowed = self.is_there
        for facet, values in filters.marks.items():
            if (facet, values) not in self.narrowed:
                self.remember(facet, values)
            allowed = allowed & self.narrowed[facet, values]
        if filters.since is not None:
            allowed = allowed & (self.dates >= filters.since.timestamp())
        if filters.until is not None:
            allowed = allowed & (self.dates < filters.until.timestamp())
        return allowed

    def remember(self, facet: str, values: frozenset[str]) -> None:
        """Which rows have one of some marks, for who turns over pages or orders the answers otherwise: looking through all marks takes a while."""
        wanted = np.zeros(max(self.names, default=0) + 1, np.bool_)
        wanted[numbers([number for number, (name, value) in self.names.items() if name == facet and value in values])] = True
        has = np.zeros(len(self.dates), np.bool_)
        has[np.searchsorted(self.starts, np.flatnonzero(wanted[self.marks]), "right") - 1] = True
        if len(self.narrowed) == REMEMBERED:
            self.narrowed.clear()
        self.narrowed[facet, values] = has

    def newest_first(self, rows: Rows) -> Rows:
        """What has no date comes last."""
        return rows[np.lexsort((-rows, -np.nan_to_num(self.dates[rows], nan=-np.inf)))]

    def worth(self, rows: Rows, of_marks: Mapping[Mark, float]) -> NDArray[np.float64]:
        """What each row's piece counts for its marks, those that are not named counting 1."""
        found = np.ones(len(rows))
        if not of_marks or not self.names:
            return found
        values = np.ones(max(self.names) + 1)
        values[list(self.names)] = [of_marks.get(name, 1.0) for name in self.names.values()]
        lengths = self.starts[rows + 1] - self.starts[rows]
        np.multiply.at(found, np.repeat(np.arange(len(rows)), lengths), values[self.marks_in_order(rows, lengths)])
        return found

    def facets(self, rows: Rows) -> Facets:
        """How many of the pieces have each mark, the most first."""
        counts = np.bincount(self.marks_of(rows))
        found: Facets = {}
        for number in np.flatnonzero(counts).tolist():
            facet, value = self.names[number]
            found.setdefault(facet, []).append((value, int(counts[number])))
        return {facet: sorted(values, key=lambda one: (-one[1], one[0])) for facet, values in sorted(found.items())}

    def marks_of(self, rows: Rows) -> NDArray[np.int32]:
        """All marks of some rows, one after another; of many rows they are picked out of all."""
        if len(rows) * MANY > len(self.dates):
            is_wanted = np.zeros(len(self.dates), np.bool_)
            is_wanted[rows] = True
            return self.marks[np.repeat(is_wanted, np.diff(self.starts))]
        return self.marks_in_order(rows, self.starts[rows + 1] - self.starts[rows])

    def marks_in_order(self, rows: Rows, lengths: NDArray[np.int64]) -> NDArray[np.int32]:
        before = np.cumsum(lengths) - lengths
        return self.marks[np.arange(lengths.sum()) + np.repeat(self.starts[rows] - before, lengths)]


class Marks:
    """The numbers of marks, given when one is first met."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.numbers: dict[tuple[str, str], int] = {}

    def packed(self, marks: Mapping[str, tuple[str, ...]]) -> bytes:
        named = dict.fromkeys(chain.from_iterable(((facet, value) for value in values) for facet, values in marks.items()))
        return np.array([self.number(*one) for one in named], np.int32).tobytes()

    def number(self, facet: str, value: str) -> int:
        if (facet, value) not in self.numbers:
            self.database.execute("INSERT OR IGNORE INTO mark (facet, value) VALUES (?, ?)", (facet, value))
            (found,) = self.database.execute("SELECT number FROM mark WHERE facet = ? AND value = ?", (facet, value)).fetchone()
            self.numbers[facet, value] = found
        return self.numbers[facet, value]


def named(database: sqlite3.Connection, kept: bytes) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number in np.frombuffer(kept, np.int32).tolist():
        facet, value = database.execute("SELECT facet, value FROM mark WHERE number = ?", (number,)).fetchone()
        found[facet] = (*found.get(facet, ()), value)
    return found
