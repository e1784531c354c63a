"""The demo edition served by a real process, the list of every kind of reader page, and the browser that opens them."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kawaraban import homes
from kawaraban.press.edition import Edition

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NODE_MODULES = ROOT / "audit" / "node_modules"
START_SECONDS = 60
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "lighthouse: three runs of Lighthouse a page; run with -m lighthouse")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Lighthouse runs only where it is asked for by name: three runs a page, and its figures want a quiet machine."""
    if "lighthouse" not in config.option.markexpr:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("lighthouse")])
        items[:] = [item for item in items if not item.get_closest_marker("lighthouse")]


@dataclass(frozen=True)
class ReaderPage:
    """A kind of page: its path, where {names} are places that furnish.py tells; what is typed into its form, if anything."""

    kind: str
    path: str
    status: int = 200
    typed: str | None = None


EVERY_PAGE = (
    ReaderPage("front", "/"),
    ReaderPage("section", "/world"),
    ReaderPage("section-page-2", "/world?page=2"),
    ReaderPage("article", "{night-flight-calls}"),
    ReaderPage("article-page-1", "{seabed-mud-archive}"),
    ReaderPage("article-page-2", "{seabed-mud-archive}/2"),
    ReaderPage("article-whole", "{seabed-mud-archive}/all"),
    ReaderPage("article-every-block", "{river-word-atlas}"),
    ReaderPage("article-every-block-whole", "{river-word-atlas}/all"),
    ReaderPage("article-translated", "{dark-harbor-sky}"),
    ReaderPage("article-sponsored", "{shore-power-berth}"),
    ReaderPage("article-stub", "{stub}"),
    ReaderPage("topics", "/topics"),
    ReaderPage("topic-hub", "/topics/sea-routes"),
    ReaderPage("topic-series", "/topics/small-stations"),
    ReaderPage("topic-sponsored", "/topics/next-harbor"),
    ReaderPage("authors", "/authors"),
    ReaderPage("author", "/authors/chikage-otowa"),
    ReaderPage("issues", "/magazine"),
    ReaderPage("issue", "{issue}"),
    ReaderPage("mooks", "/mooks"),
    ReaderPage("mook", "/mooks/lighthouse-atlas"),
    ReaderPage("notice", "/about"),
    ReaderPage("latest", "/latest"),
    ReaderPage("latest-page-4", "/latest?page=4"),
    ReaderPage("wire", "/wire"),
    ReaderPage("wire-section", "/wire?section=" + urllib.parse.quote("ワールド")),
    ReaderPage("wire-item", "{wire_item}"),
    ReaderPage("ranking", "/ranking"),
    ReaderPage("search", "/search?q=" + urllib.parse.quote("灯台")),
    ReaderPage("search-narrowed", "/search?kind=article&order=date&from=2020-01-01&q=" + urllib.parse.quote("海 港")),
    ReaderPage("search-relaxed", "/search?q=" + urllib.parse.quote("灯台 zymurgy")),
    ReaderPage("search-empty", "/search?q=zymurgyzymurgy"),
    ReaderPage("search-too-long", "/search?q=" + "x" * 501),
    ReaderPage("search-start", "/search"),
    ReaderPage("newsletter", "/newsletter"),
    ReaderPage("newsletter-fault", "/newsletter", status=422, typed="潮@"),
    ReaderPage("newsletter-done", "/newsletter", typed="reader@example.org"),
    ReaderPage("missing", "/no-such-page", status=404),
    ReaderPage("withdrawn", "{withdrawn}", status=410),
    ReaderPage("failure", "{failure}", status=503),
)


@dataclass(frozen=True)
class Site:
    """The edition as it is served: its address without a slash at the end, and its places."""

    address: str
    places: dict[str, str]
    home: Path
    answers: dict[str, SimpleNamespace] = field(default_factory=dict)

    def page(self, kind: str) -> ReaderPage:
        found = next(page for page in EVERY_PAGE if page.kind == kind)
        return replace(found, path=self.address + found.path.format_map(self.places))

    def answer(self, kind: str) -> SimpleNamespace:
        """Status, headers and body of the page. It is asked for once."""
        if kind not in self.answers:
            page = self.page(kind)
            form = None if page.typed is None else urllib.parse.urlencode({"address": page.typed}).encode()
            self.answers[kind] = asked(urllib.request.Request(page.path, data=form))
        return self.answers[kind]

    def html(self, kind: str) -> str:
        return self.answer(kind).body.decode("utf-8")


def asked(request: str | urllib.request.Request) -> SimpleNamespace:
    """Any answer at all: status, headers, body."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return SimpleNamespace(status=error.code, headers=error.headers, body=error.read())


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy for each process that tests: none sees what another does to its home."""
    home = tmp_path_factory.mktemp("edition") / "home"
    shutil.copytree(kept_home(pytestconfig.cache.mkdir("browser")), home)
    with served(home) as address:
        yield Site(address, json.loads((home / "places.json").read_text(encoding="utf-8")), home)


def kept_home(folder: Path) -> Path:
    """The furnished home, made anew when what it is made of has changed, or after a week: its articles grow old."""
    made = folder / digest_of_edition()
    stamp = made / "places.json"
    with (folder.parent / "browser.lock").open("w") as lock:  # of two processes one makes it, and the other waits
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and time.time() - stamp.stat().st_mtime < 7 * 24 * 3600:
            return made
        for older in folder.iterdir():
            shutil.rmtree(older)
        subprocess.run([sys.executable, HERE / "furnish.py", made], check=True, env=environment(), stdout=subprocess.DEVNULL)
        return made


def digest_of_edition() -> str:
    package = Path(homes.__file__).parent
    digest = hashlib.sha256(homes.demo_stamp().encode())
    for file in sorted([HERE / "furnish.py", *package.glob("demo/*.py"), *package.glob("*/migrations/*.py"), *package.glob("*/models*/**/*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def environment(**more: str) -> dict[str, str]:
    """Ours without what points to another home."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("KAWARABAN_", "DJANGO_"))} | more


@contextmanager
def served(home: Path, ports: Sequence[int] = ()) -> Iterator[str]:
    """`kawaraban serve` on two ports, free ones unless told, until the block ends."""
    port, desk_port = ports or free_ports(2)
    shutil.rmtree(home / "data" / "edition", ignore_errors=True)  # printed for another port, it would be served until it is printed anew
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "serve"]
    ports = {"KAWARABAN_PORT": str(port), "KAWARABAN_DESK_PORT": str(desk_port)}
    with (home / "serve.log").open("w") as log, subprocess.Popen(command, env=environment(**ports), stdout=log, stderr=log) as process:
        try:
            await_answer(f"http://127.0.0.1:{port}/", process)
            await_special_pages(home, process)
            await_index(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in sockets]
    for probe in sockets:
        probe.close()
    return ports


def await_answer(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, f"kawaraban serve ended with {process.returncode}"
        try:
            if asked(address).status == 200:  # 503 while nothing is printed and the desk is not there yet
                return
        except urllib.error.URLError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {START_SECONDS} seconds")


@contextmanager
def served_desk(home: Path) -> Iterator[str]:
    """`kawaraban desk` on a free port until the block ends."""
    [port] = free_ports(1)
    command = [sys.executable, "-m", "kawaraban", "--home", str(home), "desk"]
    env = environment(PYTHONPATH=str(ROOT), KAWARABAN_DESK_PORT=str(port))
    with (home / "desk.log").open("w") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as process:
        try:
            await_answer(f"http://127.0.0.1:{port}/desk/login/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def logged_in(chromium: Any, address: str) -> dict[str, Any]:
    """What a browser keeps once the editor has logged in at a desk."""
    context = chromium.new_context(locale="ja-JP")
    tab = context.new_page()
    tab.goto(f"{address}/desk/login/")
    tab.fill("[name=username]", "editor")
    tab.fill("[name=password]", "a long password")
    tab.click("button[type=submit]")
    tab.wait_for_url("**/desk/")
    state = context.storage_state()
    context.close()
    return state


def await_special_pages(home: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the pages for what is missing or fails are printed: before, readers get a notice of a few lines."""
    edition, until = Edition(home / "data" / "edition"), time.monotonic() + START_SECONDS
    try:
        while not (edition.has("!404") and edition.has("!503")):
            assert process.poll() is None and time.monotonic() < until, "no page for what is missing was printed"
            time.sleep(0.1)
    finally:
        edition.close()


def await_index(address: str) -> None:
    """Until everything can be found: before, the search page says that there will be more."""
    until, number = time.monotonic() + START_SECONDS, 0
    while True:
        number += 1  # another text each time, since an answer is kept for a moment
        answer = asked(f"{address}/search?q=" + urllib.parse.quote("灯台 ") + "-x" * number)
        if b'class="result ' in answer.body and b'class="search-notice"' not in answer.body:
            return
        assert time.monotonic() < until, "the archive can't be searched"
        time.sleep(0.5)


@pytest.fixture(scope="session")
def ask(site: Site) -> Callable[[str], SimpleNamespace]:
    """The answer at an address, asked for once in the run."""
    return cache(asked)


@pytest.fixture(params=[page.kind for page in EVERY_PAGE])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def every_kind() -> tuple[str, ...]:
    return tuple(page.kind for page in EVERY_PAGE)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where the Node packages of audit/ are."""
    if not NODE_MODULES.is_dir() or shutil.which("node") is None:
        pytest.skip("Node or audit/node_modules is missing: apt-get install nodejs npm && make node")
    return NODE_MODULES


@pytest.fixture(scope="session")
def axe(node_modules) -> str:
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser of its own for every module: Playwright's loop, left running, would stop Django's tests that come after."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install playwright")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """A function that opens a kind of page in a fresh context of the given width and gives Playwright's page.

    The page has `told`: what the console and the network had to complain about, and every address that was asked for.
    """
    contexts = []

    def open_page(kind: str, width: int = 390, height: int = 844, **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="ja-JP", **more)
        contexts.append(context)
        tab = context.new_page()
        tab.told = listening(tab)
        found = site.page(kind)
        answer = tab.goto(found.path, wait_until="load")
        if found.typed is not None:
            tab.fill("#address", found.typed)
            with tab.expect_navigation(wait_until="load") as sent:
                tab.click("form.sign-up button")
            answer = sent.value
        assert answer.status == found.status
        return tab

    yield open_page
    for context in contexts:
        context.close()


def listening(tab: Any) -> SimpleNamespace:
    told = SimpleNamespace(console=[], errors=[], failed=[], addresses=[], answers={})
    tab.on("console", lambda message: told.console.append((message.type, message.text, message.location.get("url", ""))))
    tab.on("pageerror", lambda error: told.errors.append(str(error)))
    tab.on("requestfailed", lambda request: told.failed.append(f"{request.url}: {request.failure}"))
    tab.on("request", lambda request: told.addresses.append(request.url))
    tab.on("response", lambda response: told.answers.update({response.url: response.status}))
    return told
