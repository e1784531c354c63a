"""article: a thousand articles read one after another, from the newsstand and from the field."""

import math
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import peers, rounds, verify
from benchmarks.homes import addresses, inside
from benchmarks.load import CONNECTIONS, Load, load
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import Server, free_port, kawaraban
from benchmarks.verify import Answer, Sampler, Truth

ARTICLES, ROUNDS, SECONDS = 1000, 5, 4.0
SLOW_SECONDS = 4.0  # what answers a few requests a second must be given, so that they can be counted
NEWSSTAND, STATIC, FRONT, WAGTAIL = "newsstand", "nginx, files", "newsstand behind nginx", "Wagtail without the press"
THREADS = (1, 4)
# Not sent by nginx, or sent by it without being told.
OWN_HEADERS = {"content-encoding", "content-length", "content-type", "date", "etag", "server", "vary", "x-request-id", "connection"}


@dataclass
class Field:
    """All servers of the flow, up at the same time; one at a time is under load."""

    plan: Plan
    home: Path
    paths: list[str]
    servers: dict[str, Server] = field(default_factory=dict)
    kept: dict[str, list[Answer]] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)  # bytes of each page as the newsstand sends it
    threads: int = 0

    @property
    def file(self) -> Path:
        return self.home / f"addresses-{len(self.paths)}.txt"

    @property
    def seconds(self) -> float:
        return self.plan.seconds or SECONDS

    def start(self, stack: ExitStack) -> None:
        port, desk_port, folder = free_port(), free_port(), self.plan.folder("run-article-files")
        self.servers[NEWSSTAND] = stack.enter_context(kawaraban(self.home, "newsstand", port, desk_port))
        answers = list(verify.fetched(port, self.paths))
        self.joined = {answer.address: len(answer.body) for answer in answers}
        peers.write_files(folder, {answer.address: answer.body for answer in answers})
        shown = [(name, value) for name, value in answers[0].headers.items() if name not in OWN_HEADERS]
        self.servers[STATIC] = stack.enter_context(peers.static(folder, free_port(), shown))
        self.servers[FRONT] = stack.enter_context(peers.front(self.plan.folder("run-article-front"), free_port(), port))
        self.servers[WAGTAIL] = stack.enter_context(self.better_wagtail())

    def better_wagtail(self) -> Server:
        """With the number of threads that answers more."""
        rates = {}
        for threads in THREADS:
            with self.wagtail(threads) as server:
                rates[threads] = load(server.port, SLOW_SECONDS, "walk", self.file).rate
        self.threads = max(rates, key=lambda threads: rates[threads])
        return self.wagtail(self.threads)

    def wagtail(self, threads: int) -> Server:
        return peers.wagtail(self.home, free_port(), threads, self.home / f"wagtail-{threads}.log", self.paths[0])

    def measure(self, name: str, number: int) -> Load:
        with Sampler(self.servers[name].port, self.paths) as sampler:
            seconds = max(self.seconds, SLOW_SECONDS) if name == WAGTAIL else self.seconds
            found = load(self.servers[name].port, seconds, "walk", self.file, seed=number + 1)
        self.kept.setdefault(name, []).extend(sampler.answers)
        return found

    def compare(self, truth: Mapping[str, Truth]) -> list[str]:
        """Every page once from each server, and what was read while the clock ran. Raises Wrong."""
        told = []
        for name, server in self.servers.items():
            during = verify.compare(self.kept[name], truth, f"{name}, under load")
            after = verify.compare(verify.fetched(server.port, self.paths), truth, name)
            told.append(f"{name}: all {after} pages afterwards and {during} answers under load are the true page")
        return told


def run(plan: Plan) -> Result:
    count = plan.articles or ARTICLES
    home = plan.homes.fresh(plan.homes.printed(count), "article")
    inside(home, "truth", count, home / "truth.jsonl")
    truth, everybody = verify.read_truth(home / "truth.jsonl"), Field(plan, home, addresses(home, count))
    with ExitStack() as stack:
        everybody.start(stack)
        for name in (NEWSSTAND, STATIC, FRONT):
            load(everybody.servers[name].port, 1, "walk", everybody.file)
        loads = rounds.interleaved(list(everybody.servers), ROUNDS, everybody.measure)
        verified = everybody.compare(truth)
    result = Result(verified=verified)
    result.settings = {
        "articles": count,
        "rounds": ROUNDS,
        "seconds a round": everybody.seconds,
        "connections": CONNECTIONS,
        "nginx in front": "deploy/nginx/kawaraban.conf, without TLS",
        "Wagtail's threads": everybody.threads,
    }
    for name, told in loads.items():
        result.figures += rounds.figures(name, told)
    compare_rates(result, loads)
    compare_sizes(result, [everybody.joined[path] / truth[path].whole for path in everybody.paths], truth)
    return result


def compare_rates(result: Result, loads: Mapping[str, Sequence[Load]]) -> None:
    for above, below, wanted in ((NEWSSTAND, STATIC, 0.38), (NEWSSTAND, WAGTAIL, 100), (FRONT, STATIC, 0.75)):
        found = rounds.ratio(f"{above} ÷ {below}", loads[above], loads[below])
        result.figures.append(found)
        result.musts.append(Must(found.name, wanted, found.value))


def compare_sizes(result: Result, ratios: Sequence[float], truth: Mapping[str, Truth]) -> None:
    middle, greatest = median(ratios), max(ratios)
    result.figures += [
        Figure("page, plain: median", "bytes", median(page.bytes for page in truth.values())),
        Figure("page, compressed whole: median", "bytes", median(page.whole for page in truth.values())),
        Figure("joined ÷ compressed whole: median", "×", round(middle, 4)),
        Figure("joined ÷ compressed whole: greatest", "×", math.ceil(greatest * 10_000) / 10_000),
    ]
    result.musts.append(Must("joined ÷ compressed whole, every page", 1.12, greatest, most=True))


FLOW = Flow("article", "1,000 articles, one after another", run)
