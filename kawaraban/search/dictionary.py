"""The dictionary of this process, with the magazine's own words, opened when it is first wanted."""

import logging
import threading
import time
from pathlib import Path

from django.conf import settings

from kawaraban.search.japanese import Japanese
from kawaraban.search.own_words import UnreadableWordsError

log = logging.getLogger(__name__)

WORDS = "words.txt"
EVERY = 2.0  # seconds between two looks at the file
lock = threading.Lock()


class Kept:
    japanese: Japanese | None = None
    stamp = ""
    looked = 0.0


def japanese() -> Japanese:
    """The one of this process; another when the magazine's own words have changed."""
    now = time.monotonic()
    if Kept.japanese is not None and now - Kept.looked < EVERY:
        return Kept.japanese
    with lock:
        found = stamp(words_file())
        if Kept.japanese is None or found != Kept.stamp:
            Kept.japanese = opened(words_file() if found else None)
        Kept.stamp, Kept.looked = found, now
        return Kept.japanese


def opened(file: Path | None) -> Japanese:
    """Without the magazine's own words while their file can't be read, which is logged."""
    try:
        return Japanese(file)
    except UnreadableWordsError as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says it all
        return Kept.japanese or Japanese()


def words_file() -> Path:
    return settings.KAWARABAN.own_words / WORDS


def stamp(file: Path) -> str:
    """Changes whenever a file has been written; "" when there is none."""
    try:
        found = file.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
