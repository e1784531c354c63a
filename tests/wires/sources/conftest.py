"""An agency's server in a thread, and what a source in the tests may take."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kawaraban.wires.sources.connecting import Limits

HERE = "127.0.0.1"
Answer = Callable[[BaseHTTPRequestHandler], None]
LIMITS = Limits(size=100_000, seconds=5.0, patience=2.0, allowed=(HERE,))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    answer: Answer
    asked: list[tuple[str, dict[str, str]]]

    def address(self, path: str = "/feed.xml") -> str:
        return f"http://{HERE}:{self.server_address[1]}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has hung up, as some tests want it."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answer(self)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def give(handler: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        if value:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[Server]:
    made = Server((HERE, 0), handler)
    made.asked, made.answer = [], lambda handler: give(handler, b"copy", Content_Type="text/plain")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Handler) as made:
        yield made
