"""The rules of fuzzing, and what fuzzing has found so far."""

import re
import time
from pathlib import Path

import pytest

from fuzz import rules
from fuzz.now import Now
from fuzz.targets import FOUND, TARGETS, seeds, words
from kawaraban.wires.copy import Partly, Unreadable
from kawaraban.wires.fault import Fault

KEPT = sorted(file for file in FOUND.rglob("*") if file.is_file())


def refusing(data: bytes) -> None:
    raise Unreadable("no")


def partly(data: bytes) -> None:
    raise Partly([], [Fault("no")])


def escaping(data: bytes) -> None:
    raise RecursionError("too deep")


def greedy(data: bytes) -> None:
    bytearray(400 << 20)


def slow(data: bytes) -> None:
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass


def endless(data: bytes) -> None:
    while True:
        try:
            slow(data)
        except Exception:
            return


@pytest.mark.parametrize("read", [len, refusing, partly])
def test_rules_are_kept(read) -> None:
    assert rules.fault(read, b"x") == ""


@pytest.mark.parametrize(
    ("read", "seconds", "told"),
    [
        (escaping, 2.0, r"RecursionError escaped: too deep"),
        (slow, 0.1, r"it took 0\.\d s"),
        (endless, 0.1, r"it was still reading after 0.3 s"),
        (greedy, 2.0, r"it took \d+ MB"),
    ],
)
def test_rules_are_broken(read, seconds: float, told: str) -> None:
    assert re.fullmatch(told, rules.fault(read, b"x", seconds))


def test_input_is_there_for_who_looks_later(tmp_path: Path) -> None:
    now = Now(tmp_path / "now")
    for data in (b"first", b"", b"a\0b"):
        now.begins(data)
    assert (Now(tmp_path / "now").data, Now(tmp_path / "now").count) == (b"a\0b", 3)


def test_each_target_has_seeds_and_words() -> None:
    assert all(seeds(target) and words(target) for target in TARGETS)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_what_was_found_keeps_the_rules(file: Path) -> None:
    assert rules.fault(TARGETS[file.parent.name], file.read_bytes()) == ""
