"""Pairs of characters, so that what no dictionary knows is found. Pure."""

import re
from operator import add

import numpy as np

from kawaraban.search.folding import alike, fold

BLANKS = re.compile(r"\s+")
JAPANESE = "々〆ぁ-ヺー㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OTHER = re.compile(f"[^{JAPANESE}]+")
IS_JAPANESE = re.compile(f"[{JAPANESE}]")
# The same by number, one more for what is beyond.
IN_JAPANESE = np.zeros(0x40001, np.bool_)
for first, last in ("々々", "〆〆", "ぁヺ", "ーー", "㐀\u9fff", "\uf900\ufaff", "\U00020000\U0003ffff"):
    IN_JAPANESE[ord(first) : ord(last) + 1] = True
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


def written(text: str) -> str:
    """The same, each once, with blanks between; a whole article's in a tenth of a millisecond."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    japanese = IN_JAPANESE[np.minimum(codes, len(IN_JAPANESE) - 1)]
    both = japanese[:-1] & japanese[1:]
    found = np.unique(codes[:-1][both].astype(np.uint64) << np.uint64(32) | codes[1:][both])
    spaced = np.full((len(found), 3), ord(" "), np.uint32)
    spaced[:, 0], spaced[:, 1] = found >> np.uint64(32), found & np.uint64(0xFFFFFFFF)
    return spaced.tobytes().decode("utf-32-le")


def all_pairs(text: str) -> set[str]:
    """Every character and pair of squeezed text, of whatever script: for titles and names, which are short."""
    wide = text.translate(WIDE)
    return {*wide, *map(add, wide, wide[1:])}


def asked(text: str) -> list[str]:
    """The pairs that a text must have to hold this squeezed piece: Japanese ones, or all of it when it is two characters at most."""
    if len(text) < 3:
        return [text.translate(WIDE)] if text else []
    return sorted(pairs(text))
