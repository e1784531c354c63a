"""Processes: the supervisor of `kawaraban serve`, and what each of its children does."""

import contextlib
import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from kawaraban.conf import VALKEY, Configuration, load

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0
START_SECONDS = 60.0
LONGEST_PAUSE = 30.0
AT_ONCE = ("newsstand", "desk")  # the worker follows when the desk has brought the database up to date


class Unservable(Exception):
    """Why it can't be served, as a sentence."""


def ensure_free(host: str, port: int, variable: str) -> None:
    """Raises Unservable when something else answers on a port, or when it may not be opened."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unservable(
                f"port {port} on {host} can't be used: {error.strerror}. Stop what uses it, or choose another port: {variable}={port + 10}."
            ) from error


def serve_desk(found: Configuration) -> None:
    """Answers editors, and what the newsstand asks, until SIGTERM or SIGINT. Django is set up."""
    ensure_free(found.serve.host, found.serve.desk_port, "KAWARABAN_DESK_PORT")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "kawaraban.wsgi:application",
        address=found.serve.host,
        port=found.serve.desk_port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        workers_kill_timeout=int(STOP_SECONDS) - 1,
        respawn_failed_workers=True,
    ).serve()


def serve_readers(home: Path, found: Configuration, workers: int | None = None) -> None:
    """Answers readers until SIGTERM or SIGINT; SIGHUP starts its processes anew, one after another. No Django."""
    ensure_free(found.serve.host, found.serve.port, "KAWARABAN_PORT")
    os.environ["KAWARABAN_HOME"] = str(home.resolve())
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    from kawaraban.newsstand import loop
    from kawaraban.newsstand.listening import OneSocket

    OneSocket(
        "kawaraban.newsstand.app:application",
        factory=True,
        address=found.serve.host,
        port=found.serve.port,
        interface=Interfaces.RSGI,
        loop=loop.register(),
        http=HTTPModes.http1,
        websockets=False,
        workers=workers or found.serve.workers,
        backlog=2048,
        log_level=LogLevels.warning,
        workers_kill_timeout=int(STOP_SECONDS) - 1,
        respawn_failed_workers=True,
    ).serve()


def work(found: Configuration) -> None:
    """Publishes and withdraws what is due, every second, and prints in between, until SIGTERM or SIGINT. Django is set up."""
    import lmdb
    from django.core.management import call_command
    from django.db import close_old_connections
    from django.db.utils import Error
    from django.utils import timezone

    from kawaraban.pages.alarms import beat
    from kawaraban.pages.printer import printer, seconds
    from kawaraban.pages.tail import Tail
    from kawaraban.press.edition import Outdated
    from kawaraban.press.room import EditionFull
    from kawaraban.readership.turn import Turn as Reads
    from kawaraban.search.site.keeping import Keeper
    from kawaraban.wires.sources.watch import Watch
    from kawaraban.wires.turn import Turn

    stop = stopping()
    tail, wires, reads, second = Tail(), Turn(), Reads(), seconds(0)
    watch, keeper = Watch(), Keeper()
    watch.start()
    keeper.start()
    while not stop.is_set():
        try:
            if second():
                second = seconds(1.0)
                beat(found)
                call_command("publish_scheduled", verbosity=0)
                close_old_connections()
            wires(timezone.now(), seconds(0.5))
            reads(timezone.now(), seconds(0.5))
            press = printer()
            seen = press.edition.epoch.seen()
            if tail.turn(press, stop, either(second, wires.is_called)):
                continue
            over = seconds(0.1) if press.edition.due(1) else second
            while not stop.is_set() and not over() and press.edition.epoch.seen() == seen and not wires.is_called():
                stop.wait(0.02)
        except Error as error:
            say_and_wait(f"the database did not answer: {error}", stop)
        except (EditionFull, lmdb.Error, OSError) as error:
            say_and_wait(f"{error}", stop)
        except Outdated:
            say_and_wait("a later release or theme is being printed; this worker should be started again.", stop)
        except Exception:
            log.exception("the worker met what it did not expect and goes on")
            stop.wait(5.0)
    watch.end()
    keeper.end()


def stopping() -> threading.Event:
    """Set when this process is asked to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def forward(found: Configuration) -> None:
    """Sends what this host's newsstand took to the server that all hosts share, until SIGTERM or SIGINT. No Django."""
    from kawaraban.readership import forwarder  # with a library that only readership.engine = "valkey" needs

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    forwarder.run(found, stop)


def either(one: Callable[[], bool], other: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: one() or other()


def say_and_wait(sentence: str, stop: threading.Event) -> None:
    print(f"kawaraban worker: {sentence} Trying again.", file=sys.stderr)
    stop.wait(5.0)


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    started: float
    pause: float = 0.5


def start(name: str, home: Path) -> Child:
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), name]
    return Child(name, subprocess.Popen(command, preexec_fn=end_with_parent, start_new_session=True), time.monotonic())  # noqa: S603


def end_with_parent() -> None:
    """Linux: a child gets SIGTERM when the supervisor is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def supervise(home: Path, say: Callable[[str], None], greeting: str = "") -> int:
    """Runs newsstand, desk, worker and what else is set up, restarts the one that dies, ends all on SIGTERM or SIGINT.

    Returns the exit code. Raises ConfigurationError or Unservable before anything is started.
    """
    found = load(home.resolve())
    ensure_free(found.serve.host, found.serve.port, "KAWARABAN_PORT")
    ensure_free(found.serve.host, found.serve.desk_port, "KAWARABAN_DESK_PORT")
    stop = threading.Event()

    def stop_on(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_on)
    forwarder = ("forwarder",) if found.readership.engine == VALKEY else ()
    children = [start(name, home) for name in (*forwarder, *AT_ONCE)]
    try:
        if await_answers(found, stop):
            children.append(start("worker", home))
            announce(found, say, greeting)
            keep_running(children, home, stop, say)
            return 0
        if not stop.is_set():
            say(f"Nothing answered within {START_SECONDS:.0f} seconds; stopping.")
        return 0 if stop.is_set() else 1
    finally:
        end(children)


def await_answers(found: Configuration, stop: threading.Event) -> bool:
    """True when readers and desk both answer; False when stopped before, or too late."""
    addresses = [f"http://{found.serve.host}:{port}/" for port in (found.serve.port, found.serve.desk_port)]
    until = time.monotonic() + START_SECONDS
    while addresses and time.monotonic() < until and not stop.wait(0.1):
        if answers(addresses[0]):
            addresses.pop(0)
    return not addresses


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def announce(found: Configuration, say: Callable[[str], None], greeting: str) -> None:
    say(f"Readers: {found.readers_address.rstrip('/')}/")
    say(f"Desk:    {found.desk_address.rstrip('/')}/")
    if greeting:
        say(greeting)
    say("Stop with Ctrl-C.")


def keep_running(children: list[Child], home: Path, stop: threading.Event, say: Callable[[str], None]) -> None:
    """Starts a child that died again: at once the first time, then after pauses that grow while it keeps dying."""
    due: dict[int, float] = {}
    while not stop.wait(0.2):
        for place, child in enumerate(children):
            if child.process.poll() is None:
                continue
            now = time.monotonic()
            if place not in due:
                send(child, signal.SIGKILL)  # what it started outlives one that was killed, and keeps its port
                pause = child.pause if now - child.started < 60 else 0.5
                due[place] = now + pause
                say(f"The {child.name} ended with {child.process.returncode}; starting it again in {pause:.1f} s.")
            elif now >= due[place]:
                pause = min(LONGEST_PAUSE, child.pause * 2)
                children[place] = start(child.name, home)
                children[place].pause = pause
                del due[place]


def end(children: list[Child]) -> None:
    """Ends every child and what it started: SIGTERM first, SIGKILL for what is left after STOP_SECONDS."""
    for child in children:
        send(child, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            send(child, signal.SIGKILL)
            child.process.wait()
        send(child, signal.SIGKILL)  # what is left of one that died before


def send(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, number) if number == signal.SIGKILL else child.process.send_signal(number)
