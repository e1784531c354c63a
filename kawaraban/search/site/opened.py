"""The index of this home, open in this process: one for each thread, opened again when another has taken its place."""

import logging
import sqlite3
import threading
import time
import zlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kawaraban.search import store
from kawaraban.search.dictionary import japanese, stamp
from kawaraban.search.finding import Finder
from kawaraban.search.own_words import UnreadableWordsError, synonyms
from kawaraban.search.related import Relater
from kawaraban.search.store import NoIndexError, Store

log = logging.getLogger(__name__)

SYNONYMS, BROKEN = "synonyms.txt", "broken"
REMEMBERED = 60.0  # seconds
PATIENCE = 300  # milliseconds that a reader's question waits for whoever writes
# What the magazine's own articles are worth more than what only leads to them or was not written here: a page of one line says few words often.
WORTH = {("kind", "wire"): 0.8, ("kind", "topic"): 0.9, ("kind", "author"): 0.6, ("kind", "issue"): 0.5, ("paid", "yes"): 0.8}
# What an index that can't be read raises, a locked or full one apart.
FAULTS = (sqlite3.Error, zlib.error, OSError, UnicodeDecodeError)
local = threading.local()


class Index:
    """An open index, for one thread."""

    def __init__(self, opened: Store) -> None:
        self.store = opened
        self.store.database.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        self.file = opened.file.stat().st_ino
        self.synonyms = own_synonyms(stamp(synonyms_file()))
        self.kept_finder: Finder | None = None
        self.kept_relater: Relater | None = None
        self.related = float("-inf")

    def finder(self) -> Finder:
        """Keeps what it has read of the index. To be new is counted from now on."""
        if self.kept_finder is None:
            self.kept_finder = Finder(self.store, self.synonyms, timezone.now(), WORTH)
        self.kept_finder.now = time.time()
        return self.kept_finder

    def relater(self) -> Relater:
        """Remembers for a minute how frequent words are."""
        if self.kept_relater is None or time.monotonic() - self.related > REMEMBERED:
            self.kept_relater, self.related = Relater(self.store, timezone.now()), time.monotonic()
        return self.kept_relater

    def is_current(self) -> bool:
        """False when another file has taken its place, or the magazine's own words have changed."""
        try:
            same = self.store.file.stat().st_ino == self.file
        except FileNotFoundError:
            return False
        wanted = self.store.folder / f"{store.stem(self.store.japanese)}.sqlite3"
        is_outdated = self.store.is_stale and wanted.exists()
        return same and not is_outdated and self.store.japanese is japanese() and self.synonyms is own_synonyms(stamp(synonyms_file()))


def index() -> Index | None:
    """The one to ask; None when there is none yet. Raises what is in FAULTS."""
    kept: Index | None = getattr(local, "index", None)
    if kept is not None and not kept.is_current():
        close()
        kept = None
    if kept is None:
        kept = local.index = found()
    return kept


def found() -> Index | None:
    """Looked for a second time: there is none for a moment while one takes another's place."""
    for pause in (0.02, 0.0):
        try:
            return Index(store.opened(settings.KAWARABAN.index, japanese()))
        except (NoIndexError, FileNotFoundError):
            time.sleep(pause)
    return None


def close() -> None:
    if kept := getattr(local, "index", None):
        kept.store.close()
        local.index = None


def synonyms_file() -> Path:
    return settings.KAWARABAN.own_words / SYNONYMS


@cache
def own_synonyms(stamped: str) -> list[list[str]]:
    """The magazine's own, read again when the file has another stamp; none while it can't be read, which is logged."""
    if not stamped:
        return []
    try:
        return synonyms(synonyms_file())
    except UnreadableWordsError as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says it all
        return []


def report(error: BaseException) -> None:
    """Says what went wrong with the index, once a minute, and has the worker make a broken one anew."""
    if time.monotonic() - Said.at > REMEMBERED or Said.sentence != str(error):
        Said.at, Said.sentence = time.monotonic(), str(error)
        log.error("the index can't be asked: %s", error)
    close()
    mark_broken(error)


class Said:
    sentence, at = "", float("-inf")


def is_breakage(error: BaseException) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return "no such table" in str(error) or "no such column" in str(error)
    return isinstance(error, sqlite3.DatabaseError | zlib.error | UnicodeDecodeError)


def mark_broken(error: BaseException) -> None:
    """Leaves word for the worker when it is the file that is broken."""
    folder = settings.KAWARABAN.index
    try:
        if is_breakage(error):
            (folder / BROKEN).write_text(f"{error}\n", encoding="utf-8")
    except OSError as reason:
        log.error("%s: %s", folder, reason)  # noqa: TRY400 - the sentence says it all
