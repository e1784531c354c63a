"""A home whose edition is filled by hand, a newsstand that answers from it, and a desk that only says so."""

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kawaraban.conf import Configuration, load
from kawaraban.press.edition import Edition, MissingSlots
from kawaraban.press.marks import cut, folded, mark
from kawaraban.press.sheet import Sheet

ROOT = Path(__file__).parents[2]
HTML = "text/html; charset=utf-8"
POLICY = "default-src 'none'; img-src 'self'"
WORD = "word"
SLOTS = {"masthead": b"<header>first</header>", "wire": b"<ul>first</ul>"}
SERVE = """
import sys
from kawaraban.newsstand.listening import OneSocket
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from kawaraban.newsstand import loop
OneSocket(sys.argv[1], factory=True, port=int(sys.argv[2]), interface=Interfaces.RSGI, loop=loop.register(), http=HTTPModes.http1, websockets=False,
        workers=int(sys.argv[3]), backlog=2048, log_level=LogLevels.warning, workers_kill_timeout=2).serve()
"""


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return found


def make_home(folder: Path, readership: str = "", **serve: object) -> Configuration:
    """readership: lines of that table."""
    port, desk_port = free_ports(2)
    told = {"port": port, "desk_port": desk_port, **serve}
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in told.items())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kawaraban.toml").write_text(f'[secrets]\nkey = "a key"\n[serve]\n{lines}\n[readership]\n{readership}\n')
    return load(folder)


class Press:
    """Files pages by hand."""

    def __init__(self, folder: Path) -> None:
        self.open(folder)

    def open(self, folder: Path) -> None:
        self.edition = Edition(folder, syncs=False)
        self.generation = self.edition.begin("first", POLICY)
        self.slots(**SLOTS)

    def slots(self, **html: bytes) -> None:
        self.edition.file_slots([(name, text, frozenset()) for name, text in html.items()], self.edition.changes(), self.generation)

    def file(self, address: str, text: str = "page", status: int = 200, mime: str = HTML, location: str = "") -> None:
        """{masthead} and {wire} in the text stand for the slots."""
        for name in SLOTS:
            text = text.replace(f"{{{name}}}", mark(WORD, name))
        sheet = Sheet(status, mime, folded(cut(text, WORD)), frozenset(), location=location)
        try:
            self.edition.file(address, sheet, self.edition.changes(), self.generation)
        except MissingSlots:
            self.slots(**SLOTS)
            self.edition.file(address, sheet, self.edition.changes(), self.generation)


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Running:
    """A newsstand in processes of its own."""

    config: Configuration
    target: str = "kawaraban.newsstand.app:application"
    workers: int = 1
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Running":
        self.log = (self.config.home / "newsstand.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, self.target, str(self.port), str(self.workers)],
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "KAWARABAN_HOME": str(self.config.home)},
            stdout=self.log,
            stderr=self.log,
        )
        self.wait()
        return self

    def wait(self) -> None:
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.03)
            else:
                return
        raise AssertionError(self.said)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(10)
        self.log.close()

    @property
    def port(self) -> int:
        return self.config.serve.port

    @property
    def said(self) -> str:
        return (self.config.home / "newsstand.log").read_text()

    @property
    def pids(self) -> list[int]:
        """The processes that answer."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, **headers)

    def raw(self, data: bytes, *, seconds: float = 5.0) -> bytes:
        """Everything that comes back for some bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            found = b""
            while chunk := connection.recv(1 << 16):
                found += chunk
            return found


@dataclass
class FakeDesk:
    """Prints what it is told to have; counts what it was asked for."""

    config: Configuration
    press: Press
    has: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    forms: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    pause: float = 0.0
    search_pause: float = 0.0
    status: int = 200
    searches: list[tuple[str, str]] = field(default_factory=list)
    found: str = "<main>{q}</main>{wire}"  # what is answered to a search; {wire} stands for the slot, {q} for what was asked
    keeps_searches: bool = True
    server: ThreadingHTTPServer | None = None

    def start(self) -> "FakeDesk":
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(desk.search_pause if self.path == "/-/search" and desk.search_pause else desk.pause)
                status, mime, answer = desk.answer(self.path, body, dict(self.headers))
                self.send_response(status)
                self.send_header("Content-Type", mime)
                if self.path == "/-/search":
                    self.send_header("X-Kawaraban-Word", WORD)
                    self.send_header("Cache-Control", "public" if desk.keeps_searches else "no-store")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 100

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", self.config.serve.desk_port), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def answer(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        if path.startswith("/-/push/"):
            self.forms.append((body, headers))
            return 202, "application/json", b"{}"
        if headers.get("Authorization") != f"Bearer {self.config.token}":
            return 403, "text/plain", b""
        if path == "/-/search":
            asked = json.loads(body)
            self.searches.append((asked["path"], asked["query"]))
            return self.status, HTML, self.found.replace("{q}", asked["query"]).replace("{wire}", mark(WORD, "wire")).encode()
        if path == "/-/newsletter":
            self.forms.append((body, headers))
            return 422, HTML, "<p>そのアドレスは使えません".encode()
        address = json.loads(body)["address"]
        self.asked[address] += 1
        if self.status == 200 and address in self.has:
            self.press.file(address, self.has[address])
        return self.status, "application/json", json.dumps({"printed": address in self.has}).encode()


@dataclass
class Magazine:
    config: Configuration
    press: Press
    desk: FakeDesk
    running: Running

    def get(self, path: str, **headers: str) -> Answered:
        return self.running.get(path, **headers)


def magazine_at(folder: Path, workers: int = 1, **serve: object) -> Iterator[Magazine]:
    config = make_home(folder, **serve)
    press = Press(config.edition)
    press.file("/", "front{wire}")
    press.file("!503", "printed: not now", status=503)
    press.file("!404", "printed: not found", status=404)
    found = Magazine(config, press, FakeDesk(config, press).start(), Running(config, workers=workers).start())
    yield found
    found.running.stop()
    found.desk.stop()
    press.edition.close()
    assert "Traceback" not in found.running.said


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    """One for all tests of a module: each asks for addresses of its own."""
    yield from magazine_at(tmp_path_factory.mktemp("newsstand") / "home")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """These rooms know no Django, and so none of its caches."""


@pytest.fixture
def magazine_of_its_own(tmp_path: Path) -> Iterator[Callable[..., Magazine]]:
    """Makes one with settings of its own, or with more processes, or that a test may break."""
    made: list[Iterator[Magazine]] = []

    def make(workers: int = 1, **serve: object) -> Magazine:
        made.append(magazine_at(tmp_path / f"home-{len(made)}", workers, **serve))
        return next(made[-1])

    yield make
    for found in made:
        assert next(found, None) is None


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    found = Press(tmp_path / "edition")
    yield found
    found.edition.close()


@pytest.fixture
def config(tmp_path: Path) -> Configuration:
    return make_home(tmp_path)


@pytest.fixture
def until() -> Callable[..., None]:
    """Waits for a claim to hold."""

    def wait(claim: Callable[[], bool], seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not claim():
            assert time.monotonic() < end
            time.sleep(0.02)

    return wait
