"""Reads as they come to a newsstand, with desk and worker running: what readers see of them, and how soon it goes."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
# At the desk: three articles, of which a line names one that is withdrawn; answered with the moment of the commit.
DESK = """
import json, sys, time
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.conf import settings
from kawaraban.demo import builders
from kawaraban.desk.models import Article
from kawaraban.readership import tokens
section = builders.make_section("World", slug="world")
made = {name: builders.make_article(name, slug=name, section=section) for name in ("harbour-strike", "quiet-island", "night-train")}
key = settings.KAWARABAN.reads_key
print(json.dumps({name: [article.address, tokens.seal(key, article.pk)] for name, article in made.items()}), flush=True)
for line in sys.stdin:
    Article.objects.get(slug=line.strip()).unpublish()
    print(json.dumps(time.time()), flush=True)
"""


@dataclass
class Magazine:
    address: str
    articles: dict[str, tuple[str, str]]
    desk: "subprocess.Popen[str]"

    def read(self, name: str, readers: int) -> None:
        """As so many browsers of so many networks tell it."""
        path, seal = self.articles[name]
        token = ask(self.address + path)[1].partition('data-token="')[2].partition('"')[0]
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=20)
        for number in range(readers):
            network = f"20.{number // 250}.{number % 250}.9"
            connection.request("POST", f"/-/read?{seal}.{token}.", headers={"User-Agent": AGENT, "X-Forwarded-For": network})
            answer = connection.getresponse()
            assert (answer.read(), answer.status) == (b"", 204)
        connection.close()

    def withdraw(self, name: str) -> float:
        assert self.desk.stdin and self.desk.stdout
        self.desk.stdin.write(name + "\n")
        self.desk.stdin.flush()
        return float(json.loads(self.desk.stdout.readline()))

    def list_on(self, path: str) -> list[str]:
        """The articles that a page's list of 24 hours names, first rank first."""
        part = ask(self.address + path)[1].partition('"ranking" data-window="24h"')[2].partition("</ul>")[0]
        found = sorted((place, name) for name in self.articles if (place := part.find(f'/{name}"')) >= 0)
        return [name for _, name in found]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **more}


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, unescape(answer.read().decode()).replace("<wbr>", "")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except urllib.error.URLError:
        return 0, ""


def wait_until(claim: Callable[[], bool], seconds: float, told: Callable[[], object] = str) -> None:
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, told()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    home = tmp_path_factory.mktemp("reads") / "home"
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(home)], env=environment(), check=True, capture_output=True, timeout=120)
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    port, desk_port = (str(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    env = environment(KAWARABAN_PORT=port, KAWARABAN_DESK_PORT=desk_port)
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "serve"]
    with (home / "serve.log").open("w") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as serving:
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: ask(address + "/")[0] == 200, 60)
        desk = subprocess.Popen(
            [sys.executable, "-c", DESK, str(home)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert desk.stdout and desk.stdin and desk.stderr
        found = Magazine(address, json.loads(desk.stdout.readline()), desk)
        wait_until(lambda: all(ask(address + path)[0] == 200 for path, _ in found.articles.values()), 60)
        yield found
        desk.stdin.close()
        desk.wait(20)
        desk.stdout.close()
        desk.stderr.close()
        serving.send_signal(signal.SIGTERM)


def test_withdrawn_while_first_leaves_every_page_within_a_second(magazine: Magazine) -> None:
    for name, readers in (("harbour-strike", 40), ("quiet-island", 20), ("night-train", 10)):
        magazine.read(name, readers)
    pages = ["/", "/ranking", *(path for name, (path, _) in magazine.articles.items() if name != "harbour-strike")]
    order = ["harbour-strike", "quiet-island", "night-train"]
    wait_until(lambda: all(magazine.list_on(page) == order for page in pages), 60, lambda: {page: magazine.list_on(page) for page in pages})
    withdrawn = magazine.withdraw("harbour-strike")
    for page in pages:
        wait_until(lambda page=page: "harbour-strike" not in ask(magazine.address + page)[1], 20)
    assert time.time() - withdrawn < 1
    assert all(magazine.list_on(page) == ["quiet-island", "night-train"] for page in pages)
    assert ask(magazine.address + magazine.articles["harbour-strike"][0])[0] == 410
