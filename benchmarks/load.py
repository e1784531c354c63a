"""Load by wrk: one thread, keep-alive, gzip."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LUA = Path(__file__).parent / "lua"
CONNECTIONS = 32


class Unloaded(Exception):
    """wrk is missing, or what it counted is no measurement."""


@dataclass(frozen=True)
class Slots:
    """For scripts that know slots (see slots.py): seconds of one, and 1 for what is sent in odd ones, 0 in even ones."""

    length: float
    rest: int = 0


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    longest: float
    eighths: Mapping[str, int] = field(default_factory=dict)  # of slots (see slots.py), with how many requests were sent in each

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def command(port: int, seconds: float, script: str, file: Path, seed: int, connections: int) -> list[str]:
    if (wrk := shutil.which("wrk")) is None:
        raise Unloaded("wrk is not installed: apt-get install wrk")
    head = ["-H", "Accept-Encoding: gzip", "-s", str(LUA / f"{script}.lua")]
    return [wrk, "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "10s", *head, f"http://127.0.0.1:{port}", "--", str(file), str(seed)]


def load(
    port: int, seconds: float, script: str, file: Path, *, seed: int = 1, connections: int = CONNECTIONS, pause: int = 0, slots: Slots | None = None
) -> Load:
    """pause: ms on average between two requests of a connection. Raises Unloaded when a single answer failed or was not 2xx."""
    asked = command(port, seconds, script, file, seed, connections)
    env = {**os.environ, "BENCH_LUA": str(LUA), **({"BENCH_PAUSE": str(pause)} if pause else {})}
    if slots:
        env |= {"BENCH_SLOT": str(slots.length), "BENCH_REST": str(slots.rest)}
    done = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    return told(done.stdout, done.stderr)


def told(out: str, trouble: str = "") -> Load:
    try:
        found = json.loads(out.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise Unloaded(f"wrk said: {(trouble or out).strip()[-300:]}") from None
    if wrong := {name: found[name] for name in ("statuses", "faults", "timeouts") if found[name]}:
        raise Unloaded(f"answers that failed: {wrong} of {found['requests']}")
    if not found["requests"]:
        raise Unloaded("nothing was answered in time")
    return Load(found["requests"], found["seconds"], found["bytes"], found["p50"], found["p99"], found["longest"], found.get("eighths", {}))
