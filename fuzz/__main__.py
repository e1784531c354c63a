"""python -m fuzz [--seconds N] [--jobs N] [--engine NAME …] [--work FOLDER] [TARGET …] | python -m fuzz --check TARGET FILE

Each engine for so many seconds, which the targets share equally. What breaks a rule is read again in a fresh process; if it still does, it
is saved among the samples, where the tests find it, and the exit code is 1. In a work folder atheris finds the inputs again that it has come
upon before.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fuzz import rules
from fuzz.engine import ENGINES, FOUND
from fuzz.now import Now
from fuzz.targets import FOUND as KEPT
from fuzz.targets import ROOT, TARGETS

MINUTES = 10
LEAST, MISUSED = 2.0, 2  # seconds of an engine on a target; exit code
STUCK = 60.0  # seconds on one input, after which a process is ended
TRIES = 20  # of an engine that stops at what proves to be right


@dataclass(frozen=True)
class Told:
    engine: str
    target: str
    readings: int
    finding: str = ""


def main() -> int:
    asked = parser().parse_args()
    if asked.check:
        return check(asked.check[0], Path(asked.check[1]))
    wanted = asked.engine or [*ENGINES]
    engines = [engine for engine in wanted if engine != "atheris" or is_there("atheris")]
    targets = [*dict.fromkeys(asked.targets or TARGETS)]
    jobs, share = [(engine, target) for target in targets for engine in engines], asked.seconds / len(targets)
    if share < LEAST:
        say(f"{asked.seconds:g} s are too few for {len(targets)} targets: --seconds {LEAST * len(targets):g} at least.")
        return MISUSED
    work = asked.work and asked.work.resolve()
    if engines != wanted:
        say("atheris is not there (it has wheels for Linux on x86-64 only): what it was to read is left out.")
    with ThreadPoolExecutor(asked.jobs) as pool:
        told = list(pool.map(lambda job: fuzz(*job, share, work), jobs))
    findings = [found for found in told if found.finding]
    for engine in engines:
        say(f"{engine}: {asked.seconds:g} s, {sum(found.readings for found in told if found.engine == engine):,} readings")
    say(f"{sum(found.readings for found in told):,} readings, {len(findings)} findings")
    return 1 if findings else 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m fuzz", description="Feeds the wires' formats with whatever bytes.")
    found.add_argument("targets", nargs="*", metavar="TARGET", choices=[*TARGETS, []], help=f"of {', '.join(TARGETS)}; else all")
    found.add_argument("--seconds", type=float, default=60.0 * MINUTES, help="of each engine, shared by the targets; %(default)g if not told")
    found.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    found.add_argument("--engine", action="append", choices=list(ENGINES), help="only this one; may be given again")
    found.add_argument("--work", type=Path, help="folder that keeps what atheris has come upon; else a temporary one, removed")
    found.add_argument("--check", nargs=2, metavar=("TARGET", "FILE"), help="read one file, and say which rule it breaks")
    return found


def is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def check(target: str, file: Path) -> int:
    rules.limit_memory()
    if told := rules.fault(TARGETS[target], file.read_bytes()):
        print(told)
    return FOUND if told else 0


@contextmanager
def folder(work: Path | None, engine: str, target: str) -> Iterator[Path]:
    if work is None:
        with tempfile.TemporaryDirectory(prefix="kawaraban-fuzz-") as made:
            yield Path(made)
    else:
        kept = work / f"{engine}-{target}"
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "now").unlink(missing_ok=True)
        yield kept


def fuzz(engine: str, target: str, seconds: float, work: Path | None) -> Told:
    """Until the time is over, or something was found."""
    until, readings, finding = time.monotonic() + seconds, 0, ""
    with folder(work, engine, target) as place:
        for _ in range(TRIES):
            rest = until - time.monotonic()
            if rest < 1 or finding:
                break
            code = run(engine, target, rest, place)
            now = Now(place / "now")
            readings = now.count
            finding = confirmed(target, now.data) if code else ""
    say(f"{engine:10} {target:12} {readings:>10,} readings {finding}")
    return Told(engine, target, readings, finding)


def run(engine: str, target: str, seconds: float, folder: Path) -> int:
    """The exit code of the engine's process; its last words go to a file beside."""
    command = [sys.executable, "-m", "fuzz.engine", engine, target, str(seconds), str(folder)]
    now = Now(folder / "now")
    with (folder / "log").open("ab") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment()) as process:
        seen, since = -1, time.monotonic()
        while True:
            try:
                return process.wait(1.0)
            except subprocess.TimeoutExpired:
                if now.count != seen:
                    seen, since = now.count, time.monotonic()
                elif time.monotonic() - since > STUCK:
                    process.kill()
                    return process.wait()


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random"}


def confirmed(target: str, data: bytes) -> str:
    """Which rule an input breaks in a fresh process, and where it has been saved; "" when it breaks none."""
    name = hashlib.sha256(data).hexdigest()[:12]
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-m", "fuzz", "--check", target, file.name]
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=STUCK, check=False)
            told = (done.stdout or done.stderr).strip()[-300:] if done.returncode else ""
        except subprocess.TimeoutExpired:
            told = f"it was still reading after {STUCK:g} s"
    if not told:
        return ""
    place = KEPT / target / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return f"{told} ({place.relative_to(ROOT)})"


if __name__ == "__main__":
    sys.exit(main())
