"""All counts from the database to the server that hosts share, or back, in one commit. Nothing takes, sends or counts meanwhile."""

import time
from collections.abc import Mapping
from pathlib import Path

from kawaraban.readership import shared, spool
from kawaraban.readership.columns import ACCEPTED, Bucket, Grain, packed
from kawaraban.readership.days import EARLIEST, LATEST
from kawaraban.readership.forwarding import SENT, sent_of
from kawaraban.readership.rolling import SOURCE
from kawaraban.readership.stores.rows import NETWORKS, READERS
from kawaraban.readership.stores.site import SiteStore
from kawaraban.readership.stores.store import Offset
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import SOURCE as STREAM

Rows = SiteStore | ValkeyStore


class Immovable(Exception):
    """Why the counts stay where they are, as a sentence."""


def to_server(database: SiteStore, server: ValkeyStore, folder: Path, *, replace: bool) -> int:
    """Gives the number of columns. folder: the spool, of which what has been counted is not sent again. Raises Immovable, Outrun, OSError."""
    ensure_empty(server, replace=replace)
    offsets = database.offsets()
    files = {source.removeprefix(SOURCE): offset for source, offset in offsets.items() if source.startswith(SOURCE)}
    now = time.time_ns() // 1_000_000
    with server.changing() as version:
        server.wipe()
        count = copied(database, server, {source: offset for source, offset in offsets.items() if not source.startswith(SOURCE)})
        for name, offset in files.items():
            if (folder / name).is_file():
                server.queue.append(("HSET", server.key(SENT), name, f"{offset.place} {offset.at} {now}"))
        server.set_version(server.next_version(version))
    return count


def to_database(server: ValkeyStore, database: SiteStore, folder: Path, *, replace: bool) -> int:
    """The same, back."""
    ensure_empty(database, replace=replace)
    if waiting := shared.uncounted(server, time.time()).records:
        raise Immovable(f"{waiting} reads on the server wait to be counted. Start the worker until `kawaraban check` says that all are")
    files = spool.files(folder)
    places = {SOURCE + file.name: Offset(sent.place, sent.at) for file, sent in zip(files, sent_of(files, server.server), strict=True)}
    offsets = {source: offset for source, offset in server.offsets().items() if source != STREAM}
    with database.changing() as version:
        database.wipe()
        count = copied(server, database, offsets | places)
        database.set_version(database.next_version(version))
    return count


def ensure_empty(target: Rows, *, replace: bool) -> None:
    if not replace and target.measures():
        raise Immovable("there are counts already. To have them replaced, say --replace")


def copied(source: Rows, target: Rows, offsets: Mapping[str, Offset]) -> int:
    count = 0
    for measure in sorted(source.measures()):
        for grain in Grain:
            columns = source.columns(grain, measure, EARLIEST, LATEST)
            target.store((Bucket(grain, start, measure), packed(column)) for start, column in columns.items())
            count += len(columns)
    for day in source.columns(Grain.DAY, ACCEPTED, EARLIEST, LATEST):
        for kind in (READERS, NETWORKS):
            for run in source.runs(kind, day):
                (stored,) = source.read_runs(kind, day, [run.number])
                target.replace_runs(kind, day, (), run, bytes(stored))
    target.store_offsets(offsets, ())
    return count
