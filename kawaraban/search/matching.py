"""Rows of the index that match, as ascending arrays, and how well they do."""

import json
import sqlite3
from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from kawaraban.search.asking import Asked
from kawaraban.search.catalogue import Rows

Scores = NDArray[np.float64]
NOTHING: Rows = np.zeros(0, np.int64)
RANKED = 3_000  # pieces that are ranked one by one; of more that match, first those that say it in the title or lead, then the newest
# One text of many numbers comes out of SQLite four times as fast as many rows.
WORDS, PAIRS = (f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?" for table in ("words", "pairs"))  # noqa: S608 - our own tables
# The plus keeps SQLite from asking the words again for each row that is named.
RANKS = "SELECT rowid, -rank FROM words WHERE words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"


class Matcher:
    """known: what the index has said to the query that is being answered, which asks some things more than once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.known: dict[tuple[str, str], Rows] = {}

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
        rest = np.setdiff1d(rows, prominent[-RANKED:], assume_unique=True)
        return either([prominent[-RANKED:], rest[len(rest) - max(0, RANKED - len(prominent)) :]])

    def within(self, expression: str, columns: str, rows: Rows) -> Rows:
        return np.intersect1d(self.by_words(f"{columns} : ({expression})"), rows, assume_unique=True)

    def ranked(self, expression: str, rows: Rows) -> tuple[Rows, Scores]:
        """By BM25 with the fields' weights, in no order."""
        found = self.database.execute(RANKS, (expression, json.dumps(rows.tolist()))).fetchall()
        return np.array([row for row, _ in found], np.int64), np.array([score for _, score in found], np.float64)


def either(several: Iterable[Rows]) -> Rows:
    return reduce(np.union1d, several, NOTHING)


def both(several: Iterable[Rows]) -> Rows:
    found = list(several)
    return reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), found) if found else NOTHING


def without(rows: Rows, others: Rows) -> Rows:
    return np.setdiff1d(rows, others, assume_unique=True) if len(others) else rows
