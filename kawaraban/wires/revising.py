"""Brings an agency's changes into a text that an editor has worked on. Pure.

Only paragraphs that still stand as the agency sent them are touched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape, unescape
from typing import Any

PLAIN = re.compile(r"\s*<p\b[^>]*>([^<]*)</p>\s*")
LONGEST_START = 60  # characters, such as a dateline, that may stand before a paragraph's own text
Block = dict[str, Any]  # of a StreamField's raw data


@dataclass
class Revision:
    """left: changes that could not be made, as what they are about was edited."""

    blocks: list[Block]
    left: int = 0
    made: int = 0


def revise(blocks: Sequence[Block], old: list[str], new: list[str]) -> Revision:
    """old, new: the paragraphs of two versions."""
    found = Revision(list(blocks))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, begins, ends, there, until in reversed(steps):
        if tag == "insert":
            insert(found, old, begins, new[there:until])
        elif tag != "equal":
            replace(found, old[begins:ends], new[there:until])
    return found


def replace(found: Revision, old: list[str], new: list[str]) -> None:
    """All of the old paragraphs, or none. One that an editor has cut needs no cutting."""
    spots = [spot for text in old if (spot := place(found.blocks, text)) is not None]
    if len(spots) < len(old):
        found.left += bool(new or spots)
        return
    first, kept = spots[0], found.blocks[spots[0]]
    texts = [(start_of(kept, old[0]) or "") + new[0], *new[1:]] if new else []
    for spot in sorted(spots, reverse=True):
        del found.blocks[spot]
    found.blocks[first:first] = [kept | {"value": html_of(text)} if number == 0 else block(text) for number, text in enumerate(texts)]
    found.made += 1


def insert(found: Revision, old: list[str], before: int, new: list[str]) -> None:
    above = place(found.blocks, old[before - 1]) if before else None
    below = place(found.blocks, old[before]) if before < len(old) else None
    spot = above + 1 if above is not None else below
    if spot is None:
        found.left += 1
        return
    found.blocks[spot:spot] = [block(text) for text in new]
    found.made += 1


def place(blocks: Sequence[Block], text: str) -> int | None:
    """Where a paragraph stands as it was sent."""
    return next((spot for spot, found in enumerate(blocks) if start_of(found, text) is not None), None)


def start_of(found: Block, text: str) -> str | None:
    """What stands before the text in its block; None when the block is another."""
    if found["type"] != "paragraph" or not (plain := PLAIN.fullmatch(str(found["value"]))):
        return None
    told = unescape(plain[1]).strip()
    start = told.removesuffix(text) if text and told.endswith(text) else None
    return start if start is not None and len(start) <= LONGEST_START else None


def block(text: str) -> Block:
    return {"type": "paragraph", "value": html_of(text)}


def html_of(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"
