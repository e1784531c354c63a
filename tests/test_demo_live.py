"""The running demo moves: an item appears on the served page, is corrected, and one that was taken back is gone."""

import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from kawaraban.demo.agency import delivery
from kawaraban.demo.sending import FOLDER, put, send
from tests.test_serving import Running, environment

pytestmark = pytest.mark.slow
WATCH = """
import sys
from pathlib import Path
from kawaraban import homes
homes.enter(homes.make(Path(sys.argv[1])))
homes.furnish(Path(sys.argv[1]), "汐見")
from kawaraban.demo.edition import watch_agency
watch_agency()
watch_agency()
"""
EVERY = timedelta(seconds=1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("live") / "home"
    subprocess.run([sys.executable, "-c", WATCH, str(home)], env=environment(), check=True, capture_output=True, timeout=120)
    found = Running(home)
    found.home = home
    yield found
    found.process.terminate()
    found.process.communicate(timeout=30)


def page(running: Running) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{running.ports[0]}/wire", timeout=10) as answer:
        return answer.read().decode().replace("<wbr>", "")


def shows(running: Running, words: str, *, stands: bool = True, seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (words in page(running)) is stands:
            return True
        time.sleep(0.1)
    return False


def test_page_shows_what_the_agency_sends_corrects_and_takes_back(running: Running) -> None:
    began = datetime.now().astimezone().replace(microsecond=0) - timedelta(minutes=1)
    sent = [delivery(number, began, EVERY) for number in range(15)]
    for number in range(14):
        put(running.home / FOLDER, sent[number])
    assert all(shows(running, sent[number].story.headline) for number in (0, 6, 10, 12))
    assert sent[4].story.headline not in page(running), "its correction stands in its place"
    put(running.home / FOLDER, sent[14])
    assert shows(running, sent[10].story.headline, stands=False)
    assert not any((running.home / FOLDER).iterdir()), "what was taken in is deleted"


def items(running: Running) -> set[str]:
    return set(re.findall(r'href="(/wire/\d+)"', page(running)))


def test_agency_sends_by_itself(running: Running) -> None:
    before, stop = items(running), threading.Event()
    thread = threading.Thread(target=send, args=(running.home / FOLDER, timedelta(seconds=0.5), stop))
    thread.start()
    until = time.monotonic() + 30.0
    while not items(running) - before and time.monotonic() < until:
        time.sleep(0.1)
    stop.set()
    thread.join()
    assert items(running) - before
