"""What an index of the site keeps in its own file beside the pieces: how far it has followed the log, and what it has yet to look at.

Both change in the same transaction as the pieces, so a killed process loses nothing.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from kawaraban.search.site.log import Gap, Place

TABLES = """
CREATE TABLE IF NOT EXISTS place (seen INTEGER NOT NULL, stamp TEXT NOT NULL, followed REAL NOT NULL, reconciled REAL, filled REAL);
CREATE TABLE IF NOT EXISTS gap (first INTEGER NOT NULL, last INTEGER NOT NULL, since REAL NOT NULL);
CREATE TABLE IF NOT EXISTS due (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, moment REAL NOT NULL);
CREATE INDEX IF NOT EXISTS due_moment ON due (moment, number);
"""
# Moments of what is due at once, in the order of its urgency; later ones are times by the clock.
TAKEN, CHANGED, FOLLOWING, FILLED = 0.0, 1.0, 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Kept:
    """stamp: when what it saw last was noted, to know another database by. filled: when it first had everything; None until then."""

    place: Place
    stamp: str
    followed: float
    reconciled: float | None
    filled: float | None


def read(database: sqlite3.Connection) -> Kept | None:
    """None for an index that has no place yet."""
    try:
        row = database.execute("SELECT seen, stamp, followed, reconciled, filled FROM place").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    if row is None:
        return None
    gaps = tuple(Gap(*gap) for gap in database.execute("SELECT first, last, since FROM gap ORDER BY first"))
    return Kept(Place(row[0], gaps), *row[1:])


def begin(database: sqlite3.Connection, seen: int, now: float) -> None:
    database.executescript(TABLES)
    database.execute("INSERT INTO place SELECT ?, '', ?, NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM place)", (seen, now))


def write(database: sqlite3.Connection, place: Place, stamp: str, now: float) -> None:
    database.execute("UPDATE place SET seen = ?, stamp = ?, followed = ?", (place.seen, stamp, now))
    database.execute("DELETE FROM gap")
    database.executemany("INSERT INTO gap VALUES (?, ?, ?)", place.gaps)


def note_reconciled(database: sqlite3.Connection, now: float) -> None:
    database.execute("UPDATE place SET reconciled = ?", (now,))


def note_filled(database: sqlite3.Connection, now: float) -> None:
    database.execute("UPDATE place SET filled = ? WHERE filled IS NULL AND reconciled IS NOT NULL", (now,))


def put_in_line(database: sqlite3.Connection, ids: Iterable[str], moment: float) -> None:
    """What is in line already keeps its place when that is the earlier one."""
    told = "ON CONFLICT (id) DO UPDATE SET moment = min(moment, excluded.moment)"
    database.executemany(f"INSERT INTO due (id, moment) VALUES (?, ?) {told}", ((identity, moment) for identity in ids))  # noqa: S608 - our own words


def postpone(database: sqlite3.Connection, moments: dict[str, float]) -> None:
    database.executemany("INSERT OR REPLACE INTO due (id, moment) VALUES (?, ?)", moments.items())


def due(database: sqlite3.Connection, now: float, most: int, *, fills: bool) -> list[tuple[str, float]]:
    """What is to be looked at, the most urgent first; what a new index lacks only when nothing else is due."""
    asked = "SELECT id, moment FROM due WHERE moment {} ORDER BY moment, number LIMIT ?"
    if found := database.execute(asked.format("<= ?"), (FOLLOWING, most)).fetchall():
        return found
    found = database.execute(asked.format("> ? AND moment <= ?"), (FILLED, now, most)).fetchall()
    return found or (database.execute(asked.format("= ?"), (FILLED, most)).fetchall() if fills else [])


def is_due(database: sqlite3.Connection, now: float, *, fills: bool = False) -> bool:
    return bool(due(database, now, 1, fills=fills))


def count_due(database: sqlite3.Connection, now: float) -> int:
    return int(database.execute("SELECT count(*) FROM due WHERE moment <= ?", (now,)).fetchone()[0])


def out_of_line(database: sqlite3.Connection, ids: Iterable[str]) -> None:
    database.executemany("DELETE FROM due WHERE id = ?", ((identity,) for identity in ids))


def present(database: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of some ids that the index has."""
    wanted = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        asked = f"SELECT id FROM piece WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608 - question marks
        found |= {identity for (identity,) in database.execute(asked, some)}
    return found
