"""The lines of a captured page, and the blocks into which its marks divide them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

RELATED, FLASH, MAGAZINE, NEWSLETTER, MOST_READ, MOOK, ON_SALE = (
    "あわせて読みたい",
    "ニュース速報",
    "MAGAZINE",
    "メールマガジン",
    "人気ランキング",
    "MOOK",
    "好評発売中",
)
WORDED = {RELATED, FLASH, MAGAZINE, MOST_READ, MOOK, ON_SALE}
INVITATION = re.compile(rf"{NEWSLETTER}\S*(?:登録|購読|こちら)")


class UnreadableCapture(ValueError):
    """Says what a captured page lacks, which line was looked at, and what to do about it."""


@dataclass(frozen=True)
class Line:
    """A line with something on it: its number in the file from 1, its text, and whether an empty line stands above."""

    number: int
    text: str
    is_apart: bool = False

    @property
    def plain(self) -> str:
        """The text with full-width letters, digits and punctuation made half width."""
        return unicodedata.normalize("NFKC", self.text)

    def __str__(self) -> str:
        return f"line {self.number}, “{self.text if len(self.text) <= 60 else self.text[:59] + '…'}”"


@dataclass(frozen=True)
class Block:
    """The lines below a mark, and the mark's own line; the first block, the article's, has the mark ""."""

    mark: str
    head: Line
    lines: tuple[Line, ...]


def numbered(text: str) -> list[Line]:
    lines: list[Line] = []
    is_apart = False
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = raw.strip().removeprefix("•").strip()
        if stripped:
            lines.append(Line(number, stripped, is_apart))
        is_apart = not stripped
    return lines


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a page of at least one line, in their order."""
    found: list[tuple[str, Line, list[Line]]] = [("", lines[0], [])]
    for line in lines:
        if mark := mark_of(line):
            found.append((mark, line, []))
        else:
            found[-1][2].append(line)
    return [Block(mark, head, tuple(below)) for mark, head, below in found]


def mark_of(line: Line) -> str:
    if line.plain in WORDED:
        return line.plain
    return NEWSLETTER if INVITATION.match(line.plain) else ""


def within(line: Line, most: int, what: str) -> str:
    """The line's text. Raises UnreadableCapture when it is longer than such a thing can be."""
    if len(line.text) > most:
        raise UnreadableCapture(
            f"The {what} is missing: {line}, stands in its place and has {len(line.text)} characters, where {most} fit. Shorten or move it."
        )
    return line.text


def pairs(lines: Sequence[Line], first: str, second: str, head: Line) -> list[tuple[Line, Line]]:
    """Lines two by two. Raises UnreadableCapture for an odd number of them."""
    if len(lines) % 2:
        raise UnreadableCapture(
            f"A {second} is missing below {head}: a {first} and a {second} must stand there by turns, and {lines[-1]}, is left over. "
            f"Add the line that is missing, or delete the one too many."
        )
    return list(zip(lines[::2], lines[1::2], strict=True))
