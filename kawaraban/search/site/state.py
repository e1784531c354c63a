"""How the index of this home is: where it lies, what it has, what it lacks. For `kawaraban search status`, `kawaraban check` and the desk."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from kawaraban.search import store
from kawaraban.search.dictionary import japanese
from kawaraban.search.site import log, opened, places
from kawaraban.search.store import Store


@dataclass(frozen=True)
class Standing:
    """behind, seconds: changes of the log that it has not followed, and how long the first of them waits. missing: pieces yet to be put in."""

    file: Path | None = None
    bytes: int = 0
    pieces: Counter[str] = field(default_factory=Counter)
    behind: int = 0
    seconds: float = 0.0
    missing: int = 0
    is_filled: bool = False
    is_stale: bool = False

    @property
    def count(self) -> int:
        return self.pieces.total()


def standing() -> Standing:
    """Of the index that answers; raises what is in opened.FAULTS, database errors."""
    found = opened.index()
    return of(found.store) if found else Standing()


def lag() -> tuple[int, float]:
    """How many changes the index that answers has not followed, and for how many seconds the first of them waits."""
    found = opened.index()
    kept = places.read(found.store.database) if found else None
    return log.behind(kept.place) if kept else (0, 0.0)


def making() -> Standing | None:
    """Of the one that is to take its place."""
    file = settings.KAWARABAN.index / f"{store.stem(japanese())}.making"
    if not file.exists():
        return None
    beside = Store(file.parent, japanese(), file)
    try:
        return of(beside)
    finally:
        beside.close()


def of(found: Store) -> Standing:
    kept = places.read(found.database)
    behind, seconds = log.behind(kept.place) if kept else (0, 0.0)
    return Standing(
        found.file,
        sum(part.stat().st_size for part in found.folder.glob(f"{found.file.name}*")),
        kinds(found),
        behind,
        seconds,
        places.count_due(found.database, time.time()) if kept else 0,
        bool(kept and kept.filled),
        found.is_stale,
    )


def kinds(found: Store) -> Counter[str]:
    rows = found.database.execute("SELECT substr(id, 1, instr(id, ':') - 1) AS kind, count(*) FROM piece GROUP BY kind").fetchall()
    return Counter(dict(rows))
