"""Counts in a Valkey or Redis server that several hosts share.

What is still counted are sorted sets, articles by their reads, one for each grain, measure and stretch of time. What has been over for
some hours is packed as in a database: it takes a thirtieth of the memory, and rankings read little else.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from kawaraban.readership.columns import Bucket, Column, Grain, added, packed, unpacked
from kawaraban.readership.days import HOUR
from kawaraban.readership.server import Command, Server
from kawaraban.readership.stores.rows import RowStore, Run
from kawaraban.readership.stores.store import Offset, Outrun

OVER = {Grain.MINUTE: 3 * HOUR, Grain.HOUR: 4 * HOUR, Grain.DAY: 28 * HOUR}  # after their start: nothing of them comes any more, or very little
GREATEST = 0xFFFFFFFF
BATCH = 200  # columns that are packed at a time
ADD = """
for place = 1, #ARGV[1], 8 do
  local article, reads = struct.unpack('<I4I4', ARGV[1], place)
  redis.call('ZINCRBY', KEYS[1], reads, article)
end
"""


class ValkeyStore(RowStore):
    """One thread at a time may change it, any number may read."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server, self.key = server, server.key
        self.queue: list[Command] = []  # what is committed together

    # Versions and commits

    @contextmanager
    def changing(self) -> Iterator[int]:
        """What is read meanwhile is of this version, or the commit is refused."""
        found = self.server.ask("GET", self.key("version"))
        self.queue = []
        yield int(found or 0)
        if not self.server.commit(self.key("version"), found, self.queue):
            raise Outrun

    def version(self) -> int:
        return int(self.server.ask("GET", self.key("version")) or 0)

    def next_version(self, version: int) -> int:
        """No number comes twice, also not from a server that has forgotten its last second."""
        return max(version + 1, time.time_ns() // 1_000_000)

    def set_version(self, version: int) -> None:
        self.queue.append(("SET", self.key("version"), version))

    # Columns

    def counts_key(self, grain: Grain, measure: str, start: int) -> str:
        return self.key("counts", grain.name.lower(), measure, start)

    def live_key(self, grain: Grain, measure: str) -> str:
        """A sorted set of the starts that have a sorted set."""
        return self.key("live", grain.name.lower(), measure)

    def packed_key(self, grain: Grain, measure: str) -> str:
        """A hash of packed columns by their start."""
        return self.key("packed", grain.name.lower(), measure)

    def combine(self, columns: Mapping[Bucket, Column], how: Callable[[Iterable[Column]], Column]) -> None:
        by_kind: dict[tuple[Grain, str], dict[int, Column]] = {}
        for bucket, found in columns.items():
            by_kind.setdefault((bucket.grain, bucket.measure), {})[bucket.start] = found
        before = self.server.ask_all([("HMGET", self.packed_key(*kind), *new) for kind, new in by_kind.items()])
        for (kind, new), there in zip(by_kind.items(), before, strict=True):
            self.queue.append(("SADD", self.key("measures"), kind[1]))
            for (start, found), stored in zip(new.items(), there, strict=True):
                if stored is not None:
                    self.store([(Bucket(kind[0], start, kind[1]), packed(how([unpacked(stored), found])))])
                elif len(found):
                    self.queue.append(("ZADD", self.live_key(*kind), start, start))
                    self.queue.append((self.adding if how is added else self.keeping)(self.counts_key(*kind, start), found))

    @staticmethod
    def adding(key: str, found: Column) -> Command:
        return "EVAL", ADD, 1, key, np.column_stack([found.keys, found.counts]).astype("<u4").tobytes()

    @staticmethod
    def keeping(key: str, found: Column) -> Command:
        """Each article's greatest."""
        return "ZADD", key, "GT", *np.column_stack([found.counts, found.keys]).ravel().tolist()

    def store(self, rows: Iterable[tuple[Bucket, bytes]]) -> None:
        for bucket, stored in rows:
            self.queue.append(("SADD", self.key("measures"), bucket.measure))
            self.queue.append(("HSET", self.packed_key(bucket.grain, bucket.measure), bucket.start, stored))

    def stored(self, grain: Grain, measure: str, starts: Collection[int]) -> Iterator[tuple[int, bytes]]:
        found = self.some(grain, measure, starts)
        return ((start, packed(column)) for start, column in found.items())

    def some(self, grain: Grain, measure: str, starts: Collection[int]) -> dict[int, Column]:
        """Sorted sets are asked first: what is packed in between is seen twice, not never."""
        sought = sorted(starts)
        if not sought:
            return {}
        sets = [("ZRANGE", self.counts_key(grain, measure, start), 0, -1, "WITHSCORES") for start in sought]
        *live, there = self.server.ask_all([*sets, ("HMGET", self.packed_key(grain, measure), *sought)])
        found = {start: of_set(counts) for start, counts in zip(sought, live, strict=True) if counts}
        return found | {start: unpacked(stored) for start, stored in zip(sought, there, strict=True) if stored is not None}

    def columns(self, grain: Grain, measure: str, since: int, until: int) -> dict[int, Column]:
        return dict(sorted(self.some(grain, measure, [start for start in self.starts(grain, measure) if since <= start < until]).items()))

    def starts(self, grain: Grain, measure: str) -> set[int]:
        live, there = self.server.ask_all([("ZRANGE", self.live_key(grain, measure), 0, -1), ("HKEYS", self.packed_key(grain, measure))])
        return set(map(int, [*live, *there]))

    def measures(self) -> set[str]:
        return {measure.decode() for measure in self.server.ask("SMEMBERS", self.key("measures"))}

    def drop(self, grain: Grain, before: int) -> int:
        gone = {measure: [start for start in self.starts(grain, measure) if start < before] for measure in self.measures()}
        for measure, starts in gone.items():
            if starts:
                sets = [self.counts_key(grain, measure, start) for start in starts]
                self.server.ask_all(
                    [
                        ("DEL", *sets),
                        ("ZREM", self.live_key(grain, measure), *starts),
                        ("HDEL", self.packed_key(grain, measure), *starts),
                    ]
                )
        return sum(map(len, gone.values()))

    def pack(self, now: int) -> int:
        """Packs sorted sets whose time is over; gives their number. Raises Outrun."""
        asked = [(grain, measure) for measure in sorted(self.measures()) for grain in Grain]
        live = self.server.ask_all([("ZRANGE", self.live_key(*kind), "-inf", now - OVER[kind[0]], "BYSCORE") for kind in asked])
        over = [Bucket(grain, int(start), measure) for (grain, measure), starts in zip(asked, live, strict=True) for start in starts]
        for place in range(0, len(over), BATCH):
            self.pack_some(over[place : place + BATCH])
        return len(over)

    def pack_some(self, buckets: Collection[Bucket]) -> None:
        with self.changing() as version:
            found = self.server.ask_all([("ZRANGE", self.counts_key(*bucket_key(bucket)), 0, -1, "WITHSCORES") for bucket in buckets])
            for bucket, counts in zip(buckets, found, strict=True):
                self.store([(bucket, packed(of_set(counts)))])
                self.queue.append(("DEL", self.counts_key(*bucket_key(bucket))))
                self.queue.append(("ZREM", self.live_key(bucket.grain, bucket.measure), bucket.start))
            self.set_version(self.next_version(version))

    # What is remembered of a day

    def runs(self, kind: str, day: int) -> list[Run]:
        """Of each run, length and until are kept beside its content."""
        found = self.server.ask("HGETALL", self.key("runs", kind, day))
        told = zip(found[::2], found[1::2], strict=True)
        return sorted(Run(int(number), *map(int, length_until.split())) for number, length_until in told)

    def read_runs(self, kind: str, day: int, numbers: Collection[int]) -> list[bytes | memoryview]:
        found = self.server.ask("HMGET", self.key("run", kind, day), *numbers) if numbers else []
        return [stored for stored in found if stored is not None]

    def replace_runs(self, kind: str, day: int, numbers: Collection[int], run: Run, stored: bytes) -> None:
        for name in ("runs", "run"):
            if numbers:
                self.queue.append(("HDEL", self.key(name, kind, day), *numbers))
        self.queue.append(("HSET", self.key("runs", kind, day), run.number, f"{run.length} {run.until}"))
        self.queue.append(("HSET", self.key("run", kind, day), run.number, stored))
        self.queue.append(("ZADD", self.key("days"), "GT", run.until, f"{kind}:{day}"))

    def forget(self, now: int) -> None:
        days = [day.decode() for day in self.server.ask("ZRANGE", self.key("days"), "-inf", f"({now}", "BYSCORE")]
        for day in days:
            self.server.ask_all([("DEL", self.key("runs", day), self.key("run", day)), ("ZREM", self.key("days"), day)])
        self.cached.clear()

    def wipe(self) -> None:
        """All counts go, with the commit. What hosts have sent and not been counted for stays."""
        for name in ("counts:*", "live:*", "packed:*", "run:*", "runs:*", "days", "measures", "offsets"):
            self.queue += [("DEL", key) for key in self.server.client.scan_iter(self.key(name), count=1000)]

    # Sources and names

    def offsets(self) -> dict[str, Offset]:
        found = self.server.ask("HGETALL", self.key("offsets"))
        return {source.decode(): Offset(*map(int, offset.split())) for source, offset in zip(found[::2], found[1::2], strict=True)}

    def store_offsets(self, offsets: Mapping[str, Offset], forgotten: Collection[str]) -> None:
        if forgotten:
            self.queue.append(("HDEL", self.key("offsets"), *forgotten))
        self.queue += [("HSET", self.key("offsets"), source, f"{offset.place} {offset.at}") for source, offset in offsets.items()]

    def names(self) -> dict[str, int]:
        return {}

    def store_names(self, names: Mapping[str, int]) -> None:
        if names:
            raise ValueError("a site's articles are pages")

    def close(self) -> None:
        self.server.close()


def bucket_key(bucket: Bucket) -> tuple[Grain, str, int]:
    return bucket.grain, bucket.measure, bucket.start


def of_set(told: list[bytes]) -> Column:
    """From articles and scores as the server gives them, one after another, the least read first."""
    if not told:
        return Column(np.zeros(0, np.uint32), np.zeros(0, np.uint32))
    pairs = np.array(told).astype(np.float64).astype(np.int64).reshape(-1, 2)
    pairs = pairs[np.argsort(pairs[:, 0])]
    return Column(pairs[:, 0].astype(np.uint32), np.minimum(pairs[:, 1], GREATEST).astype(np.uint32))
