"""What keeps the index of this home: a thread of the worker, and one of the desk.

The worker's makes an index where there is none, where text is cut otherwise than before, or where one is broken; the old one answers
meanwhile. Both follow the log, right after a commit of their own process, else within a fifth of a second.
"""

import contextlib
import fcntl
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from kawaraban.search import rewording, store
from kawaraban.search.dictionary import japanese
from kawaraban.search.site import following, log, opened, places, waking
from kawaraban.search.store import NoIndexError, Store

AFTER_A_FAULT = 5.0  # seconds
RECONCILED_EVERY = 3_600.0
SLICE = 0.5  # seconds of filling after which the other index is looked after
PATIENCE = 5_000  # milliseconds that an index may be locked by others
LOCK = "keeper"
logger = logging.getLogger(__name__)


class Follower(threading.Thread):
    """Keeps the index up to the log."""

    every = 1.0  # seconds, when no commit of its own process wakes it

    def __init__(self) -> None:
        super().__init__(name="search", daemon=True)
        self.is_ending = threading.Event()
        self.said = ""

    def run(self) -> None:
        while not self.is_ending.is_set():
            waking.awake.clear()
            pause = self.every if self.attempt() else AFTER_A_FAULT
            waking.awake.wait(pause)
        connections.close_all()

    def attempt(self) -> bool:
        """One turn; what goes wrong is said once, and tried again."""
        try:
            close_old_connections()
            self.turn()
        except opened.FAULTS as error:
            self.say(f"the index can't be written: {error}")
            opened.close()
            opened.mark_broken(error)
        except DatabaseError as error:
            self.say(f"the database did not answer: {error}")
        except Exception:
            logger.exception("what keeps the index met what it did not expect and goes on")
        else:
            self.say("")
            return True
        return False

    def say(self, sentence: str) -> None:
        if sentence and sentence != self.said:
            logger.error("%s", sentence)
        self.said = sentence

    def turn(self) -> None:
        if found := patient():
            following.follow(found, self.is_ending.is_set)

    def end(self) -> None:
        self.is_ending.set()
        waking.awake.set()
        if self.is_alive():
            self.join(2.0)


class Keeper(Follower):
    """The same, and makes what is missing."""

    every = 0.2

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder or settings.KAWARABAN.index
        self.making: Store | None = None
        self.is_looked_over = False
        self.pruned = float("-inf")

    def turn(self) -> None:
        with alone(self.folder) as is_alone:
            if not is_alone:
                self.making = None
                super().turn()
                return
            self.mend()
            self.keep()
            rewording.turn(self.over())
            if time.monotonic() - self.pruned > RECONCILED_EVERY:
                log.prune()
                self.pruned = time.monotonic()

    def keep(self) -> None:
        current = self.current()
        if current.is_stale:
            following.follow(current, self.over())
            self.make()
            return
        fill(current, self.over(), looks_over=not self.is_looked_over)
        self.is_looked_over = True

    def current(self) -> Store:
        """The index of the home, made where there is none, or where it is of another database or of too long ago."""
        found = patient()
        if found and not self.is_looked_over and (kept := places.read(found.database)) and is_foreign(kept):
            logger.warning("the index does not belong to this database as it is: it is made anew")
            discard(self.folder)
            found = None
        if found is None:
            lay(self.folder)
            found = patient()
        if found is None:
            raise NoIndexError(self.folder)
        return found

    def make(self) -> None:
        """Fills an index beside one that was cut otherwise; when it has everything it takes that one's place."""
        try:
            if self.making is None or self.making.japanese is not japanese():
                self.making = begun(self.folder)
            fill(self.making, self.over())
            if (kept := places.read(self.making.database)) and kept.filled:
                settle(self.making)
                self.making = None
        except sqlite3.DatabaseError as error:
            if not opened.is_breakage(error):
                raise
            logger.error("the index that was being made is broken, and is begun anew: %s", error)  # noqa: TRY400 - the sentence says it all
            self.making = None
            for file in self.folder.glob("*.making*"):
                file.unlink(missing_ok=True)

    def mend(self) -> None:
        """Throws away what can't be read."""
        marker = self.folder / opened.BROKEN
        if marker.exists():
            logger.error("the index was broken and is made anew: %s", marker.read_text(encoding="utf-8").strip())
            discard(self.folder)
            self.making = None
            marker.rename(self.folder / "mended")

    def over(self) -> Callable[[], bool]:
        is_over = passed(SLICE)
        return lambda: self.is_ending.is_set() or waking.awake.is_set() or is_over()


def patient() -> Store | None:
    """The index that answers, open in this thread; who keeps it waits longer than who asks while others write."""
    found = opened.index()
    if found:
        found.store.database.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    return found.store if found else None


def fill(filled: Store, is_over: Callable[[], bool], *, looks_over: bool = False) -> None:
    """Follows the log, looks over everything now and then, and puts in what is missing."""
    kept = places.read(filled.database)
    if kept is None:
        following.begin(filled)
    elif looks_over or kept.reconciled is None or time.time() - kept.reconciled > RECONCILED_EVERY:
        following.reconcile(filled)
    following.follow(filled, is_over, fills=True)
    kept = places.read(filled.database)
    if kept and kept.reconciled and kept.filled is None and not places.is_due(filled.database, time.time(), fills=True):
        with filled.writing() as database:
            places.note_filled(database, time.time())
        clear_others(filled)


def settle(new: Store) -> None:
    """Gives a filled index its place. The earlier one goes first: SQLite would take its journal for the new one's."""
    new.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new.close()
    opened.close()
    place = new.file.with_suffix(".sqlite3")
    for file in new.folder.glob("index-*"):
        if not file.name.startswith(new.file.name):
            file.unlink(missing_ok=True)
    new.file.rename(place)
    store.forget(new.file)


def clear_others(filled: Store) -> None:
    """Lets go what earlier releases left, of a form that nobody opens any more."""
    for file in filled.folder.glob("index-*"):
        if not file.match(store.SAME_FORM) and not file.name.startswith(filled.file.stem):
            file.unlink(missing_ok=True)


def is_foreign(kept: places.Kept) -> bool:
    """Whether it followed another database, or this one before it was brought back from a backup, or too long ago to catch up."""
    is_long_ago = time.time() - kept.followed > log.KEPT.total_seconds() / 2
    if kept.place.seen > log.newest() or (is_long_ago and log.oldest() > kept.place.seen + 1):
        return True
    return bool(kept.stamp) and following.stamp_of(kept.place.seen) not in ("", kept.stamp)


def lay(folder: Path) -> None:
    """An empty index, which says how far it has followed the log before anybody finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    found = begun(folder)
    found.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found.close()
    found.file.rename(found.file.with_suffix(".sqlite3"))
    store.forget(found.file)


def begun(folder: Path) -> Store:
    """The index that is being made; what an earlier process began goes on."""
    file = folder / f"{store.stem(japanese())}.making"
    if file.exists():
        found = Store(folder, japanese(), file)
        if places.read(found.database):
            return found
        found.close()
    found = made(folder, file)
    following.begin(found)
    return found


def made(folder: Path, file: Path) -> Store:
    store.forget(file)
    store.lay(file)
    return Store(folder, japanese(), file)


def discard(folder: Path) -> None:
    """Deletes every index of a folder."""
    opened.close()
    for file in folder.glob("index-*"):
        file.unlink(missing_ok=True)


def passed(seconds: float) -> Callable[[], bool]:
    """True once a number of seconds has passed."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else makes indexes of this folder meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(lock)
