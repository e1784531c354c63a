"""The worker, killed at a hundred random moments while two thousand items come in: all are there once, in their last version."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_wires_processes import CANCELED, TELL, environment, started
from tests.wires.payloads import nitf

pytestmark = pytest.mark.slow
ITEMS, KILLS = 2_000, 100
FOLDER = "incoming/shiomi"  # below the home
SHORTEST, LONGEST = 0.05, 0.9  # seconds that a worker lives
PATIENCE = 60.0
# Starts a worker for each line that it is given, with all modules loaded, and tells its number.
WORKERS = """
import os, signal, sys
from pathlib import Path
from kawaraban import homes, serving
found = homes.enter(Path(sys.argv[1]))
from django.db import connection
from kawaraban.demo import builders
from kawaraban.pages import tail
from kawaraban.wires import turn
from kawaraban.wires.sources import watch
builders.make_source(kind="folder", address=sys.argv[2])
connection.close()
print("ready", flush=True)
for line in sys.stdin:
    number = os.fork()
    if not number:
        serving.work(found)
        os._exit(0)
    print(number, flush=True)
    os.waitpid(number, 0)
    print("ended", flush=True)
"""
LEFT = """
import sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from kawaraban.wires.models import Arrival, Source
for line in sys.stdin:
    print(Arrival.objects.waiting().count(), Source.objects.get().last_error, flush=True)
"""


class Asked:
    """A script that answers lines with lines."""

    def __init__(self, script: str, *arguments: object) -> None:
        command = [sys.executable, "-c", script, *map(str, arguments)]
        self.process = subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)

    def ask(self) -> str:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.told()

    def told(self) -> str:
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "kawaraban", "init", str(tmp_path / "home")], env=environment(), check=True, capture_output=True, timeout=120
    )
    (tmp_path / "home" / FOLDER).mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def workers(home: Path) -> Iterator[Asked]:
    asked = Asked(WORKERS, home, FOLDER)
    try:
        assert asked.told() == "ready"
        yield asked
    finally:
        asked.end()


@pytest.fixture
def left(home: Path, workers: Asked) -> Iterator[Asked]:
    asked = Asked(LEFT, home)
    yield asked
    asked.end()


def sent(chance: random.Random) -> tuple[list[bytes], dict[str, list[object]]]:
    """Most items in one version, some in two or three; every twentieth killed in its last; the versions in any order."""
    payloads, wanted = [], {}
    for number in range(ITEMS):
        last, is_killed = chance.choice((1, 1, 1, 1, 2, 3)), number % 20 == 0
        for version in range(1, last + 1):
            docdata = CANCELED if is_killed and version == last else ""
            payloads.append(nitf(f"n{number}", f"第{number}号第{version}版", f"{number}の{version}。", version, docdata))
        wanted[f"n{number}"] = ["" if is_killed else f"第{number}号第{last}版", last, "canceled" if is_killed else "usable", last]
    chance.shuffle(payloads)
    return payloads, wanted


def put(folder: Path, number: int, data: bytes) -> None:
    partial = folder / f"{number:05}.tmp"
    partial.write_bytes(data)
    partial.rename(folder / f"{number:05}.xml")


def await_end(folder: Path, left: Asked) -> None:
    """Until nothing waits any more; at most so long as something still moves."""
    before, since = "", time.monotonic()
    while (now := f"{len(list(folder.glob('*.xml')))} files and {left.ask()}") != "0 files and 0":
        if now != before:
            before, since = now, time.monotonic()
        assert time.monotonic() - since < PATIENCE, f"nothing moves: {now}"
        time.sleep(0.2)


def test_worker_killed_a_hundred_times_loses_nothing(home: Path, workers: Asked, left: Asked) -> None:
    chance = random.Random(20261125)
    payloads, wanted = sent(chance)
    share = -(-len(payloads) // KILLS)
    at_work = 0
    for life in range(KILLS):
        for number in range(life * share, min(len(payloads), (life + 1) * share)):
            put(home / FOLDER, number, payloads[number])
        worker = int(workers.ask())
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        os.kill(worker, signal.SIGKILL)
        assert workers.told() == "ended"
        at_work += any((home / FOLDER).glob("*.xml")) or not left.ask().startswith("0 ")
    worker = int(workers.ask())
    await_end(home / FOLDER, left)
    os.kill(worker, signal.SIGTERM)
    with started(TELL, home) as process:
        found = json.loads(process.stdout.read())
    assert at_work >= KILLS // 2, "most were killed while there was something to do"
    assert (set(found["arrivals"]), len(found["arrivals"]), found["lost"], found["twice"]) == ({"read"}, len(payloads), [], 0)
    assert found["items"] == wanted
