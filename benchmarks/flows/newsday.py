"""newsday: 100,000 articles read as readers read, while wire items, publications and rankings come in."""

import itertools
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import freshness
from benchmarks.homes import ROOT, Unmade, addresses, inside
from benchmarks.load import CONNECTIONS, Load, load
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import free_port, kawaraban
from benchmarks.verify import Sampler, Wrong

ARTICLES, SECONDS, FULL_SECONDS = 100_000, 150.0, 600.0
REFERENCE, REFERENCE_SECONDS = 1_000, 8.0
SAMPLED_EVERY = 0.02  # seconds
GREATEST_AGE, GREATEST_P99 = 1.0, 3.0


@dataclass
class Day:
    quiet: list[Load]
    busy: Load
    sampler: Sampler
    versions: dict[str, list[freshness.Version]]
    events: Counter[str]


def lived(home: Path, paths: list[str], seconds: float) -> Day:
    """The servers of a magazine, readers, and a newsroom in a process of its own."""
    every, first = home / f"addresses-{len(paths)}.txt", home / "first.txt"
    first.write_text("".join(f"{path}\n" for path in paths[:REFERENCE]), encoding="utf-8")
    told, port, desk_port = home / "day.jsonl", free_port(), free_port()
    weights = [1 / rank for rank in range(1, len(paths) + 1)]
    sampler = Sampler(port, paths, SAMPLED_EVERY, list(itertools.accumulate(weights)))
    with ExitStack() as stack:
        for process in ("desk", "newsstand", "worker"):
            path = {"newsstand": paths[0]}.get(process, "/")
            stack.enter_context(kawaraban(home, process, port, desk_port, path=path))
        load(port, 2, "zipf", every)
        quiet = [load(port, REFERENCE_SECONDS, "walk", first)]
        newsroom = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "benchmarks.inside", str(home), "day", str(seconds), str(told)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        with sampler:
            busy = load(port, seconds, "zipf", every)
            _, trouble = newsroom.communicate(timeout=120)
        if newsroom.returncode:
            raise Unmade(f"the newsroom failed: {trouble.strip().splitlines()[-1:]}")
        quiet.append(load(port, REFERENCE_SECONDS, "walk", first))
    return Day(quiet, busy, sampler, freshness.read_versions(told), freshness.events(told))


def run(plan: Plan) -> Result:
    count, seconds = plan.articles or ARTICLES, plan.seconds or (FULL_SECONDS if plan.full else SECONDS)
    home = plan.homes.fresh(plan.homes.large(count), "newsday")
    day = lived(home, addresses(home, count), seconds)
    found = checked(home, day)
    reference = sum(quiet.p99 for quiet in day.quiet) / len(day.quiet)
    result = Result(verified=[f"{len(found)} answers, read under load, are the true page with slots as they were at some moment"])
    result.settings = {
        "articles": count,
        "seconds": seconds,
        "connections": CONNECTIONS,
        "changes": ", ".join(f"{number} × {name}" for name, number in sorted(day.events.items())),
    }
    oldest = max(found, key=lambda age: age.seconds)
    late = sorted(age.seconds for age in found if age.seconds)
    result.figures = [
        Figure("requests a second", "1/s", round(day.busy.rate)),
        Figure("p50", "ms", round(day.busy.p50 * 1000, 2)),
        Figure("p99", "ms", round(day.busy.p99 * 1000, 2)),
        Figure("longest", "ms", round(day.busy.longest * 1000, 1)),
        Figure("p99 of 1,000 articles in turn, before and after", "ms", round(reference * 1000, 2), tuple(round(q.p99 * 1000, 2) for q in day.quiet)),
        Figure("answers with a slot that had been replaced", "of all sampled", len(late)),
        Figure("greatest age of a slot", "s", round(oldest.seconds, 3)),
    ]
    result.musts = [
        Must("age of any slot seen by a reader, s", GREATEST_AGE, round(oldest.seconds, 3), most=True),
        Must("p99 ÷ p99 of 1,000 articles in turn", GREATEST_P99, round(day.busy.p99 / reference, 2), most=True),
    ]
    if late:
        result.notes.append(f"The oldest slot was {oldest.slot}")
    return result


def checked(home: Path, day: Day) -> list[freshness.Age]:
    """Raises Wrong for an answer that never was the page, or when the day brought no change to see."""
    asked = home / "asked.txt"
    asked.write_text("".join(f"{address}\n" for address in sorted({answer.address for answer in day.sampler.answers})), encoding="utf-8")
    inside(home, "sheets", asked, home / "sheets.jsonl")
    if not any(len(versions) > 1 for versions in day.versions.values()):
        raise Wrong("nothing changed while the clock ran")
    return freshness.ages(day.sampler.answers, freshness.read_sheets(home / "sheets.jsonl"), day.versions)


FLOW = Flow("newsday", "100,000 articles, read while news come in", run)
