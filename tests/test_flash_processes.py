"""What readers get of the wires, asked of a newsstand with desk and worker running: in time when it comes, in time when it goes."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from tests.wires.payloads import nitf

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
CANCELED, WITHHELD = ' management-status="canceled"', ' management-status="withheld"'
PAGES = ("/", "/wire", "/latest", "/ranking", "/feed.xml", "/sitemap-news.xml", "/sitemaps/pages.xml", "/no-such-page")
# At the desk: a line is a payload, or "banner" with its text, the identifier of its item or "-", and its seconds.
DESK = """
import sys, time
from datetime import timedelta
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.demo import builders
from kawaraban.wires.archive import Payload
from kawaraban.wires.ingest import keep
from kawaraban.wires.models import Banner, Source, WireItem
source = Source.objects.filter(key="shiomi").first() or builders.make_source()
for line in sys.stdin:
    if line.startswith("banner "):
        _, text, guid, seconds = line.split()
        item = WireItem.objects.filter(guid=guid).first()
        ends = timezone.now() + timedelta(seconds=float(seconds))
        Banner.objects.create(text=text, item=item, starts=timezone.now(), ends=ends)
        print(ends.timestamp(), flush=True)
    elif line.startswith("key "):
        while not (item := WireItem.objects.filter(guid=line.split()[1]).first()):
            time.sleep(0.05)
        print(item.pk, flush=True)
    else:
        keep(source, Payload(line.strip().encode(), "item.xml"), timezone.now())
        print(time.time(), flush=True)
"""
Tell = Callable[[str], float]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **more}


def free_ports() -> tuple[int, int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports[0], ports[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flash") / "home"
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(folder)], env=environment(), check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    port, desk = free_ports()
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "serve"]
    running = environment(KAWARABAN_PORT=str(port), KAWARABAN_DESK_PORT=str(desk))
    with (home / "serve.log").open("w") as log, subprocess.Popen(command, env=running, stdout=log, stderr=log) as process:
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: ask(address + "/")[0] == 200, 60.0)
        yield address
        process.send_signal(signal.SIGTERM)


@pytest.fixture
def tell(home: Path, site: str) -> Iterator[Tell]:
    """Tells the desk something; gives the number that it answers with."""
    port = site.rpartition(":")[2]
    with subprocess.Popen(
        [sys.executable, "-c", DESK, str(home)],
        env=environment(KAWARABAN_PORT=port),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def tell(line: str) -> float:
            assert process.stdin and process.stdout
            process.stdin.write(line.replace("\n", " ") + "\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        yield tell
        assert process.stdin
        process.stdin.close()


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, plainly(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, plainly(error.read()) + str(error.headers)
    except urllib.error.URLError:
        return 0, ""


def plainly(data: bytes) -> str:
    return unescape(data.decode(errors="ignore")).replace("<wbr>", "")


def wait_until(is_so: Callable[[], bool], seconds: float = 30.0) -> float:
    until = time.time() + seconds
    while time.time() < until:
        if is_so():
            return time.time()
        time.sleep(0.01)
    raise AssertionError(f"it was not so within {seconds} seconds")


def holding(site: str, word: str, addresses: tuple[str, ...] = PAGES) -> list[str]:
    return [address for address in addresses if word in ask(site + address)[1]]


def item(guid: str, word: str, **more: object) -> str:
    return nitf(guid, f"{word}の見出し", f"{word}の本文。", **more).decode()


@pytest.mark.parametrize("order", [CANCELED, WITHHELD])
def test_killed_item_is_gone_within_a_second_of_its_arrival(site: str, tell: Tell, order: str) -> None:
    word = "ヒミツ" + ("取消" if order == CANCELED else "保留")
    sent = tell(item(word, word))
    assert wait_until(lambda: word in ask(site + "/wire")[1]) - sent < 10.0
    tell(item(word, word, version=2))
    address = f"/wire/{tell(f'key {word}'):.0f}"
    tell(f"banner {word}速報 {word} 600")
    addresses = (*PAGES, address, f"{address}?x=1")
    wait_until(lambda: {"/", "/wire", address, "/latest"} <= set(holding(site, word, addresses)))
    killed = tell(item(word, word, version=3, docdata=order))
    gone = wait_until(lambda: not holding(site, word, addresses))
    assert gone - killed < 1.0
    assert ask(site + address)[0] == 410
    time.sleep(2.0)
    assert not holding(site, word, addresses)


def test_embargoed_item_appears_at_its_time(site: str, tell: Tell) -> None:
    tell(item("before", "前の話"))
    due = datetime.fromtimestamp(int(time.time()) + 5, UTC)
    tell(item("later", "解禁の話", docdata=f'<date.release norm="{due:%Y%m%dT%H%M%SZ}"/>'))
    address = f"/wire/{tell('key later'):.0f}"
    addresses = (*PAGES, address)
    while time.time() < due.timestamp() - 0.3:
        assert not holding(site, "解禁の話", addresses) and ask(site + address)[0] == 404
        time.sleep(0.2)
    shown = wait_until(lambda: {"/", "/wire", address} <= set(holding(site, "解禁の話", addresses)))
    assert 0.0 <= shown - due.timestamp() < 2.0


def test_banner_comes_at_once_and_goes_by_itself(site: str, tell: Tell) -> None:
    ends = tell("banner 港都の速報 - 4")
    raised = ends - 4.0
    assert wait_until(lambda: len(holding(site, "港都の速報", ("/", "/wire", "/no-such-page"))) == 3) - raised < 2.0
    gone = wait_until(lambda: not holding(site, "港都の速報"))
    assert -0.2 < gone - ends < 2.0
