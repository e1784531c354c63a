"""The captured page, filed and shown again, says what it said. Skipped where the capture is not at hand."""

import gzip
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kawaraban.exchange.importing import import_capture

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not (SEED / "capture.txt").is_file(), reason="the captured page is not beside this repository: ../shared/seed/capture.txt"),
]


def test_round_trip_of_the_captured_page(front, client, tmp_path):
    told = import_capture(SEED / "capture.txt", None)
    page = tmp_path / "page.html"
    page.write_bytes(client.get(told.address).content)
    said = subprocess.run([sys.executable, SEED / "roundtrip.py", page], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert said.stdout.startswith("109 of 109 ")


def test_round_trip_through_the_newsstand(tmp_path):
    """Imported, printed and answered with no desk running, by processes as they are run."""
    home, page, port = tmp_path / "home", tmp_path / "page.html", free_port()
    kawaraban("init", str(home))
    told = kawaraban("--home", str(home), "import", "capture", str(SEED / "capture.txt"))
    kawaraban("--home", str(home), "press", "reprint", "--all")
    address = urllib.parse.urlsplit(told.splitlines()[-1]).path
    with newsstand(home, port) as ask:
        page.write_bytes(ask(address))
    said = subprocess.run([sys.executable, SEED / "roundtrip.py", page], capture_output=True, text=True, check=False)
    assert said.stdout.startswith("109 of 109 "), said.stdout


def kawaraban(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "kawaraban", *arguments], capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), **more}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def newsstand(home: Path, port: int) -> Iterator[Callable[[str], bytes]]:
    """The newsstand alone; gives what asks it for a page, compressed as browsers do."""
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "newsstand"]
    process = subprocess.Popen(command, env=environment(KAWARABAN_PORT=str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    def ask(path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            return gzip.decompress(answer.read())

    try:
        until = time.monotonic() + 30
        while True:
            try:
                ask("/")
                break
            except OSError:
                assert time.monotonic() < until, "the newsstand does not answer"
                time.sleep(0.1)
        yield ask
    finally:
        process.terminate()
        process.wait(10)
