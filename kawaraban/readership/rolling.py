"""The spool's records rolled up into the counts: each once, whatever is killed when, and whoever else rolls up."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from kawaraban.readership import spool
from kawaraban.readership.days import Days
from kawaraban.readership.rollup import Past, Written, records, rolled
from kawaraban.readership.stores.store import Change, Offset, Outrun, Store

log = logging.getLogger(__name__)

SOURCE = "spool:"
TRIES = 20


def roll_up(folder: Path, store: Store, days: Days, now: Callable[[], int], is_over: Callable[[], bool] = lambda: False) -> int:
    """Counts what waits in the spool, and clears files away that are done; gives the number of records. Raises OSError, database errors."""
    done = 0
    for file in spool.files(folder):
        for count in of_file(file, store, days, now):
            done += count
            if is_over():
                return done
    clear(folder, store)
    return done


def of_file(file: Path, store: Store, days: Days, now: Callable[[], int]) -> Iterator[int]:
    """Counts one file; what has been counted of it is in the same commit as the counts."""
    source = SOURCE + file.name
    while (count := one_chunk(file, source, store, days, now)) is not None:
        yield count


def one_chunk(file: Path, source: str, store: Store, days: Days, now: Callable[[], int]) -> int | None:
    """The number of records of the next chunk; None when nothing waits."""
    for _ in range(TRIES):
        version = store.version()
        offset = store.offsets().get(source, Offset(0, spool.start(file)))
        looked = now()
        try:
            chunk = next(spool.chunks(file, offset.place), None)
        except FileNotFoundError:
            return None
        if chunk is None:
            return None
        if chunk.damaged:
            log.error("%d damaged records of %s were left out", chunk.damaged, file)
        found = records(chunk.records)
        # What comes after the offset was written after it was last looked at, and what is behind a full chunk perhaps long before now.
        written = Written(min(offset.at, looked), looked)
        change = rolled(found, days, Past(store.readers, store.networks), written)
        at = looked if len(chunk.records) < spool.CHUNK // 2 else offset.at
        change.offsets[source] = Offset(chunk.end, at)
        try:
            store.commit(change, version)
        except Outrun:
            continue
        return len(found)
    raise OSError(f"{file} can't be counted: others change the counts all the time")


def clear(folder: Path, store: Store) -> None:
    """Deletes files that no newsstand writes to and that have nothing more to count, then what is known of them."""
    offsets = store.offsets()
    done = {SOURCE + file.name for file in spool.files(folder) if is_done(file, offsets.get(SOURCE + file.name, Offset(0, 0)))}
    for source in done:
        (folder / source.removeprefix(SOURCE)).unlink(missing_ok=True)
    if done:
        with suppress(Outrun):  # a few bytes are kept for nothing
            store.commit(Change(forgotten=done), store.version())


def is_done(file: Path, offset: Offset) -> bool:
    """What a killed newsstand left torn at a file's end goes with it: nobody was told that it was taken."""
    return not spool.is_open(file) and file.exists() and next(spool.chunks(file, offset.place), None) is None
