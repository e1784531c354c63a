"""`kawaraban serve` as it is run: a process with three children, on free ports."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kawaraban import serving

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving") / "home"
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(folder)], env=environment(), check=True, capture_output=True, timeout=120)
    return folder


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [found.getsockname()[1] for found in sockets]
    for found in sockets:
        found.close()
    return ports


def serve(home: Path, readers: int, desk: int, name: str = "serve") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kawaraban", "--home", str(home), name],
        env=environment(KAWARABAN_PORT=str(readers), KAWARABAN_DESK_PORT=str(desk)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


class Running:
    """A magazine that is being served."""

    def __init__(self, home: Path) -> None:
        self.ports = free_ports(2)
        self.process = serve(home, *self.ports)
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Stop with"):
                break

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def status(self, port: int, path: str = "/") -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def comes_back(self, port: int, seconds: float = 30) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.status(port) == 200:
                return True
            time.sleep(0.2)
        return False


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    found = Running(home)
    yield found
    if found.process.poll() is None:
        found.process.terminate()
    found.process.communicate(timeout=15)


def test_readers_and_desk_are_answered(running: Running) -> None:
    readers, desk = running.ports
    assert running.said[0] == f"Readers: http://127.0.0.1:{readers}/"
    assert [running.status(readers), running.status(readers, "/nothing"), running.status(readers, "/desk/")] == [200, 404, 404]
    assert [running.status(desk, "/desk/login/"), running.status(desk, "/static/wagtailadmin/css/core.css")] == [200, 200]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serving_ends_within_five_seconds_and_leaves_nothing(running: Running, number: int) -> None:
    family = running.family()
    assert len(family) >= 3
    started = time.monotonic()
    running.process.send_signal(number)
    assert running.process.wait(10) == 0
    assert time.monotonic() - started < 5
    assert psutil.wait_procs(family, timeout=1)[1] == []


@pytest.mark.parametrize("name", ["newsstand", "desk"])
def test_killed_child_comes_back(running: Running, name: str) -> None:
    port = running.ports[0 if name == "newsstand" else 1]
    child = next(found for found in running.family() if found.cmdline()[-1] == name)
    os.killpg(child.pid, signal.SIGKILL)
    assert running.comes_back(port)
    assert running.process.poll() is None


@pytest.mark.parametrize("name", ["newsstand", "desk"])
def test_child_killed_alone_takes_what_it_started_with_it(running: Running, name: str) -> None:
    """Else that would keep the port, and answer on until it dies without anybody to start it again."""
    port = running.ports[0 if name == "newsstand" else 1]
    child = next(found for found in running.family() if found.cmdline()[-1] == name)
    orphans = child.children(recursive=True)
    child.kill()
    assert orphans and psutil.wait_procs(orphans, timeout=5)[1] == []
    assert running.comes_back(port)
    assert any(found.cmdline()[-1] == name for found in running.family())


def test_killed_supervisor_leaves_nothing(running: Running) -> None:
    family = running.family()
    running.process.kill()
    assert psutil.wait_procs(family, timeout=8)[1] == []


@pytest.mark.parametrize(("name", "place"), [("serve", 0), ("serve", 1), ("newsstand", 0), ("desk", 1)])
def test_taken_port_is_one_sentence(home: Path, name: str, place: int) -> None:
    ports = free_ports(2)
    with socket.create_server(("127.0.0.1", ports[place])):
        process = serve(home, *ports, name=name)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert len(said.strip().splitlines()) == 1 and f"port {ports[place]}" in said
    assert ("KAWARABAN_PORT=" if place == 0 else "KAWARABAN_DESK_PORT=") in said


def test_free_port_is_no_fault() -> None:
    serving.ensure_free("127.0.0.1", free_ports(1)[0], "KAWARABAN_PORT")


def test_port_of_another_machine_is_a_sentence() -> None:
    with pytest.raises(serving.Unservable, match="KAWARABAN_PORT="):
        serving.ensure_free("192.0.2.1", 8000, "KAWARABAN_PORT")
