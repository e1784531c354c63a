"""python -m benchmarks run [--full] [--flow NAME …] | readme [--check]"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import readme, report
from benchmarks.catalogue import FLOWS
from benchmarks.homes import ROOT, Homes, Unmade, say
from benchmarks.load import Unloaded
from benchmarks.plan import Plan, Result
from benchmarks.processes import Unstarted
from benchmarks.verify import Wrong

FAILED, UNMET = 1, 2


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures, and checks every answer.")
    commands = found.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the flows and write a report")
    run.add_argument("--flow", action="append", choices=list(FLOWS), help="only this flow; may be given again")
    run.add_argument("--full", action="store_true", help="longer, and with 1,000,000 articles and wire items")
    run.add_argument("--seconds", type=float, default=0.0, help="of one measurement; for trying out")
    run.add_argument("--articles", type=int, default=0, help="how many; for trying out")
    run.add_argument("--items", type=int, default=0, help="of the wires, how many; for trying out")
    run.add_argument("--work", type=Path, help="folder for the homes, kept; else a temporary one, removed")
    run.add_argument("--name", default="", help="of the report in benchmarks/results; else none is kept when trying out")
    readme = commands.add_parser("readme", help="write the newest report's figures into README.md")
    readme.add_argument("--check", action="store_true", help="only say whether README.md has them")
    return found


def main() -> int:
    asked = parser().parse_args()
    if asked.command == "readme":
        return tell_readme(only_check=asked.check)
    if asked.work is not None:
        return run(asked, asked.work.resolve())
    with tempfile.TemporaryDirectory(prefix="kawaraban-bench-") as work:
        return run(asked, Path(work))


def run(asked: argparse.Namespace, work: Path) -> int:
    """Exit code 1: a flow failed, and there is no figure; 2: a figure is not what it must be."""
    plan, began = Plan(work, Homes(work), asked.full, asked.seconds, asked.articles, asked.items), time.monotonic()
    results: dict[str, Result] = {}
    for name in asked.flow or FLOWS:
        say(f"{name}: {FLOWS[name].what}")
        try:
            results[name] = FLOWS[name].run(plan)
        except (Wrong, Unloaded, Unstarted, Unmade, OSError) as error:
            if results:
                print(report.markdown(report.report(results, time.monotonic() - began, full=asked.full)))
            print(f"{name} failed: {error}; what was measured before is above, and kept nowhere", file=sys.stderr)
            return FAILED
    found = report.report(results, time.monotonic() - began, full=asked.full)
    print(report.markdown(found))
    is_trial = asked.seconds or asked.articles or asked.items or asked.flow
    if asked.name or not is_trial:
        say(f"written: {report.write(found, asked.name or found['at'][:10]).relative_to(ROOT)}")
    missed = report.unmet(results.values())
    for must in missed:
        print(f"not reached: {must.claim}: {must.seen:.4g} instead of {must.wanted:g}", file=sys.stderr)
    return UNMET if missed else 0


def tell_readme(*, only_check: bool) -> int:
    """Exit code 1: the figures were not there."""
    if not (found := report.newest()):
        print("there is no report in benchmarks/results: run make bench", file=sys.stderr)
        return FAILED
    had = readme.write(ROOT / "README.md", found, only_check=only_check)
    if only_check and not had:
        print("README.md has other figures than the newest reports: run python -m benchmarks readme", file=sys.stderr)
    return FAILED if only_check and not had else 0


if __name__ == "__main__":
    sys.exit(main())
