"""The wires as they are run: killed at any moment, nothing is lost and nothing is there twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kawaraban import homes
from kawaraban.press.edition import Edition
from tests.wires.payloads import nitf

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
ITEMS, KILLS = 300, 20
CANCELED = ' management-status="canceled"'
# Takes in what lies in a folder, as a watched folder would: a file goes when it has been taken in. Sweeps first, as the worker does.
TAKE_IN = """
import sys
from datetime import timedelta
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.wires import sweeping
from kawaraban.wires.archive import Payload
from kawaraban.wires.ingest import keep, receive, receive_all
from kawaraban.wires.models import Source
sweeping.SETTLED = 0.0
source, _ = Source.objects.get_or_create(key="shiomi", defaults={"name": "潮見通信", "kind": "folder", "agency": "潮見通信"})
print("ready", flush=True)
sweeping.note_unknown(timezone.now() + timedelta(seconds=1), 2)
sweeping.take_in_waiting(timezone.now(), lambda: False)
files = sorted(Path(sys.argv[2]).iterdir())
for way, start in enumerate(range(0, len(files), 8)):
    part = files[start : start + 8]
    payloads = [Payload(file.read_bytes(), file.name) for file in part]
    if way % 3 == 0:
        receive_all(source, payloads, timezone.now())
    else:
        for payload in payloads:
            (keep if way % 3 == 1 else receive)(source, payload, timezone.now())
    for file in part:
        file.unlink()
sweeping.take_in_waiting(timezone.now(), lambda: False)
print("done", flush=True)
"""
TELL = """
import json, sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.db.models import Count
from kawaraban.wires.ingest import archive
from kawaraban.wires.models import Arrival, KillReceipt, WireItem
items = {item.guid: [item.headline, item.version, item.status, item.versions.count()] for item in WireItem.objects.all()}
arrivals = list(Arrival.objects.values_list("state", flat=True))
files = {kept.file for kept in archive().files()}
lost = [file for file in Arrival.objects.values_list("file", flat=True) if file not in files]
twice = KillReceipt.objects.values("item").annotate(number=Count("pk")).filter(number__gt=1).count()
print(json.dumps({"items": items, "arrivals": arrivals, "files": len(files), "lost": lost, "twice": twice}))
"""


def environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], env=environment(), stdout=subprocess.PIPE, text=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "magazine"
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(folder)], env=environment(), check=True, capture_output=True, timeout=120)
    return folder


def payloads(chance: random.Random) -> tuple[list[bytes], dict[str, list[object]]]:
    """Items in one to three versions, every tenth killed in its last, in any order; and what is to hold of them in the end."""
    sent, wanted = [], {}
    for number in range(ITEMS):
        last, is_killed = chance.randint(1, 3), number % 10 == 0
        for version in range(1, last + 1):
            docdata = CANCELED if is_killed and version == last else ""
            sent.append(nitf(f"n{number}", f"第{number}号第{version}版", f"{number}の{version}。", version, docdata))
        wanted[f"n{number}"] = ["" if is_killed else f"第{number}号第{last}版", last, "canceled" if is_killed else "usable", last]
    chance.shuffle(sent)
    return sent, wanted


def killed_on_the_way(start: Callable[[], subprocess.Popen[str]], chance: random.Random) -> bool:
    """Kills the process at a moment of chance; False when it was done before that."""
    with start() as process:
        assert process.stdout and process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.5))
        os.kill(process.pid, signal.SIGKILL)
        return "done" not in process.stdout.read()


def test_killed_at_any_moment_nothing_is_lost_or_there_twice(home: Path, tmp_path: Path) -> None:
    chance = random.Random(20261120)
    sent, wanted = payloads(chance)
    folder = tmp_path / "incoming"
    folder.mkdir()
    for number, data in enumerate(sent):
        (folder / f"{number:04}.xml").write_bytes(data)
    kills = sum(killed_on_the_way(lambda: started(TAKE_IN, home, folder), chance) for _ in range(KILLS))
    with started(TAKE_IN, home, folder) as last:
        assert last.stdout and last.stdout.read().endswith("done\n")
    with started(TELL, home) as process:
        found = json.loads(process.stdout.read() if process.stdout else "")
    assert kills >= KILLS // 2, "most were killed while there was something to do"
    assert found["items"] == wanted
    assert (found["arrivals"], found["files"], found["lost"], found["twice"]) == (["read"] * len(sent), len(sent), [], 0)


def test_two_processes_that_take_in_the_same_file_it_once(home: Path, tmp_path: Path) -> None:
    sent, wanted = payloads(random.Random(20261121))
    folders = [tmp_path / name for name in ("one", "two")]
    for folder, step in zip(folders, (1, -1), strict=True):
        folder.mkdir()
        for number, data in enumerate(sent[::step]):
            (folder / f"{number:04}.xml").write_bytes(data)
    processes = [started(TAKE_IN, home, folder) for folder in folders]
    assert [process.communicate(timeout=300)[0].split() for process in processes] == [["ready", "done"]] * 2
    with started(TELL, home) as process:
        found = json.loads(process.stdout.read() if process.stdout else "")
    assert found["items"] == wanted
    assert (found["arrivals"], found["files"], found["lost"], found["twice"]) == (["read"] * len(sent), len(sent), [], 0)


# A home of the release before versions were kept.
EARLIER = """
import sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.core.management import call_command
from django.db import connection
call_command("migrate", "wires", "0001", verbosity=0)
row = "INSERT INTO wires_wireitem (guid, agency, section, headline, body, language, urgency, status, published, address) VALUES "
row += "(%s, '凪　Press', 'ワールド', '見出し', '本文', 'ja', 5, %s, '2026-11-01T00:00:00+00:00', '')"
with connection.cursor() as cursor:
    for guid, status in (("a", "usable"), ("b", "canceled"), ("c", "withheld")):
        cursor.execute(row, [guid, status])
call_command("migrate", "wires", verbosity=0)
from kawaraban.wires.models import SubjectSection, WireItem
for item in WireItem.objects.order_by("guid"):
    print(item.guid, item.namespace, item.headline or "-", item.status, bool(item.killed_at), item.face.copy["body_text"], sep="|")
print(SubjectSection.objects.filter(section="ワールド").exists())
"""


def test_items_of_an_earlier_release_are_carried_over(tmp_path: Path) -> None:
    home = homes.make(tmp_path / "home")
    with started(EARLIER, home) as process:
        said = process.stdout.read().splitlines() if process.stdout else []
    assert said == [
        "a|凪 press|見出し|usable|False|本文",
        "b|凪 press|-|canceled|True|本文",
        "c|凪 press|見出し|withheld|True|本文",
        "True",
    ]


# What waits for the worker: a payload, sent as its agency would.
SEND = """
import sys, time
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.demo import builders
from kawaraban.wires.archive import Payload
from kawaraban.wires.ingest import keep
from kawaraban.wires.models import Source
source = Source.objects.filter(key="shiomi").first() or builders.make_source()
for line in sys.stdin:
    keep(source, Payload(line.strip().encode(), "item.xml"), timezone.now())
    print(time.time(), flush=True)
"""


@pytest.fixture
def worker(home: Path) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "kawaraban", "--home", str(home), "worker"], env=environment())
    yield
    process.terminate()
    process.wait(20)


@pytest.fixture
def send(home: Path) -> Iterator[Callable[[bytes], float]]:
    """Sends a payload; gives when it was on disk."""
    with subprocess.Popen(
        [sys.executable, "-c", SEND, str(home)], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def send_one(data: bytes) -> float:
            process.stdin.write(data.decode().replace("\n", " ") + "\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        yield send_one
        process.stdin.close()


def seen(home: Path, word: str, *, stands: bool, seconds: float = 30.0) -> float:
    """When the flash was first seen with a word, or without it."""
    edition, until = Edition(home / "data" / "edition"), time.time() + seconds
    try:
        while time.time() < until:
            found = edition.slot("wire", edition.generation()[0])
            if found is not None and (word in found.decode()) is stands:
                return time.time()
            time.sleep(0.01)
        raise AssertionError(f"{word} {'never stood' if stands else 'still stands'} in the flash")
    finally:
        edition.close()


def test_flash_embargo_and_kill_are_in_time(home: Path, worker: None, send: Callable[[bytes], float]) -> None:
    send(nitf("warm", "あたため"))
    seen(home, "あたため", stands=True, seconds=60.0)
    delays = []
    for number in range(10):
        sent = send(nitf(f"flash{number}", f"速報第{number}号"))
        delays.append(seen(home, f"速報第{number}号", stands=True) - sent)
    assert max(delays) < 1.5, delays
    sent = send(nitf("flash9", "取消", version=2, docdata=CANCELED))
    assert seen(home, "速報第9号", stands=False) - sent < 1.0
    due = datetime.fromtimestamp(int(time.time()) + 4, UTC)
    sent = send(nitf("later", "解禁の話", docdata=f'<date.release norm="{due:%Y%m%dT%H%M%SZ}"/>'))
    assert 0.0 <= seen(home, "解禁の話", stands=True) - due.timestamp() < 2.0
