"""scale: the same load on 1,000, 10,000 and 100,000 articles, read as readers read and one after another."""

import random
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import rounds, verify
from benchmarks.homes import addresses, inside
from benchmarks.load import CONNECTIONS, Load, load
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import Server, free_port, kawaraban
from benchmarks.verify import Answer, Sampler

COUNTS, FULL_COUNT = (1_000, 10_000, 100_000), 1_000_000
ROUNDS, SECONDS = 9, 4.0
WARM_SECONDS, WARM_RATE = 2.0, 10_000  # and so many pages a second are asked for before: each once, at the least
PROVED = 500  # pages of each home that are compared afterwards
FALL, RESIDENT = 0.85, 150 << 20
KINDS = {"zipf": "as readers read", "walk": "one after another"}


@dataclass
class Shop:
    """A newsstand with so many articles."""

    count: int
    home: Path
    paths: list[str]
    server: Server
    kept: list[Answer] = field(default_factory=list)
    resident: int = 0  # bytes, the most that was seen after a round

    @property
    def file(self) -> Path:
        return self.home / f"addresses-{self.count}.txt"

    def measure(self, kind: str, seconds: float, number: int) -> Load:
        with Sampler(self.server.port, self.paths, 0.1) as sampler:
            found = load(self.server.port, seconds, kind, self.file, seed=number + 1)
        self.kept += sampler.answers
        self.resident = max(self.resident, self.server.resident())
        return found

    def compare(self) -> str:
        """Raises Wrong."""
        chosen = random.Random(self.count).sample(self.paths, min(self.count, PROVED))  # noqa: S311
        asked = self.home / "asked.txt"
        asked.write_text("".join(f"{path}\n" for path in sorted({*chosen, *(answer.address for answer in self.kept)})), encoding="utf-8")
        inside(self.home, "truth-of", asked, self.home / "truth.jsonl")
        truth = verify.read_truth(self.home / "truth.jsonl")
        during = verify.compare(self.kept, truth, f"{self.count} articles, under load")
        after = verify.compare(verify.fetched(self.server.port, chosen), truth, f"{self.count} articles")
        return f"{self.count:,} articles: {during} answers under load and {after} pages afterwards are the true page"


def counts(plan: Plan) -> Iterable[int]:
    every = (*COUNTS, FULL_COUNT) if plan.full else COUNTS
    return [count for count in every if not plan.articles or count <= plan.articles]


def home_of(plan: Plan, count: int) -> Path:
    return plan.homes.shelf(count) if count == FULL_COUNT else plan.homes.large(count)


def run(plan: Plan) -> Result:
    seconds, shops = plan.seconds or SECONDS, []
    with ExitStack() as stack:
        for count in counts(plan):
            home, port = home_of(plan, count), free_port()
            paths = addresses(home, count)
            shops.append(Shop(count, home, paths, stack.enter_context(kawaraban(home, "newsstand", port, free_port(), path=paths[0]))))
        loads = {kind: measured(shops, kind, seconds) for kind in KINDS}
        result = Result(verified=[shop.compare() for shop in shops])
    result.settings = {
        "articles": ", ".join(f"{shop.count:,}" for shop in shops),
        "rounds": ROUNDS,
        "seconds a round": seconds,
        "connections": CONNECTIONS,
    }
    result.notes.append(
        "As readers read: the page of rank k as often as 1/k says; one after another: no page is asked for again before all others were; "
        "each newsstand had been asked for all pages before"
    )
    for kind, told in KINDS.items():
        for shop in shops:
            result.figures += rounds.figures(f"{shop.count:,} articles, {told}", loads[kind][name(shop)])
        for shop in shops[1:]:
            found = rounds.ratio(f"{shop.count:,} ÷ {shops[0].count:,} articles, {told}", loads[kind][name(shop)], loads[kind][name(shops[0])])
            result.figures.append(found)
            if kind == "zipf" and shop.count <= COUNTS[-1]:
                result.musts.append(Must(found.name, FALL, found.value))
    result.figures += [Figure(f"{shop.count:,} articles: memory of the process", "MB", round(shop.resident / (1 << 20), 1)) for shop in shops]
    result.musts += [
        Must(f"{shop.count:,} articles: memory of the process, MB", RESIDENT >> 20, round(shop.resident / (1 << 20), 1), most=True)
        for shop in shops
        if shop.count == COUNTS[-1]
    ]
    return result


def name(shop: Shop) -> str:
    return str(shop.count)


def measured(shops: list[Shop], kind: str, seconds: float) -> dict[str, list[Load]]:
    """Of newsstands that have been asked for every page before, as on any day but the first."""
    by_name = {name(shop): shop for shop in shops}
    for shop in shops:
        load(shop.server.port, max(WARM_SECONDS, shop.count / WARM_RATE), "walk", shop.file)
        load(shop.server.port, WARM_SECONDS, kind, shop.file)
    return rounds.interleaved(list(by_name), ROUNDS, lambda which, number: by_name[which].measure(kind, seconds, number))


FLOW = Flow("scale", "1,000 to 100,000 articles under the same load", run)
