"""The homes that flows run on: made once in a work folder, copied for each flow, so that its state is fresh."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_FROM = ("kawaraban", "benchmarks/inside")
KINDS = {".py", ".html", ".css", ".toml", ".xml", ".svg", ".js", ".mo"}


class Unmade(Exception):
    """A home could not be made."""


def say(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def inside(home: Path, task: str, *rest: str | int | Path) -> None:
    """Runs a task of benchmarks.inside in a home. Raises Unmade."""
    command = [sys.executable, "-m", "benchmarks.inside", str(home), task, *map(str, rest)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Unmade(f"{task} failed: {done.stderr.strip().splitlines()[-1:]}")


def digest() -> str:
    """Changes with whatever homes are made from."""
    found = hashlib.blake2b(digest_size=8)
    for part in MADE_FROM:
        for file in sorted((ROOT / part).rglob("*")):
            if file.is_file() and file.suffix in KINDS and "newsstand" not in file.parts:
                found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()


class Homes:
    def __init__(self, work: Path) -> None:
        self.work = work
        work.mkdir(parents=True, exist_ok=True)
        self.stamp = digest()

    def base(self) -> Path:
        """The demo edition and the models of all further articles; nothing printed."""
        return self.made("base", None, ("base",))

    def printed(self, count: int) -> Path:
        """So many articles in the database and in the search, each printed by the press."""
        return self.made(f"printed-{count}", self.base(), ("rows", count), ("index",), ("print",))

    def large(self, count: int) -> Path:
        """So many articles in the database and, written as parts, in the edition."""
        return self.made(f"large-{count}", self.base(), ("rows", count), ("index",), ("parts", count, "proved"), ("print",))

    def shelf(self, count: int) -> Path:
        """So many articles in the edition alone."""
        return self.made(f"shelf-{count}", self.base(), ("parts", count, "unproved"), ("print",))

    def wired(self, count: int) -> Path:
        """A hundred articles, each printed by the press, and so many wire items."""
        return self.made(f"wired-{count}", self.printed(100), ("wire-rows", count), ("index",), ("print",))

    def stored(self, count: int) -> Path:
        """So many wire items in the database, in no index of the search: for what asks the database alone."""
        return self.made(f"stored-{count}", self.base(), ("wire-rows", count), ("print",))

    def made(self, name: str, source: Path | None, *tasks: tuple[str | int, ...]) -> Path:
        home, stamp = self.work / name, self.work / f"{name}.made"
        if stamp.is_file() and stamp.read_text() == self.stamp:
            return home
        say(f"Making the home {name} …")
        shutil.rmtree(home, ignore_errors=True)
        stamp.unlink(missing_ok=True)
        if source is not None:
            copy(source, home)
        for task, *rest in tasks:
            inside(home, str(task), *rest)
        stamp.write_text(self.stamp)
        return home

    def fresh(self, home: Path, name: str) -> Path:
        """A copy that a flow may change."""
        target = self.work / f"run-{name}"
        shutil.rmtree(target, ignore_errors=True)
        copy(home, target)
        return target


def copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", "--sparse=always", "--reflink=auto", str(source), str(target)], check=True)  # noqa: S603, S607


def addresses(home: Path, count: int) -> list[str]:
    """Where the articles are, in the order of their numbers."""
    file = home / f"addresses-{count}.txt"
    if not file.is_file():
        inside(home, "addresses", count, file)
    return file.read_text(encoding="utf-8").split()
