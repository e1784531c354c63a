"""The index of this home made anew at once, while the old one answers."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from kawaraban.search import store
from kawaraban.search.dictionary import japanese
from kawaraban.search.site import following, keeping, opened, places
from kawaraban.search.store import Store

FAULTS = opened.FAULTS
PATIENCE = 30.0  # seconds that whoever makes indexes here may take for one turn
Progress = Callable[[int, int], None]


class TakenError(Exception):
    """Another process makes an index of this magazine already: see `kawaraban … search status`."""

    def __str__(self) -> str:
        return str(self.__doc__)


def remade(progress: Progress) -> int:
    """The number of pieces. progress: told how many are in and how many are to come. Raises FAULTS, TakenError, database errors."""
    folder = settings.KAWARABAN.index
    with waited():
        new = keeping.made(folder, folder / f"{store.stem(japanese())}.making")
        following.begin(new)
        while not is_filled(new):
            keeping.fill(new, keeping.passed(1.0))
            progress(new.count, places.count_due(new.database, time.time()))
        count = new.count
        keeping.settle(new)
    (folder / opened.BROKEN).unlink(missing_ok=True)
    return count


def is_filled(new: Store) -> bool:
    kept = places.read(new.database)
    return bool(kept and kept.filled)


@contextmanager
def waited() -> Iterator[None]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with keeping.alone(settings.KAWARABAN.index) as is_alone:
            if is_alone:
                yield
                return
        time.sleep(0.02)
    raise TakenError
