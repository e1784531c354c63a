"""Starting, starting anew, stopping; and without Django."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

WITHOUT_DJANGO = """
import sys

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "wagtail", "modelcluster"):
            raise ImportError(f"{name} may not be imported here")

sys.meta_path.insert(0, Refuses())
"""


def test_newsstand_answers_without_django(magazine_of_its_own, tmp_path) -> None:
    module = tmp_path / "without_django.py"
    module.write_text(WITHOUT_DJANGO + "from kawaraban.newsstand.app import application\n")
    magazine = magazine_of_its_own()
    magazine.running.stop()
    (magazine.config.home / "newsstand.log").unlink()
    magazine.running.target = f"{module}:application"
    magazine.running.start()
    magazine.desk.has["/new"] = "new"
    assert magazine.get("/").text == "front<ul>first</ul>"
    assert magazine.get("/new").text == "new"
    assert magazine.get("/static/kawaraban/icons/icon.svg").status == 200
    assert magazine.running.said == ""


def test_refusing_django_would_be_found(tmp_path) -> None:
    (tmp_path / "refusing.py").write_text(WITHOUT_DJANGO + "import django\n")
    assert subprocess.run([sys.executable, str(tmp_path / "refusing.py")], capture_output=True, check=False).returncode != 0


def test_fault_of_ours_is_a_sentence(magazine_of_its_own, tmp_path) -> None:
    module = tmp_path / "faulty.py"
    module.write_text(
        "from kawaraban.newsstand import app\n"
        "def fault(*_):\n    raise RuntimeError('a fault')\n"
        "def application():\n    made = app.application()\n    made.media.answer = fault\n    return made\n"
    )
    magazine = magazine_of_its_own()
    magazine.running.stop()
    magazine.running.target = f"{module}:application"
    magazine.running.start()
    answer = magazine.get("/media/a.jpg", X_Request_Id="the-one")
    assert (answer.status, answer.headers["x-request-id"], answer.headers["cache-control"]) == (500, "the-one", "no-store")
    assert "can't be shown" in answer.text
    assert "fault" not in answer.text
    assert magazine.running.said == "kawaraban newsstand: request the-one could not be answered: RuntimeError('a fault')\n"
    assert magazine.get("/").status == 200


@pytest.mark.slow
def test_starting_anew_drops_no_request(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(workers=2)
    before, statuses, ended = magazine.running.pids, [], threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                statuses.append(magazine.get("/").status)
            except OSError as error:
                statuses.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    os.kill(magazine.running.process.pid, signal.SIGHUP)
    until = time.monotonic() + 15
    while set(magazine.running.pids) & set(before) and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.5)
    ended.set()
    for reader in readers:
        reader.join()
    assert not set(magazine.running.pids) & set(before)
    assert set(statuses) == {200}


@pytest.mark.slow
def test_process_that_ends_takes_no_waiting_reader_along(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(workers=2)
    (ending, *_) = magazine.running.pids
    statuses: list[int | str] = []

    def read() -> None:
        try:
            statuses.append(magazine.get("/").status)
        except OSError as error:
            statuses.append(repr(error))

    os.kill(ending, signal.SIGSTOP)
    time.sleep(0.3)
    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    time.sleep(0.5)
    os.kill(ending, signal.SIGKILL)
    for reader in readers:
        reader.join()
    assert statuses == [200] * 20


def test_process_outlives_a_hangup_meant_for_its_parent(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    pids = magazine.running.pids
    os.kill(pids[0], signal.SIGHUP)
    time.sleep(0.2)
    assert magazine.get("/").status == 200
    assert magazine.running.pids == pids


def test_end_leaves_nothing_behind(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    run = magazine.config.data / "run"
    until(lambda: run.is_dir() and len(list(run.iterdir())) == 1)
    magazine.running.stop()
    assert list(run.iterdir()) == []
    assert magazine.running.said == ""
    magazine.running.start()
