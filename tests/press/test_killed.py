"""A printing process is killed at any moment: nothing that it committed is lost, nothing is there in parts."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from kawaraban.press.edition import Edition
from kawaraban.press.stitch import gzipped, identity
from kawaraban.press.view import View

SCRIPT = Path(__file__).with_name("printing.py")
KILLS = 100
LONGEST = 0.05  # seconds from the first commit to the kill
PAGE = re.compile(r"\[(\d+)\]([^\[\(]+)((?:\(wire \d+\))+)\[(\d+)\]([^\[\(]+)\[(\d+)\]<hr>((?:\(rankings \d+\))+)((?:\(wire \d+\))+)")

pytestmark = pytest.mark.slow


@dataclass
class Said:
    """What the children said that they had committed."""

    last: int = 0
    before: int = 0  # what was under way at the kill before this one: with its meta page written, the next writer may bring it to light
    pages: dict[str, int] = field(default_factory=dict)
    slots: int = 0
    told: set[int] = field(default_factory=set)

    def take(self, line: str) -> None:
        kind, _, number = line.partition(" ")
        self.last = int(number)
        if kind == "slots":
            self.slots = self.last
        elif kind == "told":
            self.told.add(self.last)
        else:
            self.pages[kind] = self.last


@pytest.fixture
def printing(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(SCRIPT), str(tmp_path / "edition")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert out_of(process).readline() == "ready\n"
        yield process
        assert process.stdin
        process.stdin.close()


def out_of(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout
    return process.stdout


def run_and_kill(printing: subprocess.Popen[str], said: Said, chance: random.Random) -> None:
    """One child, from its start to its end; `said` hears all that it committed before."""
    assert printing.stdin
    printing.stdin.write(f"{said.last + 2}\n")
    printing.stdin.flush()
    lines, child = [], 0
    while not child or not lines:
        line = out_of(printing).readline().strip()
        if line.startswith("child "):
            child = int(line.removeprefix("child "))
        else:
            lines.append(line)
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    while (line := out_of(printing).readline().strip()) != "ended":
        lines.append(line)
    for line in lines:
        said.take(line)


def look(edition: Edition, said: Said) -> None:
    """Everything in the edition is whole, and it is what was said or the one thing that was under way at the end."""
    under_way = said.last + 1
    view = View(edition)
    slots: set[int] = set()
    for address in edition.addresses():
        found = view.page(address)
        assert found is not None
        gzipped(found.parts)
        told = PAGE.fullmatch(identity(found.parts).decode())
        assert told, f"{address} is not whole"
        numbers = {int(told[group]) for group in (1, 4, 6)}
        slots |= {int(number) for group in (3, 7, 8) for number in re.findall(r"\d+", told[group])}
        assert len(numbers) == 1, f"{address} has parts of {numbers}"
        assert numbers <= {said.pages.get(address), under_way, said.before}
        assert address in edition.made_from(f"number:{numbers.pop()}")
    view.close()
    assert set(said.pages) <= set(edition.addresses())
    assert len(slots) <= 1 and slots <= {said.slots, under_way, said.before}
    waiting = {address for _, address in edition.due(1_000_000)}
    assert {f"/told/{number}" for number in said.told} <= waiting
    assert len(waiting) == edition.counts().waiting


def take_up(edition: Edition, said: Said) -> None:
    """What was under way when a child was killed was committed or wasn't: from here on it is known."""
    said.before = said.last + 1
    for address in edition.addresses():
        record = edition.record(address)
        assert record is not None
        said.pages[address] = int(record.date)
    if any((stored := edition.slot("wire", generation)) for generation in [edition.generation()[0]]) and stored:
        said.slots = int(re.findall(rb"\d+", stored)[0])


def test_edition_opened_after_each_kill_is_whole(printing: subprocess.Popen[str], tmp_path: Path) -> None:
    said, chance = Said(), random.Random(1)
    for _ in range(KILLS):
        run_and_kill(printing, said, chance)
        edition = Edition(tmp_path / "edition")
        look(edition, said)
        take_up(edition, said)
        edition.close()
    assert len(said.pages) == 12


def test_edition_that_readers_have_open_is_whole_after_each_kill(printing: subprocess.Popen[str], tmp_path: Path) -> None:
    """As under a newsstand: the lock file is that of the process that was killed, and the next must still come in."""
    said, chance = Said(), random.Random(2)
    edition = Edition(tmp_path / "edition")
    for _ in range(KILLS):
        run_and_kill(printing, said, chance)
        look(edition, said)
        take_up(edition, said)
    assert edition.env.reader_check() <= 1
    edition.close()
