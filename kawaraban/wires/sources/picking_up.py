"""Takes in what has come into the watched folders."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kawaraban.wires import health
from kawaraban.wires.archive import Unkept
from kawaraban.wires.fault import Fault, Value, system
from kawaraban.wires.ingest import bell, keep_all
from kawaraban.wires.models import Source
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.folder import Folder, Found, made
from kawaraban.wires.sources.options import options_of
from kawaraban.wires.sources.pauses import pause

INCOMING = "incoming"  # in the home: folders that the desk may name
LONGEST = 30.0  # seconds between two tries of a folder that can't be looked at
SEEN_EVERY = 60.0  # seconds between two notes that a folder is there


@dataclass
class Watched:
    """A folder and its source, as one process watches them."""

    source: Source
    folder: Folder
    not_before: float = 0.0
    note_at: float = 0.0
    failures: int = 0


@dataclass
class Folders:
    watched: dict[int, Watched] = field(default_factory=dict)

    def renew(self) -> None:
        """Learns which folders there are now. Raises database errors."""
        sources = Source.objects.on().filter(kind=Source.Kind.FOLDER)
        before = self.watched
        self.watched = {source.pk: renewed(before.get(source.pk), source) for source in sources}

    def look(self, now: datetime) -> int:
        """Takes in what has come whole; gives the number of files. Raises database errors."""
        return sum(look(watched, now) for watched in list(self.watched.values()) if time.monotonic() >= watched.not_before)


def renewed(before: Watched | None, source: Source) -> Watched:
    path = settings.KAWARABAN.home / source.address
    if before is None or before.folder.path != path:
        return Watched(source, Folder(path, settings.KAWARABAN.wires.payload_bytes))
    before.source = source
    return before


def look(watched: Watched, now: datetime) -> int:
    try:
        found, refusals = seen_in(watched)
        for refusal in refusals:
            health.failed(watched.source, refusal)
        if found:
            take(watched, found, now)
        elif time.monotonic() >= watched.note_at:
            watched.note_at = time.monotonic() + SEEN_EVERY
            health.seen(watched.source, now)
        watched.failures = 0
        return len(found)
    except (Unanswered, Unkept) as error:
        health.failed(watched.source, error.fault)
        watched.failures += 1
        watched.not_before = time.monotonic() + min(LONGEST, pause(1, watched.failures, 0.5).total_seconds())
        return 0


def seen_in(watched: Watched) -> tuple[list[Found], list[Fault]]:
    """Raises Unanswered for a folder that can't be looked at."""
    path = watched.folder.path
    try:
        if is_within_incoming(watched.source.address):
            made(path)
        elif not may_look_at(watched.source):
            told: dict[str, Value] = {"folder": INCOMING}
            raise Unanswered(Fault("The desk can name folders within %(folder)s in the home only; set this one in kawaraban.toml.", told))
        return watched.folder.look(time.monotonic())
    except OSError as error:
        raise Unanswered(Fault("The folder %(folder)s can't be looked at: %(reason)s.", {"folder": str(path), "reason": system(error)})) from error


def may_look_at(source: Source) -> bool:
    return source.is_from_file or is_within_incoming(source.address)


def is_within_incoming(address: str) -> bool:
    """Whether a folder is one that the desk may name, wherever links on the way to it lead. Only these are made when they are missing."""
    home: Path = settings.KAWARABAN.home
    above = (home / INCOMING).resolve()
    try:
        return above in (home / address).resolve().parents
    except (OSError, ValueError):
        return False


def take(watched: Watched, found: list[Found], now: datetime) -> None:
    """Archived first, then moved. Whoever is killed in between finds them again, and they are known."""
    keep_all(watched.source, [file.payload for file in found], now)
    transaction.on_commit(bell().ring)
    delete = options_of(watched.source).is_deleting
    try:
        for file in found:
            watched.folder.put_away(file, delete=delete)
    except OSError as error:
        told: dict[str, Value] = {"folder": str(watched.folder.path), "reason": system(error)}
        raise Unanswered(Fault("What came in %(folder)s is archived but can't be moved away: %(reason)s.", told)) from error
