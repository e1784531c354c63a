"""Pieces that answer a query, best first.

What has all words comes first, then what has words that mean the same or the characters alone, then what has some of the words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np

from kawaraban.search import grams
from kawaraban.search.answer import Answer, Extract, Hit, Span
from kawaraban.search.asking import Asked, Asker, Asking, both, either, quoted
from kawaraban.search.catalogue import Catalogue
from kawaraban.search.filters import Filters, Order
from kawaraban.search.query import parse
from kawaraban.search.store import Store
from kawaraban.search.suggesting import suggested

LOOKED_AT = 200  # pieces whose date, or text, is looked at for one page of results
CHOICE = 3  # times as many as are wanted
HALF_LIFE = 180.0  # days in which half of what being new is worth is lost
NEWNESS = 0.1
DAY = 86_400.0
IN_TITLE = 6.0
EVERY = 1_000
EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Where:
    """SQL that names rows, with its parameters."""

    sql: str
    values: tuple[Any, ...] = ()

    @property
    def nested(self) -> str:
        return f"SELECT * FROM ({self.sql})"  # noqa: S608 - built of our own pieces


class Finder:
    """Answers queries from an index. now: which day being new is counted from; else that of the newest piece."""

    def __init__(self, store: Store, synonyms: Iterable[Iterable[str]] = (), now: datetime | None = None) -> None:
        self.store = store
        self.read: dict[int, list[str]] = {}
        self.asker = Asker(store.japanese, store.database, synonyms)
        self.catalogue = Catalogue()
        newest = store.database.execute("SELECT max(date) FROM piece").fetchone()[0]
        self.now = now.timestamp() if now else newest

    def find(
        self, text: str, top: int = 10, *, skip: int = 0, filters: Filters = EVERYTHING, order: Order = Order.RELEVANCE, with_facets: bool = False
    ) -> Answer:
        """The best answers to whatever somebody typed, after so many that are skipped."""
        self.read.clear()
        self.catalogue.follow(self.store.database)
        asking = self.asker.ask(parse(text))
        hits: list[Hit] = []
        relaxed = False
        if asking.groups:
            for is_relaxed, found in self.stages(asking, EVERY):
                here = {hit.row for hit in hits}
                fresh = below(hits, [hit for hit in self.allowed(found, filters) if hit.row not in here])
                relaxed = relaxed or (is_relaxed and bool(fresh))
                hits += fresh
                if len(hits) >= skip + top:
                    break
        if order is Order.DATE:
            hits.sort(key=lambda hit: -self.date(hit.row))
        places = self.catalogue.places(np.array([hit.row for hit in hits], np.int64))
        return Answer(hits[skip : skip + top], relaxed, len(hits), self.catalogue.facets(places) if with_facets else {})

    def allowed(self, hits: list[Hit], filters: Filters) -> list[Hit]:
        allowed = set(self.catalogue.rows[self.catalogue.allowed(filters)].tolist())
        return [hit for hit in hits if hit.row in allowed]

    def date(self, row: int) -> float:
        (place,) = self.catalogue.places(np.array([row], np.int64))
        return float(np.nan_to_num(self.catalogue.dates[place]))

    def extract(self, hit: Hit, text: str, length: int = 120) -> Extract:
        """What a hit says around what was asked for."""
        title, *others = self.store.text(hit.row) or ("", "")
        needles = [term.needle for group in self.asker.ask(parse(text)).groups for term in group if term.needle]
        around = next((found for field in others for needle in needles if (found := around_needle(field, needle, length))), others[0][:length])
        return Extract(spans(title.partition("\n")[0], needles), spans(around, needles))

    def suggest(self, beginning: str, top: int = 8) -> list[str]:
        """Words of the index that begin so, by spelling or by reading."""
        return suggested(self.store.database, beginning, top)

    def stages(self, asking: Asking, top: int) -> Iterator[tuple[bool, list[Hit]]]:
        yield False, self.by_words([either(term.words or "" for term in group) for group in asking.groups], asking, top)
        yield False, self.by_characters(asking, top)
        yield True, self.by_words([either(self.some(asking))], asking, top)

    @staticmethod
    def some(asking: Asking) -> Iterator[str]:
        """Any word, and any words that stood together in the query: they weigh more where they stand together."""
        for group in asking.groups:
            for term in group:
                if not term.is_phrase:
                    yield from map(quoted, term.single)
                    yield term.words or ""

    def by_words(self, expressions: list[str], asking: Asking, top: int) -> list[Hit]:
        if not all(expressions):
            return []
        must = [in_pairs(group) for group in asking.groups if all(term.is_phrase for term in group)]
        limits = [f"AND +rowid IN ({where.sql})" for where in must] + [f"AND +rowid NOT IN ({where.sql})" for where in self.excluded(asking)]
        values = [value for where in [*must, *self.excluded(asking)] for value in where.values]
        # The plus keeps SQLite from asking the words again for each row that the pairs name.
        asked = f"SELECT rowid, -rank FROM words WHERE words MATCH ? {' '.join(limits)} ORDER BY rank LIMIT ?"  # noqa: S608 - built of our own pieces
        rows = self.store.database.execute(asked, (both(expressions), *values, max(LOOKED_AT, top))).fetchall()
        return list(islice(self.checked(self.dated(rows), asking), top))

    def by_characters(self, asking: Asking, top: int) -> list[Hit]:
        """Of the newest pieces with the right pairs, those that say it, the most often and in the title first.

        Reading a text takes a third of a millisecond: no more of them are read than make a good choice.
        """
        wheres = [any_of([where for term in group for where in named(term)]) for group in asking.groups]
        if not all(where.sql for where in wheres):
            return []
        without = "".join(f" EXCEPT {where.nested}" for where in self.excluded(asking))
        together = " INTERSECT ".join(where.nested for where in wheres)
        values = [value for where in [*wheres, *self.excluded(asking)] for value in where.values]
        asked = f"SELECT * FROM ({together}{without}) ORDER BY 1 DESC LIMIT ?"  # noqa: S608 - built of our own pieces
        rows = [row for (row,) in self.store.database.execute(asked, (*values, max(LOOKED_AT, top)))]
        said = ((row, score) for row in rows if (score := self.said(row, asking)) > 0)
        return self.dated(list(islice(said, CHOICE * top)))[:top]

    def said(self, row: int, asking: Asking) -> float:
        """How often a piece says what is asked, as it is written; nothing when it lacks a phrase, or characters that stand for no word."""
        fields = self.squeezed(row)
        total = 0.0
        for group in asking.groups:
            counts = [sum(field.count(term.needle) * (IN_TITLE if place == 0 else 1) for place, field in enumerate(fields)) for term in group]
            if not any(counts) and all(term.is_phrase or term.words is None for term in group):
                return 0.0
            total += sum(counts) or 0.5
        return total

    def excluded(self, asking: Asking) -> list[Where]:
        wheres = [any_of([in_pairs([term])] if term.words is None or term.is_phrase else in_words(term.words)) for term in asking.excluded]
        return [where for where in wheres if where.sql]

    def dated(self, rows: list[tuple[int, float]]) -> list[Hit]:
        """The rows that are pieces, newer ones a little further up."""
        marks = ", ".join("?" * len(rows))
        asked = f"SELECT row, id, date FROM piece WHERE row IN ({marks})"  # noqa: S608 - question marks
        kept = {row: (identity, date) for row, identity, date in self.store.database.execute(asked, [row for row, _ in rows])}
        hits = [Hit(kept[row][0], score * self.newness(kept[row][1]), row) for row, score in rows if row in kept]
        return sorted(hits, key=lambda hit: (-hit.score, -hit.row))

    def newness(self, date: float | None) -> float:
        if date is None or self.now is None:
            return 1.0
        return float(1 + NEWNESS * 0.5 ** (max(0.0, self.now - date) / DAY / HALF_LIFE))

    def checked(self, hits: Iterable[Hit], asking: Asking) -> Iterator[Hit]:
        """Those that say every phrase as it was asked. Pairs are in a text without the phrase seldom, but they are."""
        phrases = [[term.needle for term in group] for group in asking.groups if all(term.is_phrase for term in group)]
        for hit in hits:
            if not phrases or self.says(hit.row, phrases):
                yield hit

    def squeezed(self, row: int) -> list[str]:
        """A piece's fields to look for phrases in, read once for a query."""
        if row not in self.read:
            self.read[row] = [grams.squeezed(field) for field in self.store.text(row)]
        return self.read[row]

    def says(self, row: int, phrases: list[list[str]]) -> bool:
        fields = self.squeezed(row)
        return all(any(needle in field for needle in group for field in fields) for group in phrases)


def in_words(expression: str | None) -> list[Where]:
    return [Where("SELECT rowid FROM words WHERE words MATCH ?", (expression,))] if expression else []


def in_pairs(terms: Iterable[Asked]) -> Where:
    """Rows that have the characters of one of the terms; where there are no pairs to ask for, its words."""
    found = [Where("SELECT rowid FROM pairs WHERE pairs MATCH ?", (term.pairs,)) if term.pairs else None for term in terms]
    words = [where for term, has in zip(terms, found, strict=False) if has is None for where in in_words(term.words)]
    return any_of([*filter(None, found), *words])


def named(term: Asked) -> list[Where]:
    """Rows that may say a term in any of its ways."""
    if term.is_phrase:
        return [in_pairs([term])]
    return [*in_words(term.words), *in_words(term.wider), *([in_pairs([term])] if term.pairs else [])]


def any_of(wheres: list[Where]) -> Where:
    """Of several, those that name any row at all."""
    sql = " UNION ".join(where.sql for where in wheres if where.sql)
    return Where(sql, tuple(value for where in wheres for value in where.values))


def below(before: list[Hit], found: list[Hit]) -> list[Hit]:
    """Later hits with scores under those of earlier ones, in their own proportion."""
    if not before or not found or found[0].score < before[-1].score:
        return found
    factor = before[-1].score * 0.99 / found[0].score
    return [Hit(hit.id, hit.score * factor, hit.row) for hit in found]


def around_needle(field: str, needle: str, length: int) -> str:
    at = field.find(needle)
    return field[max(0, at - length // 3) :][:length] if at >= 0 else ""


def spans(text: str, needles: list[str]) -> tuple[Span, ...]:
    if not needles:
        return (Span(text),)
    parts = re.split("(" + "|".join(map(re.escape, needles)) + ")", text)
    return tuple(Span(part, bool(place % 2)) for place, part in enumerate(parts) if part)
