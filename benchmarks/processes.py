"""Servers as child processes: started, waited for, ended by their own number."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import psutil

from benchmarks.homes import ROOT

FIRST_PORT, PORTS = 9200, 400
START_SECONDS, STOP_SECONDS = 60.0, 8.0
taken: set[int] = set()


class Unstarted(Exception):
    """A server did not answer in time; its last lines say why."""


def free_port() -> int:
    """Looked for from a place that depends on this process: two runs beside each other would find the same one free."""
    start = os.getpid() * 8 % PORTS
    for step in range(PORTS):
        port = FIRST_PORT + (start + step) % PORTS
        if port in taken:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        taken.add(port)
        return port
    raise Unstarted(f"no port is free between {FIRST_PORT} and {FIRST_PORT + PORTS - 1}")


class Server:
    """In a with statement: it answers at path when the block begins, and is gone after it."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, port: int = 0, *, path: str = "/", more: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.command, self.port, self.path, self.log = name, list(command), port, path, log
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("KAWARABAN_", "DJANGO_"))}
        self.environment = {**clean, "PYTHONPATH": str(ROOT), **(more or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(  # noqa: S603
                self.command, cwd=ROOT, env=self.environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            self.wait()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                raise Unstarted(f"{self.name} ended at once: {self.last_lines()}")
            if not self.port or answers(self.port, self.path):
                return
            time.sleep(0.05)
        raise Unstarted(f"{self.name} did not answer: {self.last_lines()}")

    def last_lines(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace").strip()[-400:]

    def end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        family = [*children(process.pid), psutil.Process(process.pid)] if process.poll() is None else []
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for child in family:
            if child.is_running() and child.pid != process.pid:
                child.kill()

    def resident(self) -> int:
        """Bytes of the worker process: the largest of what this server runs."""
        if self.process is None:
            return 0
        return max(found.memory_info().rss for found in [psutil.Process(self.process.pid), *children(self.process.pid)])


def children(pid: int) -> list[psutil.Process]:
    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def kawaraban(home: Path, process: str, port: int, desk_port: int, *, path: str = "/") -> Server:
    """newsstand, desk or worker of a home."""
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), process]
    answered = {"newsstand": port, "desk": desk_port}.get(process, 0)
    more = {"KAWARABAN_PORT": str(port), "KAWARABAN_DESK_PORT": str(desk_port)}
    return Server(process, command, home / f"{process}.log", answered, path=path, more=more)
