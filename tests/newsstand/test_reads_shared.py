"""Two hosts that answer readers, each with a home of its own, and one server that counts for both."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kawaraban.readership import tokens
from kawaraban.readership.columns import ACCEPTED, Grain
from kawaraban.readership.days import Days
from kawaraban.readership.server import Server
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import count_stream
from kawaraban.readership.verdicts import Verdict
from tests.newsstand.conftest import ROOT, Magazine
from tests.servers import SharedServer

pytestmark = pytest.mark.slow
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
DAYS = Days(ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def counts() -> Iterator[SharedServer]:
    found = SharedServer()
    found.start()
    yield found
    found.close()


def forwarder(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "forwarder"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True)


def read(magazine: Magazine, article: int) -> int:
    key = magazine.config.reads_key
    token = tokens.token(key, int(time.time()) // 3600)
    return magazine.running.ask("POST", f"/-/read?{tokens.seal(key, article)}.{token}.", **{"User-Agent": AGENT}).status


def are_shared(folders: list[Path]) -> bool:
    """Whether all hosts have the same salts for today and tomorrow."""
    found = [{file.name: file.read_bytes() for file in folder.glob("salt-*")} for folder in folders]
    return len(found[0]) == 2 and all(salts == found[0] for salts in found)


def counted(store: ValkeyStore) -> tuple[dict[int, int], int]:
    """Accepted by article, and repeated."""
    count_stream(store.server, store, DAYS, lambda: time.time_ns() // 1_000_000)
    accepted, repeated = (store.columns(Grain.DAY, measure, 0, 1 << 50).values() for measure in (ACCEPTED, Verdict.REPEATED.measure))
    return {key: reads for column in accepted for key, reads in column.as_dict().items()}, sum(column.total for column in repeated)


def test_reader_of_two_hosts_is_one(magazine_of_its_own: Callable[..., Magazine], until: Callable[..., None], counts: SharedServer) -> None:
    table = f'engine = "valkey"\nvalkey = "{counts.address}"'
    hosts = [magazine_of_its_own(readership=table) for _ in range(2)]
    forwarders = [forwarder(found.config.home) for found in hosts]
    store = ValkeyStore(Server(counts.address, "kawaraban"))
    folders = [found.config.reads for found in hosts]
    until(lambda: are_shared(folders), 20.0)
    time.sleep(1.5)  # a newsstand looks once a second
    assert [read(found, article) for found in hosts for article in (1, 2)] == [204] * 4
    until(lambda: counted(store) == ({1: 1, 2: 1}, 2), 10.0)
    counts.end(signal.SIGKILL)
    assert [read(found, 3) for found in hosts] == [204, 204]
    time.sleep(2.5)
    assert {"kawaraban_reads_unsent 1"} <= set(hosts[0].get("/metrics").body.decode().splitlines())
    counts.start()
    until(lambda: counted(store) == ({1: 1, 2: 1, 3: 1}, 3), 10.0)
    assert read(hosts[0], 4) == 204
    for found in forwarders:
        found.terminate()
    said = [found.communicate(timeout=20)[1] for found in forwarders]
    assert [found.returncode for found in forwarders] == [0, 0]
    assert counted(store)[0] == {1: 1, 2: 1, 3: 1, 4: 1}
    for sentences, found in zip(said, hosts, strict=True):
        away, back = sentences.splitlines()
        assert str(found.config.reads / "spool") in away and "sent again" in back


def test_forwarder_has_nothing_to_do_with_a_database(magazine_of_its_own: Callable[..., Magazine]) -> None:
    found = forwarder(magazine_of_its_own().config.home)
    assert (found.communicate(timeout=20)[1].count("\n"), found.returncode) == (1, 1)
