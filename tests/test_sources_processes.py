"""Sources as they are run: desk and worker as processes, an agency that drops files, serves a feed and sends, and a worker that is killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.test_wires_processes import ROOT
from tests.wires.payloads import nitf
from tests.wires.sources.conftest import HERE, Handler, Server, give, serving

pytestmark = pytest.mark.slow
TOKEN = """
import sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.conf import settings
from django.utils import timezone
from kawaraban.wires.models import Source
from kawaraban.wires.sources.from_file import merge
from kawaraban.wires.sources.tokens import rotate
merge(settings.KAWARABAN)
print(rotate(Source.objects.get(key="pushed"), timezone.now()))
"""
TELL = """
import json, sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.wires.alarms import alarms
from kawaraban.wires.models import Arrival, Source, WireItem
print(json.dumps({
    "items": sorted(WireItem.objects.values_list("guid", flat=True)),
    "waiting": Arrival.objects.waiting().count(),
    "sources": {source.key: [source.items, source.failures_in_a_row, source.last_error] for source in Source.objects.all()},
    "alarms": list(alarms(timezone.now())),
}))
"""


@dataclass
class Magazine:
    home: Path
    desk_port: int
    token: str

    def run(self, name: str) -> "subprocess.Popen[bytes]":
        with (self.home / f"{name}.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", "kawaraban", "--home", str(self.home), name], env=environment(), stdout=log, stderr=log)

    def tell(self) -> dict[str, object]:
        return json.loads(said(TELL, self.home))

    def send(self, data: bytes) -> int:
        connection = http.client.HTTPConnection(HERE, self.desk_port, timeout=10)
        try:
            connection.request("POST", "/-/push/pushed", data, {"Authorization": f"Bearer {self.token}"})
            return connection.getresponse().status
        finally:
            connection.close()


def environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}


def said(script: str, home: Path) -> str:
    return subprocess.run([sys.executable, "-c", script, str(home)], env=environment(), check=True, capture_output=True, text=True, timeout=60).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def agency() -> Iterator[Server]:
    with serving(Handler) as found:
        yield found


@pytest.fixture(scope="module")
def magazine(agency: Server, tmp_path_factory: pytest.TempPathFactory) -> Magazine:
    home, port = tmp_path_factory.mktemp("sources") / "home", free_port()
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(home)], env=environment(), check=True, capture_output=True, timeout=120)
    file = home / "kawaraban.toml"
    told = (
        file.read_text(encoding="utf-8")
        .replace("# desk_port = 8001", f"desk_port = {port}")
        .replace('# private_hosts = ""', f'private_hosts = "{HERE}"')
    )
    for kind, address in (("folder", "incoming/shiomi"), ("poll", agency.address()), ("poll", f"http://{HERE}:1/"), ("push", "")):
        key = {"folder": "dropped", "push": "pushed"}.get(kind, "away" if address.endswith(":1/") else "polled")
        told += f'\n[[wires.source]]\nkey = "{key}"\nkind = "{kind}"\nagency = "潮見通信"\naddress = "{address}"\nschedule = 1\n'
    file.write_text(told, encoding="utf-8")
    return Magazine(home, port, said(TOKEN, home).strip())


@contextmanager
def running(magazine: Magazine, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = magazine.run(name)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(20)


def await_true(is_so: Callable[[], bool], magazine: Magazine, seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        logs = [file.read_text()[-2000:] for file in magazine.home.glob("*.log")]
        assert time.monotonic() < until, (magazine.tell(), logs)
        time.sleep(0.3)


def drop(folder: Path, guid: str) -> None:
    """As an agency does that knows how: under another name first."""
    (folder / f"{guid}.part").write_bytes(nitf(guid))
    (folder / f"{guid}.part").rename(folder / f"{guid}.xml")


def test_copy_comes_by_every_way_and_survives_a_killed_worker(magazine: Magazine, agency: Server) -> None:
    folder = magazine.home / "incoming" / "shiomi"
    agency.answer = lambda handler: give(handler, nitf("polled"), ETag='"1"')
    with running(magazine, "desk"):
        with running(magazine, "worker") as worker:
            await_true(folder.is_dir, magazine)
            for number in range(60):
                drop(folder, f"dropped-{number:02}")
            time.sleep(0.4)
            os.kill(worker.pid, signal.SIGKILL)
        await_true(lambda: magazine_answers(magazine), magazine)
        assert [magazine.send(nitf("pushed")) for _ in range(2)] == [202, 202]
        with running(magazine, "worker"):
            wanted = sorted([*(f"dropped-{number:02}" for number in range(60)), "polled", "pushed"])
            await_true(lambda: magazine.tell()["items"] == wanted and not list(folder.glob("*.xml")), magazine)
    found = magazine.tell()
    assert found["waiting"] == 0 and len(list((folder / "done").iterdir())) == 60
    assert isinstance(found["sources"], dict)
    assert {key: counts[0] for key, counts in found["sources"].items()} == {"dropped": 60, "polled": 1, "pushed": 1, "away": 0}
    assert found["sources"]["away"][1] > 0 and "can't be reached" in found["sources"]["away"][2]


def magazine_answers(magazine: Magazine) -> bool:
    with suppress(OSError), socket.create_connection((HERE, magazine.desk_port), timeout=1):
        return True
    return False
