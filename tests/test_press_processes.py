"""Press and worker as they are run: schedules, a worker that was down, a desk that was killed, an edition that was deleted."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kawaraban.press.edition import Edition
from kawaraban.press.records import Record

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
# At the desk, in a process of its own: an article that goes out after `wait` seconds, and goes again after `stay`, when that is given.
SCHEDULE = """
import json, os, sys
from datetime import timedelta
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.demo import builders
from kawaraban.desk.models import Article, Section
slug, wait, stay = sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
section = Section.objects.filter(slug="world").first() or builders.make_section("ワールド", slug="world")
due = timezone.now() + timedelta(seconds=wait)
article = Article(title=slug, slug=slug, section=section, live=False, go_live_at=due, expire_at=due + timedelta(seconds=stay) if stay else None)
section.add_child(instance=article)
article.save_revision(approved_go_live_at=due).publish()
print(json.dumps([f"/world/{timezone.localtime(due):%Y-%m}/{slug}", due.timestamp()]))
"""
# At the desk: notes a change and is killed before the press hears of it.
KILLED = """
import os, signal, sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from kawaraban.demo import builders
from kawaraban.pages import printing
printing.tell_changes = lambda press: os.kill(os.getpid(), signal.SIGKILL)
builders.make_wire_item("Saved before the kill")
"""


def environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "home"
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(folder)], env=environment(), check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def worker(home: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kawaraban", "--home", str(home), "worker"]
        started.append(subprocess.Popen(command, env=environment()))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def at_the_desk(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=120)


def schedule(home: Path, slug: str, wait: float, stay: float = 0.0) -> tuple[str, float]:
    done = at_the_desk(SCHEDULE, home, slug, wait, stay)
    assert done.returncode == 0, done.stderr
    address, due = json.loads(done.stdout)
    return address, due


def wait_for(home: Path, address: str, wanted: Callable[[Record | None], bool], seconds: float = 30.0) -> float:
    """When what is printed at an address was first seen to be as wanted, in seconds since 1970."""
    edition = Edition(home / "data" / "edition")
    try:
        until = time.time() + seconds
        while time.time() < until:
            if wanted(edition.record(address)):
                return time.time()
            time.sleep(0.02)
        raise AssertionError(f"{address} did not become what was wanted: {edition.record(address)}")
    finally:
        edition.close()


def is_shown(record: Record | None) -> bool:
    return record is not None and record.status == 200


def is_gone(record: Record | None) -> bool:
    return record is not None and record.status == 410


def test_schedule_and_expiry_are_kept(home: Path, worker) -> None:
    worker()
    wait_for(home, "/", is_shown)
    address, due = schedule(home, "on-time", 4.0, 3.0)
    assert due <= wait_for(home, address, is_shown) <= due + 2.0
    assert wait_for(home, address, is_gone) <= due + 3.0 + 2.0


def test_what_fell_due_without_a_worker_is_caught_up_in_order(home: Path, worker) -> None:
    (second, _), (first, due) = schedule(home, "second", 1.5), schedule(home, "first", 0.1)
    time.sleep(max(0.0, due + 2.0 - time.time()))
    worker()
    first_seen, second_seen = wait_for(home, first, is_shown), wait_for(home, second, is_shown)
    assert first_seen <= second_seen


def test_change_outlives_a_process_killed_right_after_its_commit(home: Path, worker) -> None:
    assert at_the_desk(KILLED, home).returncode == -signal.SIGKILL
    worker()
    edition = Edition(home / "data" / "edition")
    until = time.time() + 20
    while "Saved before the kill" not in (edition.slot("wire", edition.generation()[0]) or b"").decode() and time.time() < until:
        time.sleep(0.05)
    assert "Saved before the kill" in edition.slot("wire", edition.generation()[0]).decode()
    edition.close()


def test_deleted_edition_fills_itself_again(home: Path, worker) -> None:
    running = worker()
    wait_for(home, "/", is_shown)
    shutil.rmtree(home / "data" / "edition")
    wait_for(home, "/", is_shown)
    wait_for(home, "!404", lambda record: record is not None and record.status == 404)
    assert running.poll() is None


def test_killed_worker_leaves_nothing_wrong(home: Path, worker) -> None:
    for pause in (0.9, 1.3, 1.7):
        running = worker()
        time.sleep(pause)
        os.kill(running.pid, signal.SIGKILL)
    worker()
    wait_for(home, "/", is_shown)
    time.sleep(2)
    done = subprocess.run(
        [sys.executable, "-m", "kawaraban", "--home", str(home), "press", "verify"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "すべて正しく印刷されています" in done.stdout
