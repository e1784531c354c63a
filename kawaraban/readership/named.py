"""A store of one's own, in which articles are called what their files call them."""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from kawaraban.readership.days import Days
from kawaraban.readership.ranks import ranked
from kawaraban.readership.stores.sqlite import SqliteStore, Unusable
from kawaraban.readership.stretches import LENGTHS, counted, stretch

ZONE = "time zone"
NUMBER = re.compile("[0-9]{1,18}", re.ASCII)


class Names(dict[str, int]):
    """Keys by names; a new name gets the next key."""

    def __init__(self, present: Mapping[str, int]) -> None:
        super().__init__(present)
        self.stored = len(self)

    def new(self) -> dict[str, int]:
        return dict(islice(self.items(), self.stored, None))

    def __missing__(self, name: str) -> int:
        self[name] = key = len(self) + 1
        return key


def opened(folder: Path, zone: str, *, is_new_welcome: bool = True) -> tuple[SqliteStore, Days]:
    """A store and the days by which it counts: those of the zone with which it was begun. Raises Unusable."""
    store = SqliteStore(folder, is_new_welcome=is_new_welcome)
    present = store.fact(ZONE)
    if present and zone and present != zone:
        raise Unusable(f"{folder} counts days in {present}, not {zone}: its reads and these can't be in one store.")
    if not present:
        store.set_fact(ZONE, zone or "Asia/Tokyo")
    return store, Days(ZoneInfo(present or zone or "Asia/Tokyo"))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Alone in giving keys to names. Raises Unusable when another is at it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Unusable(f"Another replay writes to {folder}; wait for its end.") from None
    finally:
        os.close(descriptor)


def rankings(store: SqliteStore, days: Days, window: str, now: int, length: int) -> list[dict[str, int | str]]:
    """As `kawaraban rankings` prints them. A tie is won by the higher number, else by the name that comes later in the alphabet."""
    names = {key: name for name, key in store.names().items()}
    if window not in LENGTHS:
        raise KeyError(window)
    counts = counted(store, [stretch(window, now)], days)[0]
    found = ranked(counts, length, lambda keys: {key: order(names[key]) for key in keys})
    return [{"rank": rank.rank, "article": names[rank.article], "reads": rank.reads} for rank in found]


def order(name: str) -> tuple[int, int, str]:
    return (1, int(name), name) if NUMBER.fullmatch(name) else (0, 0, name)
