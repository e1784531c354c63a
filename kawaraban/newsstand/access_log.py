"""Who read what, as JSON lines: buffered, appended four times a second, with the reader's address cut short."""

import json
import os
import sys
import threading
import time
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path

from kawaraban.newsstand import questions
from kawaraban.newsstand.chores import Chores
from kawaraban.newsstand.rsgi import Scope

PAUSE = 0.25
MOST = 16 << 20  # characters that wait for a disk; what comes beyond is left out
BETWEEN_WARNINGS = 60.0
LONGEST = 500  # characters of what a reader's program says about itself


class AccessLog:
    """The file is opened for each append, so it may be moved away at any time. Lines may come from any thread."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: list[str] = []
        self.size = 0
        self.left_out = 0
        self.lock = threading.Lock()
        self.warned = float("-inf")
        self.chores = Chores(say, PAUSE)
        self.chores.add(self.flush)

    def open(self) -> None:
        """From now on, lines are written every PAUSE."""
        self.chores.open()

    def line(self, scope: Scope, request_id: str, status: int, sent: int, seconds: float, encoding: str) -> None:
        get = scope.headers.get
        told = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": request_id,
            "method": scope.method,
            "path": scope.path,
            "query": "" if scope.path in questions.PARAMETERS else scope.query_string,  # what readers look for is theirs
            "status": status,
            "bytes": sent,
            "seconds": round(seconds, 6),
            "encoding": encoding,
            "agent": get("user-agent", "")[:LONGEST],
            "referrer": referrer(get("referer", ""))[:LONGEST],
            "client": client(get("x-forwarded-for", ""), scope.client),
        }
        self.add(json.dumps(told, ensure_ascii=False))

    def add(self, line: str) -> None:
        with self.lock:
            if self.size > MOST:
                self.left_out += 1
                return
            self.lines.append(line)
            self.size += len(line)

    def flush(self) -> None:
        with self.lock:
            lines, self.lines, self.size = self.lines, [], 0
            left_out, self.left_out = self.left_out, 0
        if left_out:
            say(f"{left_out} lines were left out of the access log: its disk did not keep up.")
        if not lines:
            return
        content = ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
        try:
            self.append(content)
        except OSError as error:
            self.warn(error)

    def append(self, content: bytes) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(descriptor, content)
        finally:
            os.close(descriptor)

    def warn(self, error: OSError) -> None:
        if time.monotonic() - self.warned > BETWEEN_WARNINGS:
            self.warned = time.monotonic()
            say(f"the access log {self.file} can't be written: {error.strerror}.")

    def close(self) -> None:
        if self.chores.close():
            self.flush()


def say(line: str) -> None:
    print(f"kawaraban newsstand: {line}", file=sys.stderr, flush=True)


def referrer(told: str) -> str:
    """Where a reader came from; of a search not what was looked for."""
    page, _, query = told.partition("?")
    return page if query and page.endswith(questions.PAGE) else told


def client(forwarded: str, peer: str) -> str:
    """The network that a reader came from: what the proxy in front said, or who connected."""
    nearest = forwarded.rpartition(",")[2].strip()
    return network(nearest or peer.rpartition(":")[0] or peer)


@lru_cache(4096)
def network(address: str) -> str:
    """An address without what tells one reader from the neighbours: /24, or /48 of IPv6."""
    try:
        found = ip_address(address.strip("[]"))
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))
