"""publish: from the editor's click to the first reader's answer that has it, with 100,000 articles at the desk."""

import http.client
import json
import re
import threading
import time
import urllib.parse
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks import rounds
from benchmarks.homes import addresses, inside
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import free_port, kawaraban
from benchmarks.verify import Reader, Wrong, text_of

ARTICLES, CLICKS = 100_000, 200
PAUSE = 0.005  # seconds between two looks of a reader
PATIENCE = 20.0
LOOKS = 5  # at each page of the desk
GREATEST_SECONDS, GREATEST_OPENING = 1.0, 1.0
TAGS = re.compile(r"<[^>]+>|\s+")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Editor:
    """A browser that is signed in at the desk."""

    port: int
    told: Mapping[str, Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Status and text. The connection is kept no longer than for one answer, as the desk wants it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = {self.told["cookie"][0]: self.told["cookie"][1], **self.cookies}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                key, _, value = cookie.partition(";")[0].partition("=")
                if key == self.told["csrf"]:
                    self.cookies[key] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def opens(self, path: str) -> float:
        """How many seconds a page of the desk takes. Raises Wrong."""
        began = time.perf_counter()
        status, text = self.ask("GET", path)
        took = time.perf_counter() - began
        if status != 200 or len(text) < 1_000:
            raise Wrong(f"the desk answers {status} to {path}: {text[:200]}")
        return took

    def token(self, path: str) -> str:
        status, text = self.ask("GET", path)
        if status != 200 or (found := TOKEN.search(text)) is None:
            raise Wrong(f"the desk shows no form at {path}: {status}")
        return found[1]

    def clicks(self, form: Mapping[str, Any], token: str) -> None:
        """Raises Wrong when the desk doesn't take it."""
        body = urllib.parse.urlencode({**form["fields"], "csrfmiddlewaretoken": token}, doseq=True).encode()
        status, text = self.ask("POST", form["to"], body)
        if status != 302:
            raise Wrong(f"the desk refuses the article {form['address']}: {status} {TAGS.sub(' ', text)[:300]}")


def seen(port: int, path: str, words: str, until: threading.Event, from_moment: float) -> float:
    """Seconds until a reader's answer has the words. Raises Wrong when it takes too long."""
    reader = Reader(port)
    try:
        while time.perf_counter() - from_moment < PATIENCE and not until.is_set():
            answer = reader.read(path)
            if answer.status == 200 and words.encode() in text_of(answer):
                return time.perf_counter() - from_moment
            time.sleep(PAUSE)
    finally:
        reader.close()
    raise Wrong(f"{path} did not show the new article within {PATIENCE:g} s")


@dataclass
class Waits:
    """Seconds from the click until the article's own page, and a page that lists it, showed it; and until the editor had an answer."""

    own: list[float] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    desk: list[float] = field(default_factory=list)


def published(editor: Editor, port: int, form: Mapping[str, Any], other: str, waits: Waits) -> None:
    token, refused, faults = editor.token(form["to"]), threading.Event(), []
    began = time.perf_counter()

    def look(path: str, into: list[float]) -> None:
        try:
            into.append(seen(port, path, form["slug"] if path == other else form["headline"], refused, began))
        except Exception as error:
            faults.append(error)

    readers = [threading.Thread(target=look, args=look_at) for look_at in ((form["address"], waits.own), (other, waits.listed))]
    for reader in readers:
        reader.start()
    try:
        editor.clicks(form, token)
        waits.desk.append(time.perf_counter() - began)
    except BaseException:
        refused.set()
        raise
    finally:
        for reader in readers:
            reader.join()
    if faults:
        raise Wrong(str(faults[0]))


def run(plan: Plan) -> Result:
    count = plan.articles or ARTICLES
    clicks = CLICKS if not plan.seconds else max(20, round(plan.seconds))
    home = plan.homes.fresh(plan.homes.large(count), "publish")
    inside(home, "clicks", clicks, home / "clicks.json")
    told = json.loads((home / "clicks.json").read_text(encoding="utf-8"))
    waits = Waits()
    opened = measured(home, told, addresses(home, count)[0], waits)
    result = Result(
        verified=[f"{len(waits.own)} articles, published with the desk's form, were read on their own pages and on another article's page"]
    )
    result.settings = {"articles at the desk": count, "publications": clicks, "servers": "newsstand, desk and worker, SQLite"}
    for name, values in (("own page", waits.own), ("list on another page", waits.listed), ("desk's answer", waits.desk)):
        result.figures += [
            Figure(f"click to {name}: p50", "s", round(median(values), 3)),
            Figure(f"click to {name}: p99", "s", round(p99(values), 3)),
        ]
    result.musts = [
        Must("click to own page: p99, s", GREATEST_SECONDS, round(p99(waits.own), 3), most=True),
        Must("click to list on another page: p99, s", GREATEST_SECONDS, round(p99(waits.listed), 3), most=True),
    ]
    for name, values in opened.items():
        found = rounds.figure(f"opens: {name}", "s", values)
        result.figures.append(found)
        result.musts.append(Must(f"opens: {name}, s", GREATEST_OPENING, found.value, most=True))
    return result


def measured(home: Path, told: Mapping[str, Any], other: str, waits: Waits) -> dict[str, list[float]]:
    port, desk_port = free_port(), free_port()
    with ExitStack() as stack:
        for process in ("desk", "newsstand", "worker"):
            stack.enter_context(kawaraban(home, process, port, desk_port, path=other if process == "newsstand" else "/"))
        editor = Editor(desk_port, told)
        for path in told["pages"].values():
            editor.opens(path)
        opened: dict[str, list[float]] = {name: [] for name in told["pages"]}
        for _ in range(LOOKS):
            for name, path in told["pages"].items():
                opened[name].append(editor.opens(path))
        for form in told["forms"]:
            published(editor, port, form, other, waits)
    return opened


def p99(values: list[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[98]


FLOW = Flow("publish", "from the editor's click to the reader", run)
