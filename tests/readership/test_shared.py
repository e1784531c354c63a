"""Reads of several hosts counted on a Valkey server: the same counts as in a database, each once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawaraban.readership import forwarding, spool
from kawaraban.readership.columns import ACCEPTED, Grain
from kawaraban.readership.days import HOUR, Days
from kawaraban.readership.forwarding import forward
from kawaraban.readership.ranks import ranked
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.server import Server, moved
from kawaraban.readership.spool import Record, Writer, written
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stores.store import Change, Offset, Outrun, Store
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import count_stream
from kawaraban.readership.stretches import by_window
from kawaraban.readership.unreachable import Unreachable
from kawaraban.readership.verdicts import Referrer, Verdict
from tests.servers import SharedServer

pytestmark = pytest.mark.slow
DAYS = Days(ZoneInfo("Asia/Tokyo"))
NOW = 1_780_000_000_000
DAY = 24 * HOUR


class Host:
    """A newsstand's spool."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writer = Writer(folder)
        self.writer.begun = 2 * NOW  # several of one process within a millisecond would have one name

    def take(self, reads: Sequence[Record]) -> None:
        if reads:
            self.writer.append(b"".join(map(written, reads)))

    def forward(self, server: Server, now: int = NOW) -> int:
        return forward(self.folder, server, lambda: now)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path / "spool")
    yield host
    host.writer.close()


@pytest.fixture
def store(server: Server) -> ValkeyStore:
    return ValkeyStore(server)


def count(store: ValkeyStore, now: int = NOW) -> int:
    return count_stream(store.server, store, DAYS, lambda: now)


def accepted(store: Store, grain: Grain = Grain.DAY) -> int:
    return sum(column.total for column in store.columns(grain, ACCEPTED, 0, 3 * NOW).values())


def everything(store: Store) -> dict[tuple[str, str, int], dict[int, int]]:
    kinds = [(grain, measure) for grain in Grain for measure in store.measures()]
    found = ((grain, measure, columns) for grain, measure in kinds for columns in [store.columns(grain, measure, -3 * NOW, 3 * NOW)])
    return {(grain.name, measure, start): column.as_dict() for grain, measure, columns in found for start, column in columns.items()}


def rankings(store: Store, now: int) -> bytes:
    """As they are sent to those who ask for JSON."""
    ranks = {window: ranked(column, 10, lambda keys: dict.fromkeys(keys, ())) for window, column in by_window(store, now, DAYS).items()}
    return json.dumps(ranks).encode()


moments = st.integers(NOW - 40 * DAY, NOW + 2 * DAY) | st.integers(0, 40 * 24).map(lambda hours: NOW - NOW % HOUR - hours * HOUR)
clocks = moments | st.integers(NOW - 5 * HOUR, NOW) | st.sampled_from([0, 2**63])
reads = st.builds(
    Record,
    clocks,
    st.integers(1, 6),
    st.integers(1, 3),
    st.integers(0, 12),
    st.integers(1, 3),
    st.sampled_from([Verdict.ACCEPTED] * 6 + [Verdict.ROBOT, Verdict.REPEATED]).map(int),
    st.sampled_from(list(Referrer)).map(int),
    st.just(0),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(st.lists(reads, max_size=40), st.integers(0, 3 * HOUR)), max_size=6), packs=st.booleans())
def test_same_counts_and_rankings_as_in_a_database(server: Server, rounds: list[tuple[list[Record], int]], packs: bool) -> None:
    server.ask("FLUSHALL")
    with tempfile.TemporaryDirectory() as name:
        here, there = Host(Path(name) / "here"), Host(Path(name) / "there")
        database, shared = SqliteStore(Path(name)), ValkeyStore(server)
        now = NOW - 30 * DAY
        for records, later in rounds:
            now += later
            here.take(records)
            there.take(records)
            roll_up(here.folder, database, DAYS, lambda now=now: now)
            there.forward(server, now)
            count(shared, now)
            if packs:
                shared.pack(now)
        assert everything(shared) == everything(database)
        assert [rankings(shared, at) for at in (now, now + 5 * DAY)] == [rankings(database, at) for at in (now, now + 5 * DAY)]
        for found in (here.writer, there.writer, database):
            found.close()


def test_each_read_is_sent_and_counted_once(host: Host, store: ValkeyStore) -> None:
    host.take([Record(NOW - number, number, 1, number % 7) for number in range(30_000)])
    assert (host.forward(store.server), count(store)) == (30_000, 30_000)
    host.take([Record(NOW, 40_000, 1, 3)])
    assert (host.forward(store.server), host.forward(store.server), count(store), count(store)) == (1, 0, 1, 0)
    assert [accepted(store, grain) for grain in Grain] == [30_001] * 3
    assert store.server.ask("XLEN", store.key("reads")) == 0


def test_reader_of_two_hosts_counts_once(tmp_path: Path, store: ValkeyStore) -> None:
    hosts = [Host(tmp_path / name) for name in ("one", "other")]
    for number, found in enumerate(hosts):
        found.take([Record(NOW - 5000, reader, 1, 9) for reader in range(number * 50, number * 50 + 100)])
        assert found.forward(store.server) == 100
    assert (count(store), accepted(store)) == (200, 150)
    for found in hosts:
        found.writer.close()


def test_hosts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    hosts = [Host(tmp_path / name) for name in ("one", "other")]
    for found in hosts:
        found.take([Record(NOW, 1, 1, 1)])
        found.writer.close()
    one, other = ({file.name for file in spool.files(found.folder)} for found in hosts)
    assert len(one) == len(other) == 1 and not one & other


def test_two_forwarders_send_each_read_once(host: Host, store: ValkeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "SIZE", 40 * spool.BYTES)
    host.take([Record(NOW - number, number, 1, number % 7) for number in range(20_000)])
    sent: list[int] = []
    threads = [threading.Thread(target=lambda: sent.append(host.forward(store.server))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count(store)
    assert (sum(sent), accepted(store)) == (20_000, 20_000)


def test_file_stays_until_the_server_has_surely_saved_it(host: Host, server: Server) -> None:
    host.take([Record(NOW, 1, 1, 1)])
    host.forward(server)
    host.forward(server, NOW + 2 * forwarding.KEPT)
    assert len(spool.files(host.folder)) == 1, "a newsstand may write to it still"
    host.writer.close()
    host.forward(server, NOW + forwarding.KEPT - 1)
    assert len(spool.files(host.folder)) == 1
    host.forward(server, NOW + forwarding.KEPT + 1)
    assert (spool.files(host.folder), server.ask("HLEN", server.key("sent"))) == ([], 0)


def test_reads_wait_here_while_nobody_counts_there(host: Host, store: ValkeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "GREATEST", 100_000)
    host.take([Record(NOW, number, 1, 1) for number in range(30_000)])
    assert 0 < host.forward(store.server) < 30_000
    while count(store):
        host.forward(store.server)
    assert accepted(store) == 30_000


def test_damaged_record_holds_up_nobody(host: Host, store: ValkeyStore) -> None:
    host.take([Record(NOW, number, 1, 1) for number in range(20_000)])
    (file,) = spool.files(host.folder)
    with file.open("r+b") as opened:
        opened.seek(forwarding.SIZE)
        opened.write(bytes(forwarding.SIZE))
    host.forward(store.server)
    count(store)
    assert accepted(store) == 20_000 - forwarding.SIZE // spool.BYTES


def test_what_is_over_is_packed_and_read_alike(host: Host, store: ValkeyStore) -> None:
    host.take([Record(NOW - number * 7_000_000, number, 1, number % 7) for number in range(300)])
    forward(host.folder, store.server, lambda: NOW)
    count(store)
    before, most = everything(store), rankings(store, NOW)
    live = len(store.server.ask("KEYS", "*:counts:*"))
    assert store.pack(NOW + 3 * DAY) == live > 0
    assert store.server.ask("KEYS", "*:counts:*") == []
    assert (everything(store), rankings(store, NOW)) == (before, most)
    host.take([Record(NOW - number * 7_000_000, number + 1000, 1, 2) for number in range(300)])
    host.forward(store.server)
    count(store)
    assert accepted(store) == 600


@pytest.fixture
def own_server() -> Iterator[SharedServer]:
    found = SharedServer()
    found.start()
    yield found
    found.close()


class Hammer(threading.Thread):
    """Does something again and again, as a process would that is restarted; what it meets is kept."""

    def __init__(self, deed: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.deed, self.is_over = deed, False
        self.met: list[Unreachable] = []

    def run(self) -> None:
        while not self.is_over:
            try:
                self.deed()
            except Unreachable as error:
                self.met.append(error)
                time.sleep(0.02)
            time.sleep(0.002)

    def end(self) -> None:
        self.is_over = True
        self.join(30)


def test_server_that_is_killed_and_away_loses_nothing(tmp_path: Path, own_server: SharedServer) -> None:
    hosts = [Host(tmp_path / name) for name in ("one", "other")]
    store = ValkeyStore(Server(own_server.address, "test"))
    taken = iter(range(10**9))

    def take() -> None:
        for found in hosts:
            found.take([Record(NOW, next(taken), 1, 1) for _ in range(50)])

    hammers = [Hammer(take), *(Hammer(lambda found=found: found.forward(store.server)) for found in hosts), Hammer(lambda: count(store))]
    for hammer in hammers:
        hammer.start()
    chance = random.Random(3)
    for _ in range(6):
        time.sleep(chance.uniform(0.1, 0.5))
        own_server.end(signal.SIGKILL)
        time.sleep(chance.uniform(0.1, 0.5))
        own_server.start()
    for hammer in hammers:
        hammer.end()
    for found in hosts:
        found.forward(store.server)
        found.writer.close()
    count(store)
    assert all(hammer.met for hammer in hammers[1:])
    assert [accepted(store, grain) for grain in Grain] == [next(taken)] * 3


def test_server_that_comes_back_as_it_was_is_told_again(tmp_path: Path, host: Host, own_server: SharedServer) -> None:
    store = ValkeyStore(Server(own_server.address, "test"))
    for first in (0, 100, 200):
        host.take([Record(NOW, reader, 1, 1) for reader in range(first, first + 100)])
        host.forward(store.server)
        if first != 200:
            count(store)
        if first == 0:
            own_server.end()
            shutil.copytree(own_server.folder / "appendonlydir", tmp_path / "saved")
            own_server.start()
    own_server.end(signal.SIGKILL)
    shutil.rmtree(own_server.folder / "appendonlydir")
    shutil.copytree(tmp_path / "saved", own_server.folder / "appendonlydir")
    own_server.start()
    store = ValkeyStore(Server(own_server.address, "test"))
    assert accepted(store) == 100
    assert (host.forward(store.server), count(store), accepted(store)) == (200, 200, 300)


FORWARDER = """
import sys
from pathlib import Path
from kawaraban.readership import forwarding
from kawaraban.readership.server import Server
forwarding.SIZE = 2000
server = Server(sys.argv[1], "test")
print("ready", flush=True)
while forwarding.forward(Path(sys.argv[2]), server, lambda: 1_780_000_000_000):
    pass
"""
WORKER = """
import sys
from zoneinfo import ZoneInfo
from kawaraban.readership import stream
from kawaraban.readership.days import Days
from kawaraban.readership.server import Server
from kawaraban.readership.stores.valkey import ValkeyStore
stream.AT_ONCE = 2
store = ValkeyStore(Server(sys.argv[1], "test"))
print("ready", flush=True)
while stream.count_stream(store.server, store, Days(ZoneInfo("Asia/Tokyo")), lambda: 1_780_000_000_000):
    pass
"""


def run_killed(script: str, *arguments: str) -> int:
    """Runs a script to its end, killed at random moments before; gives how often."""
    chance, kills = random.Random(script), 0
    while True:
        process = subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        if kills < 12 and process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        code = process.wait()
        process.stdout.close()
        if code == 0:
            return kills


def test_killed_forwarder_and_worker_count_each_read_once(host: Host, shared_server: SharedServer, store: ValkeyStore) -> None:
    host.take([Record(NOW - number % HOUR, number, 1, number % 50) for number in range(20_000)])
    assert run_killed(FORWARDER, shared_server.address, str(host.folder)) > 3
    assert run_killed(WORKER, shared_server.address) > 3
    assert [accepted(store, grain) for grain in Grain] == [20_000] * 3


def test_commit_that_another_overtakes_is_refused(store: ValkeyStore) -> None:
    other = ValkeyStore(store.server)
    with pytest.raises(Outrun), store.changing() as version:
        store.set_version(version + 1)
        other.commit(Change(offsets={"a": Offset(1, 2)}), other.version())
    assert store.version() == other.version() > 1


def test_server_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path, host: Host) -> None:
    host.take([Record(NOW, 1, 1, 1)])
    with pytest.raises(Unreachable) as told:
        host.forward(Server(f"unix://{tmp_path / 'none'}", "test"))
    assert str(tmp_path / "none") in str(told.value) and "\n" not in str(told.value)
    assert Server("valkey://me:secret@127.0.0.1:1/0", "test").shown == "valkey://127.0.0.1:1/0"


def test_full_server_takes_a_commit_whole_or_not(host: Host, store: ValkeyStore) -> None:
    host.take([Record(NOW, number, number, number) for number in range(5000)])
    host.forward(store.server)
    store.server.ask("CONFIG", "SET", "maxmemory", "1")
    try:
        with pytest.raises(Unreachable, match="memory"):
            count(store)
        with pytest.raises(Unreachable, match="memory"):
            host.take([Record(NOW, 9999, 1, 1)])
            host.forward(store.server)
    finally:
        store.server.ask("CONFIG", "SET", "maxmemory", "0")
    assert accepted(store) == 0
    host.forward(store.server)
    assert (count(store), accepted(store)) == (5001, 5001)


def test_address_at_another_host_of_a_cluster() -> None:
    assert moved("valkeys://me:secret@one:6379/0", "two", 7000) == "valkeys://me:secret@two:7000/0"
    assert moved("redis://one", "::1", 6379) == "redis://[::1]:6379"


@pytest.mark.parametrize("kind", ["redis"])
def test_debians_redis_does_as_well(host: Host, kind: str) -> None:
    found = SharedServer(kind)
    try:
        found.start()
        store = ValkeyStore(Server(found.address, "test"))
        host.take([Record(NOW - number, number, 1, number % 7) for number in range(3000)])
        assert (host.forward(store.server), count(store), accepted(store)) == (3000, 3000, 3000)
        assert store.pack(NOW + 3 * DAY) > 0
        assert accepted(store) == 3000
        store.forget(NOW + 9 * DAY)
        assert len(store.readers(DAYS.day(NOW))) == 0
    finally:
        found.close()
