"""Counts in an SQLite file of their own, that need no site."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kawaraban.readership.columns import Bucket, Column, Grain, unpacked
from kawaraban.readership.days import MINUTE
from kawaraban.readership.stores.rows import RowStore, Run
from kawaraban.readership.stores.store import Offset

NAME = "readership.sqlite3"
TABLES = """
    CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL);
    INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM version);
    CREATE TABLE IF NOT EXISTS columns (grain INTEGER, measure TEXT, start INTEGER, counts BLOB NOT NULL, PRIMARY KEY (grain, measure, start));
    CREATE TABLE IF NOT EXISTS runs (
        kind TEXT, day INTEGER, number INTEGER, length INTEGER NOT NULL, until INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (kind, day, number)
    );
    CREATE TABLE IF NOT EXISTS offsets (source TEXT PRIMARY KEY, place INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS names (name TEXT PRIMARY KEY, key INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
PRAGMAS = "PRAGMA page_size=16384; PRAGMA busy_timeout=20000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=4294967296;"


class Unusable(Exception):
    """A store that can't be opened, as a sentence."""


class SqliteStore(RowStore):
    def __init__(self, folder: Path, *, is_new_welcome: bool = True) -> None:
        """Raises Unusable."""
        super().__init__()
        file = folder / NAME
        if not is_new_welcome and not file.is_file():
            raise Unusable(f"{folder} holds no counts: there is no {NAME} in it. Make one with: kawaraban readership replay FILE --store {folder}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(file, isolation_level=None)
            self.connection.executescript(PRAGMAS)
            self.connection.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise Unusable(f"{file} can't be used: {error}.") from error

    @contextmanager
    def changing(self) -> Iterator[int]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.version()
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def version(self) -> int:
        return int(self.connection.execute("SELECT number FROM version").fetchone()[0])

    def set_version(self, version: int) -> None:
        self.connection.execute("UPDATE version SET number = ?", (version,))

    def stored(self, grain: Grain, measure: str, starts: Collection[int]) -> Iterator[tuple[int, bytes]]:
        sought = sorted(starts)
        for place in range(0, len(sought), 500):
            part = sought[place : place + 500]
            marks = ",".join("?" * len(part))
            sql = f"SELECT start, counts FROM columns WHERE grain = ? AND measure = ? AND start IN ({marks})"  # noqa: S608
            yield from self.connection.execute(sql, (int(grain), measure, *part))

    def columns(self, grain: Grain, measure: str, since: int, until: int) -> dict[int, Column]:
        sql = "SELECT start, counts FROM columns WHERE grain = ? AND measure = ? AND start >= ? AND start < ? ORDER BY start"
        return {start: unpacked(stored) for start, stored in self.connection.execute(sql, (int(grain), measure, since, until))}

    def store(self, rows: Iterable[tuple[Bucket, bytes]]) -> None:
        sql = "INSERT INTO columns (grain, start, measure, counts) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts"
        self.connection.executemany(sql, ((int(bucket.grain), bucket.start, bucket.measure, stored) for bucket, stored in rows))

    def measures(self) -> set[str]:
        return {measure for (measure,) in self.connection.execute("SELECT DISTINCT measure FROM columns")}

    def drop(self, grain: Grain, before: int) -> int:
        return self.connection.execute("DELETE FROM columns WHERE grain = ? AND start < ?", (int(grain), before)).rowcount

    def runs(self, kind: str, day: int) -> list[Run]:
        sql = "SELECT number, length, until FROM runs WHERE kind = ? AND day = ? ORDER BY number"
        return [Run(*row) for row in self.connection.execute(sql, (kind, day))]

    def read_runs(self, kind: str, day: int, numbers: Collection[int]) -> list[bytes | memoryview]:
        found = self.connection.execute("SELECT number, counts FROM runs WHERE kind = ? AND day = ?", (kind, day))
        return [stored for number, stored in found if number in numbers]

    def replace_runs(self, kind: str, day: int, numbers: Collection[int], run: Run, stored: bytes) -> None:
        self.connection.executemany("DELETE FROM runs WHERE kind = ? AND day = ? AND number = ?", ((kind, day, number) for number in numbers))
        sql = "INSERT INTO runs (kind, day, number, length, until, counts) VALUES (?, ?, ?, ?, ?, ?)"
        self.connection.execute(sql, (kind, day, *run, stored))

    def forget(self, now: int) -> None:
        self.connection.execute("DELETE FROM runs WHERE until < ?", (now,))
        self.cached.clear()

    def offsets(self) -> dict[str, Offset]:
        return {source: Offset(place, at) for source, place, at in self.connection.execute("SELECT source, place, at FROM offsets")}

    def store_offsets(self, offsets: Mapping[str, Offset], forgotten: Collection[str]) -> None:
        self.connection.executemany("DELETE FROM offsets WHERE source = ?", ((source,) for source in forgotten))
        sql = "INSERT INTO offsets VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, at = excluded.at"
        self.connection.executemany(sql, ((source, *offset) for source, offset in offsets.items()))

    def names(self) -> dict[str, int]:
        return dict(self.connection.execute("SELECT name, key FROM names"))

    def store_names(self, names: Mapping[str, int]) -> None:
        self.connection.executemany("INSERT INTO names VALUES (?, ?)", names.items())

    def fact(self, name: str) -> str:
        found = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set_fact(self, name: str, value: str) -> None:
        self.connection.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value))

    def last_minute(self) -> int:
        """The end of the last minute with a read, in ms since 1970; 0 for none."""
        found = self.connection.execute("SELECT max(start) FROM columns WHERE grain = 0 AND measure = 'accepted'").fetchone()[0]
        return 0 if found is None else int(found) + MINUTE

    def close(self) -> None:
        self.connection.close()
