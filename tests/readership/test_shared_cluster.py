"""A cluster keeps all keys of a magazine on one of its hosts, and whoever asks another one finds it."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from valkey import Valkey
from valkey.exceptions import ValkeyError

from kawaraban.readership.columns import ACCEPTED, Grain
from kawaraban.readership.days import Days
from kawaraban.readership.forwarding import forward
from kawaraban.readership.server import Server
from kawaraban.readership.spool import Record, Writer, written
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import count_stream
from tests.servers import KINDS, program

pytestmark = pytest.mark.slow
NOW = 1_780_000_000_000
SLOTS = [(0, 8191), (8192, 16383)]


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in found]


def is_well(client: Valkey) -> bool:
    return b"cluster_state:ok" in client.execute_command("CLUSTER", "INFO")


def wait(claim: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < until
        time.sleep(0.05)


def answers(client: Valkey) -> bool:
    try:
        return bool(client.ping())
    except ValkeyError:
        return False


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two hosts, each with half of the keys."""
    if (found := program("valkey")) is None:
        pytest.skip(KINDS["valkey"])
    ports = free_ports(4)
    pairs = list(zip(ports[::2], ports[1::2], strict=True))
    processes = []
    for port, bus in pairs:
        (folder := tmp_path / str(port)).mkdir()
        given = ["--port", port, "--cluster-port", bus, "--cluster-enabled", "yes", "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        processes.append(subprocess.Popen([found, *map(str, given)], stdout=subprocess.DEVNULL))
    clients = [Valkey(port=port) for port, _ in pairs]
    for client, slots in zip(clients, SLOTS, strict=True):
        wait(lambda client=client: answers(client))
        client.execute_command("CLUSTER", "ADDSLOTSRANGE", *slots)
    clients[0].execute_command("CLUSTER", "MEET", "127.0.0.1", *pairs[1])
    for client in clients:
        wait(lambda client=client: is_well(client))
    yield [port for port, _ in pairs]
    for client in clients:
        client.close()
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_any_host_of_a_cluster_may_be_named(tmp_path: Path, cluster: list[int]) -> None:
    days = Days(ZoneInfo("Asia/Tokyo"))
    for place, port in enumerate(cluster):
        writer = Writer(tmp_path / f"spool-{place}")
        writer.append(b"".join(written(Record(NOW, 100 * place + reader, 1, 7)) for reader in range(100)))
        sender, store = Server(f"valkey://127.0.0.1:{port}", "magazine"), ValkeyStore(Server(f"valkey://127.0.0.1:{port}", "magazine"))
        assert forward(writer.folder, sender, lambda: NOW) == 100
        assert count_stream(store.server, store, days, lambda: NOW) == 100
        assert sum(column.total for column in store.columns(Grain.DAY, ACCEPTED, 0, 2 * NOW).values()) == 100 * (place + 1)
        store.close()
        sender.close()
        writer.close()
