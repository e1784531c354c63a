"""The stream that all hosts send their reads to, rolled up into the counts: each once."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kawaraban.readership.days import Days
from kawaraban.readership.forwarding import STREAM
from kawaraban.readership.rollup import Past, Written, records, rolled
from kawaraban.readership.server import Server
from kawaraban.readership.spool import BYTES
from kawaraban.readership.stores.store import Offset, Outrun, Store

SOURCE = "stream:reads"
AT_ONCE = 16  # batches
TRIES = 20


class Batch(NamedTuple):
    place: int  # in the stream
    since: int  # ms since 1970, when it was written
    until: int
    total: int  # records in the stream since it began, with these
    records: bytes

    @property
    def length(self) -> int:
        return len(self.records) // BYTES


def count_stream(server: Server, store: Store, days: Days, now: Callable[[], int], is_over: Callable[[], bool] = lambda: False) -> int:
    """Counts what waits in the stream; gives the number of records. Raises OSError."""
    done = 0
    while not is_over() and (count := some_batches(server, store, days, now)) is not None:
        done += count
    return done


def some_batches(server: Server, store: Store, days: Days, now: Callable[[], int]) -> int | None:
    """The number of records of the next batches; None when nothing waits."""
    for _ in range(TRIES):
        version = store.version()
        after = store.offsets().get(SOURCE, Offset(0, 0)).place
        batches = waiting(server, after, AT_ONCE)
        if not batches:
            return None
        counts = [batch.length for batch in batches]
        since, until = (np.repeat(np.array(told, np.int64), counts) for told in zip(*((batch.since, batch.until) for batch in batches), strict=True))
        found = records(b"".join(batch.records for batch in batches))
        change = rolled(found, days, Past(store.readers, store.networks), Written(since, until))
        change.offsets[SOURCE] = Offset(batches[-1].place, now())
        try:
            store.commit(change, version)
        except Outrun:
            continue
        server.ask("XTRIM", server.key(STREAM), "MINID", identity(batches[-1].place + 1))
        return len(found)
    raise OSError("the stream can't be counted: others change the counts all the time")


def waiting(server: Server, after: int, most: int) -> list[Batch]:
    """The batches that come after a place in the stream."""
    found = server.ask("XRANGE", server.key(STREAM), identity(after + 1), "+", "COUNT", most)
    return [batch(name, dict(zip(fields[::2], fields[1::2], strict=True))) for name, fields in found]


def batch(name: bytes, fields: dict[bytes, bytes]) -> Batch:
    return Batch(place(name), int(fields[b"since"]), int(fields[b"until"]), int(fields[b"total"]), fields[b"records"])


# The server's name of a batch is its moment, and a number within the millisecond.


def place(name: bytes) -> int:
    moment, number = name.split(b"-")
    return int(moment) << 20 | int(number)


def identity(place: int) -> str:
    return f"{place >> 20}-{place & 0xFFFFF}"
