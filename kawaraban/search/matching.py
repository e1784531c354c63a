"""Rows of the index that match, as ascending arrays, and how well they do."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from kawaraban.search.asking import Asked
from kawaraban.search.catalogue import Mask, Rows

Scores = NDArray[np.float64]
NOTHING: Rows = np.zeros(0, np.int64)
RANKED = 3_000  # pieces that are ranked one by one; of more that match, first those that say it in the title or lead, then the newest
# One text of many numbers comes out of SQLite four times as fast as many rows.
WORDS, PAIRS = (f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?" for table in ("words", "pairs"))  # noqa: S608 - our own tables
# The plus keeps SQLite from asking the words again for each row that is named.
RANKS = "SELECT rowid, -rank FROM words WHERE words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"


class Matcher:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.known: dict[tuple[str, str], Rows] = {}

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Answers one query, which asks some things of the index more than once; then all is let go."""
        try:
            yield
        finally:
            self.known.clear()

    def by_words(self, expression: str | None) -> Rows:
        return self.rows(WORDS, expression) if expression else NOTHING

    def by_pairs(self, term: Asked) -> Rows:
        """What has the characters of a term; where there are no pairs to ask for, its words."""
        return self.rows(PAIRS, term.pairs) if term.pairs else self.by_words(term.words)

    def rows(self, asked: str, expression: str) -> Rows:
        if (asked, expression) not in self.known:
            (found,) = self.database.execute(asked, (expression,)).fetchone()
            self.known[asked, expression] = np.fromstring(found, np.int64, sep=",") if found else NOTHING
        return self.known[asked, expression]

    def likely(self, expression: str, rows: Rows) -> Rows:
        """Of too many to rank those that are likely to be the best."""
        if len(rows) <= RANKED:
            return rows
        prominent = self.within(expression, "{title lead}", rows)
        if len(prominent) > RANKED:
            prominent = self.within(expression, "{title}", rows)
        rest = without(rows, prominent[-RANKED:])
        return either([prominent[-RANKED:], rest[len(rest) - max(0, RANKED - len(prominent)) :]])

    def within(self, expression: str, columns: str, rows: Rows) -> Rows:
        return both([self.by_words(f"{columns} : ({expression})"), rows])

    def ranked(self, expression: str, rows: Rows) -> tuple[Rows, Scores]:
        """By BM25 with the fields' weights, in no order."""
        found = self.database.execute(RANKS, (expression, json.dumps(rows.tolist()))).fetchall()
        return np.array([row for row, _ in found], np.int64), np.array([score for _, score in found], np.float64)


def either(several: Iterable[Rows]) -> Rows:
    found = [rows for rows in several if len(rows)]
    if len(found) < 2:
        return found[0] if found else NOTHING
    rows = np.sort(np.concatenate(found))
    return rows[np.concatenate(([True], rows[1:] != rows[:-1]))]  # np.union1d takes many times as long


def both(several: Iterable[Rows]) -> Rows:
    fewest_first = sorted(several, key=len)
    return reduce(lambda rows, others: rows[are_among(rows, others)], fewest_first) if fewest_first else NOTHING


def without(rows: Rows, others: Rows) -> Rows:
    return rows[~are_among(rows, others)]


def are_among(rows: Rows, others: Rows) -> Mask:
    """Of each row whether it is one of the others, in the time that reading both takes: there are not so many rows."""
    if not len(rows) or not len(others):
        return np.zeros(len(rows), np.bool_)
    is_other = np.zeros(max(rows.max(), others.max()) + 1, np.bool_)
    is_other[others] = True
    return is_other[rows]
