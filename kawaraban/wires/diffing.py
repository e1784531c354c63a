"""What two versions of a text have in common, and what each has alone: by phrases in Japanese, by words elsewhere. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

import budoux

Kind = Literal["same", "del", "ins"]
PHRASES = budoux.load_default_japanese_parser()
RUNS = re.compile(r"\s+|[\w'’.,-]+(?=\s|$)|[0-9A-Za-z'’.,-]+|[^0-9A-Za-z\s]+", re.ASCII)
MOST = 4_000  # tokens compared; of longer texts whole paragraphs are


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def diff(old: str, new: str) -> list[Piece]:
    """Pieces in reading order; where something was replaced, what went stands before what came."""
    steps = matched(re.split(r"(?<=\n)", old), re.split(r"(?<=\n)", new))
    return merged(piece for one, other in steps for piece in within("".join(one), "".join(other)))


def within(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece("same", old)
        return
    one, other = tokens(old), tokens(new)
    steps = matched(one, other) if max(len(one), len(other)) <= MOST else [(one, other)]
    for left, right in steps:
        if left == right:
            yield Piece("same", "".join(left))
        else:
            yield Piece("del", "".join(left))
            yield Piece("ins", "".join(right))


def matched(old: list[str], new: list[str]) -> list[tuple[list[str], list[str]]]:
    """What stands opposite each other, alike or not."""
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[begins:ends], new[there:until]) for _, begins, ends, there, until in found]


def tokens(text: str) -> list[str]:
    return [token for run in RUNS.findall(text) for token in ([run] if run.isascii() else PHRASES.parse(run))]


def merged(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one."""
    groups = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in group)) for kind, group in groups]
