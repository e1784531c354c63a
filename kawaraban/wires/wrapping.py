"""Paragraphs out of lines that were broken at a fixed width. Pure."""

import re
from itertools import groupby, pairwise

WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6]")
INDENT = re.compile(r"\u3000|\t| {2,}")
POINT = re.compile(r"\s*(?:[-*•・◇◆■□●○▽▼※]|[0-9０-９]{1,2}[.)．）])")
NARROWEST, WIDEST = 20, 100  # columns of text that somebody wrapped; that of fifteen kanji a line has thirty
FULL = 0.75  # of the widest line: what a line reaches that was broken and did not end


def unwrapped(text: str) -> str:
    """The paragraphs, each in one line, an empty line between. Lines are joined when they are about as wide as each other."""
    lines = [(line, columns(line)) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    widest = max(width for _, width in lines)
    full = widest * FULL if NARROWEST <= widest <= WIDEST else widest + 1
    blocks = (list(block) for width, block in groupby(lines, key=lambda line: line[1] > 0) if width)
    return "\n\n".join(paragraph for block in blocks for paragraph in paragraphs(block, full))


def paragraphs(lines: list[tuple[str, int]], full: float) -> list[str]:
    found = [[lines[0][0]]]
    for (_, before), (line, _) in pairwise(lines):
        if before < full or INDENT.match(line) or POINT.match(line):
            found.append([line])
        else:
            found[-1].append(line)
    return [joined(part) for part in found]


def joined(lines: list[str]) -> str:
    """Lines in one, a space between unless the sign on either side is wide."""
    if len(lines) == 1:
        return lines[0].strip()
    pieces = [line.strip() for line in lines]
    gaps = ["" if WIDE.match(before[-1:]) or WIDE.match(after[:1]) else " " for before, after in pairwise(pieces)]
    return "".join(piece + gap for piece, gap in zip(pieces, [*gaps, ""], strict=True))


def columns(line: str) -> int:
    told = line.rstrip()
    return len(told) if told.isascii() else len(told) + len(WIDE.findall(told))
