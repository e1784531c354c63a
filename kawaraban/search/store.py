"""An index in a folder: SQLite with FTS5, one file for each way in which text is cut.

The words of a piece stand in `words` with their places, its pairs of characters in `pairs` without. Neither keeps the text, which lies
compressed in `piece`, its telling words after it: what is taken out is cut once more to know what to take. `gone` has the rows that were
taken out, for those who follow an index from memory.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isal import isal_zlib

from kawaraban.search.japanese import Japanese

FORM = 2  # of the tables below; an index of another form is not opened
SAME_FORM = f"index-{FORM}-*.sqlite3"
SPLIT = """tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{|}~'\""""
SCHEMA = """
CREATE TABLE piece (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, date REAL, text BLOB NOT NULL,
  marks BLOB NOT NULL);
CREATE TABLE gone (number INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL);
CREATE TABLE mark (number INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (facet, value));
CREATE VIRTUAL TABLE words USING fts5(title, lead, body, more, content='', SPLIT);
CREATE VIRTUAL TABLE pairs USING fts5(pair, content='', detail=none, columnsize=0, SPLIT);
CREATE TABLE word (text TEXT PRIMARY KEY, pieces INTEGER NOT NULL, reading TEXT NOT NULL, shown TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX word_reading ON word (reading) WHERE reading <> '';
CREATE TABLE meaning (number INTEGER, text TEXT, PRIMARY KEY (number, text)) WITHOUT ROWID;
INSERT INTO words(words, rank) VALUES ('hashsize', 33554432);
INSERT INTO pairs(pairs, rank) VALUES ('hashsize', 33554432);
INSERT INTO words(words, rank) VALUES ('automerge', 8);
INSERT INTO pairs(pairs, rank) VALUES ('automerge', 8);
INSERT INTO words(words, rank) VALUES ('rank', 'bm25(6.0, 2.5, 1.0, 1.5)');
"""
BREAK = "\x1f"
CODING = "utf-16-le"  # a tenth smaller than UTF-8 when Japanese is compressed


class NoIndexError(Exception):
    """There is no index in {0}: make one with `kawaraban search index FILE.jsonl --store {0}`."""

    def __str__(self) -> str:
        return str(self.__doc__).format(*self.args)


class StaleIndexError(Exception):
    """The index was cut in another way than text is now: it is made again before anything is put in."""

    def __str__(self) -> str:
        return str(self.__doc__)


class Store:
    """An open index. japanese: how its text is cut, and what is asked of it."""

    def __init__(self, folder: Path, japanese: Japanese, file: Path) -> None:
        self.folder, self.japanese, self.file = folder, japanese, file
        self.database = connect(file)

    @property
    def is_stale(self) -> bool:
        """It was cut in another way than text is now; it answers, and wants to be made again."""
        return self.file.stem != stem(self.japanese)

    @property
    def count(self) -> int:
        return int(self.database.execute("SELECT count(*) FROM piece").fetchone()[0])

    def text(self, row: int) -> tuple[str, ...]:
        """Title, lead, body and more as they came; nothing when the piece has been taken out."""
        kept = self.database.execute("SELECT text FROM piece WHERE row = ?", (row,)).fetchone()
        return unpacked(kept[0])[:-1] if kept else ()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield self.database
        except BaseException:
            if self.database.in_transaction:  # on a full disk SQLite has ended it by itself
                self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Everything as it is at one moment."""
        self.database.execute("BEGIN")
        try:
            yield self.database
        finally:
            if self.database.in_transaction:
                self.database.execute("COMMIT")

    def close(self) -> None:
        self.database.close()


def stem(japanese: Japanese) -> str:
    return f"index-{FORM}-{japanese.version}"


def connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None, timeout=20)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA cache_size = -65536")
    database.execute("PRAGMA mmap_size = 1073741824")
    return database


def opened(folder: Path, japanese: Japanese) -> Store:
    """The index of a folder; one that was cut otherwise when there is no other."""
    files = sorted(folder.glob(SAME_FORM), key=lambda file: file.stat().st_mtime)
    if not files:
        raise NoIndexError(folder)
    wanted = folder / f"{stem(japanese)}.sqlite3"
    return Store(folder, japanese, wanted if wanted in files else files[-1])


def made(folder: Path, japanese: Japanese) -> Store:
    """The index of a folder, empty when there was none."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{stem(japanese)}.sqlite3"
    if not file.exists() and list(folder.glob(SAME_FORM)):
        return opened(folder, japanese)
    if not file.exists():
        lay(file)
    return Store(folder, japanese, file)


def lay(file: Path) -> None:
    """Makes an empty index beside its place, so that nobody sees half of one."""
    partial = file.with_suffix(f".{os.getpid()}")
    partial.unlink(missing_ok=True)
    database = sqlite3.connect(partial, isolation_level=None)
    database.executescript("PRAGMA page_size = 32768;" + SCHEMA.replace("SPLIT", SPLIT))
    database.close()
    partial.rename(file)


def beside(store: Store) -> Store:
    """An empty index for what is in one that was cut otherwise; nobody finds it before it is settled."""
    partial = store.folder / f"{stem(store.japanese)}.making"
    forget(partial)
    lay(partial)
    return Store(store.folder, store.japanese, partial)


def settled(new: Store, old: Store) -> Store:
    """The new index in its place, the old one gone."""
    new.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new.close()
    place = new.file.with_suffix(".sqlite3")
    new.file.rename(place)
    forget(new.file)
    old.close()
    forget(old.file)
    return Store(new.folder, new.japanese, place)


def forget(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def packed(fields: tuple[str, ...]) -> bytes:
    return isal_zlib.compress(BREAK.join(fields).encode(CODING, "replace"), 3)  # a third of zlib's time, half a percent more


def unpacked(kept: bytes) -> tuple[str, ...]:
    return tuple(zlib.decompress(kept).decode(CODING).split(BREAK))
