"""Several processes and one index: a kill between commit and index loses nothing, and two that write agree."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ENTER = """
import os, sys, time
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from kawaraban.demo import builders
from kawaraban.search import site
from kawaraban.search.site import following, keeping, opened, places
from kawaraban.desk.models import Article
"""
PUBLISH = (
    ENTER
    + """
for number in range(int(sys.argv[3])):
    builders.make_article(f"灯台守{sys.argv[2]}の第{number}信", slug=f"{sys.argv[2]}-{number}")
    if sys.argv[4] == "follows" and (found := opened.index()):
        following.follow(found.store)
os.kill(os.getpid(), 9)
"""
)
KEEP = (
    ENTER
    + """
keeper = keeping.Keeper()
keeper.start()
print("ready", flush=True)
sys.stdin.readline()
keeper.end()
"""
)
TIME = (
    ENTER
    + """
def waited(is_there):
    began = time.monotonic()
    while bool(places.present(opened.index().store.database, [f"article:{article.pk}"])) != is_there:
        time.sleep(0.01)
    return time.monotonic() - began

while not opened.index():
    time.sleep(0.05)
for number in range(3):
    article = builders.make_article(f"灯台守の第{number}信", slug=f"a{number}")
    found = waited(True)
    article.unpublish()
    print(found, waited(False), flush=True)
"""
)
COUNT = (
    ENTER
    + """
if found := opened.index():
    ids = {identity for (identity,) in found.store.database.execute("SELECT id FROM piece WHERE id LIKE 'article:%'")}
    shown = {f"article:{key}" for key in Article.objects.published().values_list("pk", flat=True)}
    words = dict(found.store.database.execute("SELECT text, pieces FROM word WHERE text = '灯台守' OR text = '灯台'"))
    print(len(ids), len(ids ^ shown), max(words.values(), default=0), following.is_behind(found.store))
else:
    print("none")
"""
)


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KAWARABAN") and name != "DJANGO_SETTINGS_MODULE"}


def started(script: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    command = [sys.executable, "-m", "kawaraban", "init", str(tmp_path / "home")]
    subprocess.run(command, env=environment(), check=True, capture_output=True, timeout=180)
    return tmp_path / "home"


@pytest.fixture
def keeper(home: Path) -> Iterator[subprocess.Popen]:
    running = started(KEEP, home)
    yield running
    running.kill()
    running.communicate()


def ended(process: subprocess.Popen) -> int:
    process.communicate(timeout=180)
    return process.returncode


def counted(home: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", COUNT, str(home)], env=environment(), capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.split()


def wait_for(home: Path, expected: list[str], seconds: float = 90.0) -> list[str]:
    until = time.monotonic() + seconds
    while (found := counted(home)) != expected and time.monotonic() < until:
        time.sleep(0.2)
    return found


def test_what_a_killed_process_published_is_found(home: Path, keeper: subprocess.Popen) -> None:
    publisher = started(PUBLISH, home, "a", 12, "leaves it")
    assert ended(publisher) == -signal.SIGKILL
    assert wait_for(home, ["12", "0", "12", "False"]) == ["12", "0", "12", "False"]


def test_two_that_write_and_one_that_is_killed_again_and_again_agree(home: Path) -> None:
    publishers = [started(PUBLISH, home, name, 40, "follows") for name in "ab"]
    for pause in (0.3, 0.1, 0.5, 0.2, 0.7):
        running = started(KEEP, home)
        running.stdout.readline()
        time.sleep(pause)
        running.kill()
        running.communicate()
    assert [ended(publisher) for publisher in publishers] == [-signal.SIGKILL] * 2
    last = started(KEEP, home)
    assert wait_for(home, ["80", "0", "80", "False"]) == ["80", "0", "80", "False"]
    last.communicate("\n", timeout=30)


def test_published_is_found_within_two_seconds_and_withdrawn_is_gone_within_one(home: Path, keeper: subprocess.Popen) -> None:
    """By the worker alone: the process that changes does nothing about it, and no question is asked."""
    told, _ = started(TIME, home).communicate(timeout=120)
    times = [tuple(map(float, line.split())) for line in told.splitlines()]
    assert len(times) == 3
    assert max(found for found, _ in times) < 2
    assert max(gone for _, gone in times) < 1
