"""Pieces put into an index and taken out of it."""

import gc
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from kawaraban.search import catalogue, grams, terms
from kawaraban.search.document import WEIGHTS, Document
from kawaraban.search.folding import fold
from kawaraban.search.japanese import Japanese, Word
from kawaraban.search.store import BREAK, StaleIndexError, Store, beside, packed, settled, unpacked

BATCH = 4_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece as the index takes it."""

    columns: tuple[str, ...]
    pairs: str
    told: str
    words: dict[str, Word]


def cut(fields: tuple[str, ...], japanese: Japanese) -> Cut:
    folded = [fold(field) for field in fields]
    parts = {name: terms.field(japanese.folded_words(text)) for name, text in zip(WEIGHTS, folded, strict=True)}
    columns = tuple(" ".join(part.texts) for part in parts.values())
    squeezed = [grams.squeezed_folded(text) for text in folded]
    pairs = "".join(map(grams.written, squeezed)) + " ".join(sorted(grams.all_pairs(squeezed[0])))
    words: dict[str, Word] = {}
    for part in parts.values():
        words |= part.words
    return Cut(columns, pairs, terms.written(terms.telling(parts)), words)


class Change:
    """What one transaction changes; the words' own table is written at its end, once for each word."""

    def __init__(self, store: Store, database: sqlite3.Connection) -> None:
        self.store, self.database = store, database
        self.pieces: Counter[str] = Counter()
        self.words: dict[str, Word] = {}
        self.next = database.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'piece'").fetchone()[0]
        self.marks = catalogue.Marks(database)

    def put(self, document: Document) -> None:
        self.take(document.id)
        fields = tuple(field.replace(BREAK, " ") for field in document.fields)
        found = cut(fields, self.store.japanese)
        date = document.date.timestamp() if document.date else None
        values = (self.next, document.id, date, packed((*fields, found.told)), self.marks.packed(document.marks))
        self.database.execute("INSERT INTO piece (row, id, date, text, marks) VALUES (?, ?, ?, ?, ?)", values)
        self.database.execute("INSERT INTO words (rowid, title, lead, body, more) VALUES (?, ?, ?, ?, ?)", (self.next, *found.columns))
        self.database.execute("INSERT INTO pairs (rowid, pair) VALUES (?, ?)", (self.next, found.pairs))
        self.pieces.update(found.words.keys())
        self.words.update(found.words)
        self.next += 1

    def take(self, identity: str) -> bool:
        """Whether there was such a piece. FTS5 is told what it was made of, which is what it now forgets."""
        kept = self.database.execute("SELECT row, text FROM piece WHERE id = ?", (identity,)).fetchone()
        if kept is None:
            return False
        row = kept[0]
        self.database.execute("DELETE FROM piece WHERE row = ?", (row,))
        self.database.execute("INSERT INTO gone (row) VALUES (?)", (row,))
        if self.store.is_stale:
            return True  # how it was cut is not known any more; what is no piece is no result, and its words go when all is cut anew
        found = cut(unpacked(kept[1])[:-1], self.store.japanese)
        values = (row, *found.columns)
        self.database.execute("INSERT INTO words (words, rowid, title, lead, body, more) VALUES ('delete', ?, ?, ?, ?, ?)", values)
        self.database.execute("INSERT INTO pairs (pairs, rowid, pair) VALUES ('delete', ?, ?)", (row, found.pairs))
        self.pieces.subtract(found.words.keys())
        self.hide(found.words)
        return True

    def hide(self, words: Mapping[str, Word]) -> None:
        """No word is shown any more as a piece that is taken out has written it."""
        written = ((text, word.shown) for text, word in words.items() if word.shown not in ("", text))
        self.database.executemany("UPDATE word SET shown = text WHERE text = ? AND shown = ?", written)

    def finish(self) -> None:
        grown = "ON CONFLICT (text) DO UPDATE SET pieces = pieces + excluded.pieces"
        rows = ((text, more, *self.told(text)) for text, more in sorted(self.pieces.items()) if more)
        self.database.executemany(f"INSERT INTO word (text, pieces, reading, shown) VALUES (?, ?, ?, ?) {grown}", rows)  # noqa: S608 - our own words
        self.database.execute("DELETE FROM word WHERE pieces <= 0")
        meanings = ((number, word.text) for word in self.words.values() for number in word.groups)
        self.database.executemany("INSERT OR IGNORE INTO meaning (number, text) VALUES (?, ?)", meanings)

    def told(self, text: str) -> tuple[str, str]:
        """A word's reading, and how it is shown."""
        word = self.words.get(text)
        return (word.reading, word.shown or text) if word else ("", text)


@contextmanager
def uncollected() -> Iterator[None]:
    """Cutting makes many values and no cycles; looking for some takes a twelfth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def put(store: Store, documents: Iterable[Document], progress: Callable[[int], None] = lambda _: None) -> int:
    """How many were put in, each in place of an earlier one with its id; what was put in before an interruption stays."""
    if store.is_stale:
        raise StaleIndexError
    done = 0
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        with store.writing() as database, uncollected():
            change = Change(store, database)
            for document in batch:
                change.put(document)
            change.finish()
        done += len(batch)
        progress(done)
    return done


def take(store: Store, identities: Iterable[str]) -> int:
    """How many of them were there; none is, nor are their words, when this returns."""
    with store.writing() as database:
        change = Change(store, database)
        taken = sum(change.take(identity) for identity in identities)
        change.finish()
    return taken


def renewed(store: Store, progress: Callable[[int], None] = lambda _: None) -> Store:
    """The same index cut as text is cut now. The old one answers until then, and what is changed in it meanwhile is changed here too."""
    new, last, done = beside(store), 0, 0
    while rows := store.database.execute("SELECT row, id, date, text, marks FROM piece WHERE row > ? ORDER BY row LIMIT ?", (last, BATCH)).fetchall():
        done += put(new, (as_put_in(store, *row[1:]) for row in rows))
        last = rows[-1][0]
        progress(done)
    here = {identity for (identity,) in store.database.execute("SELECT id FROM piece")}
    take(new, [identity for (identity,) in new.database.execute("SELECT id FROM piece") if identity not in here])
    return settled(new, store)


def as_put_in(store: Store, identity: str, date: float | None, text: bytes, marks: bytes) -> Document:
    title, lead, body, more, _ = unpacked(text)
    moment = None if date is None else datetime.fromtimestamp(date, UTC)
    return Document(identity, title, body, moment, lead, more, catalogue.named(store.database, marks))
