"""The search as readers meet it: newsstand, desk and worker as they are run, asked over HTTP, also with the desk killed."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
TITLE = "灯台守の手紙"
# At the desk, in a process of its own.
PUBLISH = """
import sys
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from kawaraban.demo import builders
from kawaraban.desk.models import Section
section = Section.objects.filter(slug="world").first() or builders.make_section("ワールド", slug="world")
for title in sys.argv[2:]:
    builders.make_article(title, section=section)
"""
WITHDRAW = """
import sys, time
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from kawaraban.desk.models import Article
sys.stdin.readline()
Article.objects.get(title=sys.argv[2]).unpublish()
print(time.time())
"""
SYNTAX = [
    '"',
    "'",
    "-",
    "OR",
    "AND",
    "NEAR(",
    ")",
    "*",
    "^",
    ":",
    "{",
    "}",
    "title:",
    "\0",
    "%",
    "_",
    "\\",
    ";--",
    "(",
    "+",
    "|",
    "〝",
    "「",
    "🗞",
    "👩‍👩‍👧",
    "ﾃﾞ",
    "ー",
]
WORDS = ["灯台", "とうだい", "lamp", "G7", "20万人", "々", "　", "\u202e", "\u3099", "\ufeff", "é", "ﷺ"]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **more}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@dataclass
class Magazine:
    home: Path
    port: int
    processes: dict[str, subprocess.Popen[bytes]]
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answered:
        """Over one connection, made again when it was closed."""
        began = time.monotonic()
        for _ in range(2):
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                self.connection.request("GET", path)
                answer = self.connection.getresponse()
                body = answer.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
            else:
                told = {name.lower(): value for name, value in answer.getheaders()}
                return Answered(answer.status, told, body.decode(), time.monotonic() - began)
        raise AssertionError(f"no answer at {path}")

    def finds(self, text: str) -> bool:
        answer = self.get(f"/search?q={quote(text)}")
        return answer.status == 200 and '<li class="result article' in answer.text

    def start(self, *names: str) -> None:
        for name in names:
            command = [sys.executable, "-m", "kawaraban", "--home", str(self.home), name]
            self.processes[name] = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, claim, seconds: float = 60.0) -> None:
        until = time.monotonic() + seconds
        while True:
            with contextlib.suppress(AssertionError):
                if claim():
                    return
            assert time.monotonic() < until
            time.sleep(0.1)

    def at_the_desk(self, script: str, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", script, str(self.home), *arguments], env=environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    home, port = tmp_path_factory.mktemp("search") / "home", free_port()
    subprocess.run([sys.executable, "-m", "kawaraban", "init", str(home)], env=environment(), check=True, capture_output=True, timeout=120)
    settings_file = home / "kawaraban.toml"
    told = settings_file.read_text().replace("# port = 8000", f"port = {port}").replace("# desk_port = 8001", f"desk_port = {free_port()}")
    settings_file.write_text(told.replace("# searches_a_second = 20", "searches_a_second = 100000"))
    found = Magazine(home, port, {})
    found.start("desk", "newsstand")
    found.wait(lambda: found.get("/").status == 200)
    found.start("worker")
    found.at_the_desk(PUBLISH, TITLE, "港の朝", "岬の灯台に人が戻る")
    found.wait(lambda: found.finds("灯台"))
    yield found
    if found.connection is not None:
        found.connection.close()
    for process in found.processes.values():
        process.send_signal(signal.SIGTERM)
    for process in found.processes.values():
        process.wait(20)


@pytest.mark.slow
def test_search_is_a_page_of_the_magazine(magazine: Magazine) -> None:
    answer = magazine.get("/search?q=" + quote("灯台"))
    assert "<mark>灯台</mark>" in answer.text
    assert '<footer class="footer">' in answer.text and '<header class="masthead">' in answer.text
    assert "\x02" not in answer.text, "a slot was left unfilled"
    policy = magazine.get("/").headers["content-security-policy"]
    assert answer.headers["content-security-policy"] == policy
    assert answer.headers["x-robots-tag"] == "noindex"
    assert magazine.get("/search/suggest?q=" + quote("灯")).headers["content-type"].startswith("application/x-suggestions+json")
    assert TITLE in magazine.get("/search/feed?q=" + quote("灯台")).text
    assert magazine.get("/opensearch.xml").status == 200


@pytest.mark.slow
def test_withdrawn_article_is_gone_from_a_kept_answer_within_a_second(magazine: Magazine) -> None:
    """Asked all the time, so that there is always an answer from before."""
    title = "取り下げる手記"
    magazine.at_the_desk(PUBLISH, title)
    magazine.wait(lambda: magazine.finds("手記"))
    command = [sys.executable, "-c", WITHDRAW, str(magazine.home), title]
    with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as desk:
        time.sleep(3)  # it has started, and the answer is kept
        assert magazine.finds("手記")
        print(file=desk.stdin, flush=True)
        seen, over = time.time(), float("inf")
        while time.monotonic() < over:
            if magazine.finds("手記"):
                seen = time.time()
            if desk.poll() is not None:
                over = min(over, time.monotonic() + 3)
            time.sleep(0.02)
        withdrawn = float(desk.stdout.read())
    print(f"\nlast seen {seen - withdrawn:+.3f} s after it was withdrawn")
    assert seen < withdrawn + 1.0


def hostile() -> st.SearchStrategy[bytes]:
    """What may stand after q=, not encoded yet: any text, what engines take for syntax, half surrogates, bytes that are no text."""
    texts = st.text(st.characters(), max_size=500) | st.lists(st.sampled_from(SYNTAX + WORDS), max_size=60).map(" ".join)
    joined = st.lists(st.sampled_from(SYNTAX + WORDS), max_size=60).map("".join)
    return (texts | joined).map(lambda text: text[:500].encode("utf-8", "surrogatepass")) | st.binary(max_size=300)


@pytest.mark.parametrize(
    ("number", "most"), [pytest.param(1_000, 3.0, marks=pytest.mark.slow), pytest.param(20_000, 1.0, marks=pytest.mark.endurance)]
)
def test_every_text_is_answered(magazine: Magazine, number: int, most: float) -> None:
    slowest = 0.0

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(hostile(), st.sampled_from(["", "&order=date", "&kind=article&from=2020-01-01", "&page=50", "&section=1&topic=2"]))
    def ask(text: bytes, more: str) -> None:
        nonlocal slowest
        answer = magazine.get(f"/search?q={quote(text, safe='')}{more}")
        assert answer.status == 200, (text, answer.status)
        slowest = max(slowest, answer.seconds)
        assert answer.seconds < most, text

    ask()
    print(f"\n{number} searches, the slowest took {slowest:.3f} s")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/search/suggest?q=", "/search/feed?q="])
@pytest.mark.parametrize("text", ["%22", "%00", "%ED%A0%80", "%FF%FE", "a" * 501, quote("灯" * 501), "NEAR(", "*", quote("🗞️" * 100)])
def test_programs_are_answered_whatever_they_ask(magazine: Magazine, path: str, text: str) -> None:
    assert magazine.get(path + text).status == 200


@pytest.mark.slow
def test_text_that_is_too_long_gets_a_sentence(magazine: Magazine) -> None:
    answer = magazine.get("/search?q=" + quote("灯" * 501))
    assert (answer.status, "500文字以内" in answer.text) == (200, True)
    assert magazine.get("/search?q=" + "x" * 30_000).status == 414


@pytest.mark.slow
def test_desk_killed_and_back(magazine: Magazine) -> None:
    """The last test of the module: the search says so in the magazine's clothes, and every page is there."""
    desk = magazine.processes["desk"]
    for child in Path(f"/proc/{desk.pid}/task/{desk.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
    desk.kill()
    desk.wait(20)
    answer = magazine.get("/search?q=" + quote("港"))
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert 1 <= int(answer.headers["retry-after"]) <= 5
    assert "ただいま検索をご利用いただけません" in answer.text and '<header class="masthead">' in answer.text
    assert magazine.get("/search/suggest?q=a").text == "[]"
    assert magazine.get("/").status == 200
    magazine.start("desk")
    magazine.wait(lambda: magazine.finds("港"))
