"""Pairs of characters, so that what no dictionary knows is found. Pure."""

import re
from operator import add

from kawaraban.search.folding import alike, fold

BLANKS = re.compile(r"\s+")
JAPANESE = "々〆ぁ-ヺー㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OTHER = re.compile(f"[^{JAPANESE}]+")
IS_JAPANESE = re.compile(f"[{JAPANESE}]")
# SQLite's tokenizer splits at ASCII punctuation; what is wide is a character like any other.
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


def squeezed(text: str) -> str:
    """Folded text without blanks: what pairs are taken from, and what a phrase is looked for in."""
    return squeezed_folded(fold(text))


def squeezed_folded(text: str) -> str:
    return BLANKS.sub("", alike(text))


def pairs(text: str) -> set[str]:
    """Neighbouring Japanese characters of squeezed text; across Latin, digits and punctuation there is no pair."""
    spaced = OTHER.sub(" ", text)
    return {pair for pair in map(add, spaced, spaced[1:]) if " " not in pair}


def all_pairs(text: str) -> set[str]:
    """Every character and pair of squeezed text, of whatever script: for titles and names, which are short."""
    wide = text.translate(WIDE)
    return {*wide, *map(add, wide, wide[1:])}


def asked(text: str) -> list[str]:
    """The pairs that a text must have to hold this squeezed piece: Japanese ones, or all of it when it is two characters at most."""
    if len(text) < 3:
        return [text.translate(WIDE)] if text else []
    return sorted(pairs(text))
