"""Empties done/ and refused/ of the watched folders of what is past its time, and of nothing that the archive does not have or has not let go."""

import hashlib
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings

from kawaraban.wires.ingest import archive
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources.folder import DONE, REFUSED, Sight, opened, sight
from kawaraban.wires.sources.picking_up import may_look_at

log = logging.getLogger(__name__)

CHUNK = 200  # files whose digests are looked up at once
OVER = (Arrival.State.READ, Arrival.State.ASIDE)  # what the archive lets go of


@dataclass
class Emptied:
    """left: how many files that are past their time are in no archive, for each folder that has any."""

    deleted: int = 0
    left: dict[Path, int] = field(default_factory=dict)


def empty(now: datetime) -> Emptied:
    """Deletes files moved there more than wires.archive_days ago; 0 days: none, ever. Raises database errors."""
    emptied = Emptied()
    if days := settings.KAWARABAN.wires.archive_days:
        before = (now - timedelta(days=days)).timestamp()
        for source in Source.objects.filter(kind=Source.Kind.FOLDER):
            for name in (DONE, REFUSED) if may_look_at(source) else ():
                path = settings.KAWARABAN.home / source.address
                try:
                    empty_one(source, path, name, before, emptied)
                except OSError as error:
                    log.warning("%s can't be emptied: %s", path / name, error)
    return emptied


def empty_one(source: Source, path: Path, name: str, before: float, emptied: Emptied) -> None:
    with within(path, name) as folder:
        files = old_files(folder, before) if folder >= 0 else iter(())
        while chunk := list(islice(files, CHUNK)):
            going = expendable(source, folder, chunk)
            for file, seen in going:
                delete(folder, file, seen)
            emptied.deleted += len(going)
            if stay := len(chunk) - len(going):
                emptied.left[path / name] = emptied.left.get(path / name, 0) + stay


@contextmanager
def within(path: Path, name: str) -> Iterator[int]:
    """A folder in a watched folder, opened; -1 when there is none, or when it is a link that leads elsewhere."""
    folder = -1
    with suppress(FileNotFoundError, NotADirectoryError), opened(path) as above:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
    try:
        yield folder
    finally:
        if folder >= 0:
            os.close(folder)


def old_files(folder: int, before: float) -> Iterator[tuple[str, Sight]]:
    """By when they were moved there: when they were written is for their sender to say."""
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode) and found.st_ctime < before:
                    yield entry.name, sight(found)


def expendable(source: Source, folder: int, files: list[tuple[str, Sight]]) -> list[tuple[str, Sight]]:
    """Those that are empty, lie in the archive, or were read from it before it let them go."""
    digests = {name: digest(folder, name) for name, seen in files if seen.size}
    rows = Arrival.objects.filter(source=source, digest__in=[found for found in digests.values() if found])
    safe = {row.digest for row in rows if (archive().holds(row.file, row.digest) if row.file else row.state in OVER)}
    return [(name, seen) for name, seen in files if not seen.size or digests[name] in safe]


def digest(folder: int, name: str) -> str:
    """Of a file's bytes; nothing for one that can't be read."""
    try:
        with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def delete(folder: int, name: str, seen: Sight) -> None:
    """Unless it has become another meanwhile."""
    with suppress(FileNotFoundError):
        if sight(os.stat(name, dir_fd=folder, follow_symlinks=False)) == seen:
            os.unlink(name, dir_fd=folder)
