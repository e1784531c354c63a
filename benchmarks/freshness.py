"""How old what a reader got was: each answer taken apart into its literals and slots, each slot found among its versions. Pure."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.verify import Answer, Wrong, text_of

BEGIN = "begin"  # what the slots said before the first change
INSET = "~"  # before the name of one, which may have been printed again while the clock ran
Pieces = Sequence[str | list[str]]  # text, or the name of a slot or inset in a list


@dataclass(frozen=True)
class Version:
    """since: when it was committed, in seconds; until: when the next one was."""

    text: bytes
    since: float
    until: float


@dataclass(frozen=True)
class Age:
    """How long a newer version of a slot had been committed when a reader asked."""

    seconds: float
    slot: str
    address: str


def read_versions(file: Path) -> dict[str, list[Version]]:
    """The versions of each slot, oldest first."""
    found: dict[str, list[tuple[bytes, float]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        for slot, text in told["slots"].items():
            known = found.setdefault(slot, [])
            if not known or known[-1][0] != text.encode():
                known.append((text.encode(), told["at"]))
    return {
        slot: [Version(*one, until) for one, until in zip(known, [*(at for _, at in known[1:]), float("inf")], strict=True)]
        for slot, known in found.items()
    }


def events(file: Path) -> Counter[str]:
    """How many changes of each kind there were."""
    told = (json.loads(line)["event"] for line in file.read_text(encoding="utf-8").splitlines())
    return Counter(name for name in told if name != BEGIN)


def read_sheets(file: Path) -> dict[str, Pieces]:
    told = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return {line["address"]: line["pieces"] for line in told}


def ages(answers: Iterable[Answer], sheets: Mapping[str, Pieces], versions: Mapping[str, Sequence[Version]]) -> list[Age]:
    """The oldest slot of each answer. Raises Wrong for an answer that never was the page."""
    return [max(shown(answer, sheets[answer.address], versions), key=lambda age: age.seconds) for answer in answers]


def shown(answer: Answer, pieces: Pieces, versions: Mapping[str, Sequence[Version]]) -> list[Age]:
    page, place, found = text_of(answer), 0, [Age(0.0, "", answer.address)]
    for piece in pieces:
        if isinstance(piece, str):
            text = piece.encode()
            if not page.startswith(text, place):
                raise Wrong(f"{answer.address} is not the true page from byte {place} on")
        elif piece[0].startswith(INSET):
            text = inset(page, place, piece[0].removeprefix(INSET), answer.address)
        else:
            version = newest([version for version in versions[piece[0]] if page.startswith(version.text, place)], piece[0], answer.address)
            found.append(Age(max(0.0, answer.asked - version.until), piece[0], answer.address))
            text = version.text
        place += len(text)
    if place != len(page):
        raise Wrong(f"{answer.address} goes on where it should end, at byte {place}")
    return found


def inset(page: bytes, place: int, name: str, address: str) -> bytes:
    """The inset that begins here: an element of its class. Raises Wrong."""
    found = re.compile(rb'<(aside|section) class="%s".*?</\1>\n' % name.encode(), re.DOTALL).match(page, place)
    if found is None:
        raise Wrong(f"{address} has no inset {name} at byte {place}")
    return found[0]


def newest(matching: Sequence[Version], slot: str, address: str) -> Version:
    """Of versions that a page may show, the longest, since one may begin like another; of these the newest. Raises Wrong."""
    if not matching:
        raise Wrong(f"{address} shows {slot} as it never was")
    return max(matching, key=lambda version: (len(version.text), version.since))
