"""Pairs of characters, so that what no dictionary knows is found. Pure."""

import re
from operator import add

import numpy as np

from kawaraban.search.folding import NAME, OLD, UNREADABLE, alike, fold

BLANKS = re.compile(r"\s+")
JAPANESE = "々〆ぁ-ヺー㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OTHER = re.compile(f"[^{JAPANESE}]+")
IS_JAPANESE = re.compile(f"[{JAPANESE}]")
# The same by number, one more for what is beyond.
IN_JAPANESE = np.zeros(0x40001, np.bool_)
for first, last in ("々々", "〆〆", "ぁヺ", "ーー", "㐀\u9fff", "\uf900\ufaff", "\U00020000\U0003ffff"):
    IN_JAPANESE[ord(first) : ord(last) + 1] = True
# Characters that folding may have made of others, and what it makes those of that are not in its own tables.
MADE = re.compile(f"[^ぁ-んァ-ヺー、。「」㐀-\u9fff]|[{''.join(sorted({*OLD.values(), *NAME.values()}))}]")
KANA_MARKS, SQUARED = "\u3099\u309a\u309d-\u309f\u30f4\u30fd-\u30ff\uff61-\uffdf", "\u3190-\u319f\u3200-\u33ff\U0001f200-\U0001f2ff"
UPRIGHT = "\ufe10-\ufe6f"  # punctuation for vertical lines, and small
MAKING = re.compile(f"[{KANA_MARKS}{SQUARED}{UPRIGHT}\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
TWICE = re.compile(r"(.)\1")  # may have been written with 々
# SQLite's tokenizer splits at ASCII punctuation; what is wide is a character like any other.
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
AS_WIDE = np.array([ord(WIDE.get(code, chr(code))) for code in range(0x80)], np.uint32)
MIXED = "\ue001"  # before a pair that not only Japanese characters make


def squeezed(text: str) -> str:
    """Folded text without blanks: what pairs are taken from, and what a phrase is looked for in."""
    return squeezed_folded(fold(text))


def squeezed_folded(text: str) -> str:
    return alike(BLANKS.sub("", text))


def pairs(text: str) -> set[str]:
    """Neighbouring Japanese characters of squeezed text; across Latin, digits and punctuation there is no pair."""
    spaced = OTHER.sub(" ", text)
    return {pair for pair in map(add, spaced, spaced[1:]) if " " not in pair}


def says(text: str, needle: str) -> bool:
    """Whether squeezed text has what is squeezed. Where it may be is seen in text as it came, and little more than that is folded."""
    if needle in text:
        return True
    first, *rest = MADE.split(needle)
    # The first character may stand where the text has 々, the one that it repeats being before.
    kept = [part for part in (first[1:] if "々" in text and not TWICE.match(first) else first, *rest) if part and not TWICE.search(part)]
    if not kept or MAKING.search(text) or UNREADABLE.search(text):
        return needle in squeezed(text)
    bare, longest, reach = BLANKS.sub("", text), max(kept, key=len), 2 * len(needle)
    if any(part not in bare for part in kept):
        return False
    places = (found.start() for found in re.finditer(re.escape(longest), bare))
    return any(needle in squeezed(bare[max(0, place - reach) : place + reach]) for place in places)


def written(text: str) -> str:
    """All pairs of squeezed text, each once, with blanks between: those of Japanese characters, and marked those with another one.

    A whole article's in a twentieth of a millisecond.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) < 2:
        return ""
    japanese = IN_JAPANESE[np.minimum(codes, len(IN_JAPANESE) - 1)]
    is_mixed = ~(japanese[:-1] & japanese[1:])
    codes = np.where(codes < len(AS_WIDE), AS_WIDE[np.minimum(codes, len(AS_WIDE) - 1)], codes).astype(np.uint64)
    found = np.sort(is_mixed.astype(np.uint64) << np.uint64(42) | codes[:-1] << np.uint64(21) | codes[1:])
    found = found[np.concatenate(([True], found[1:] != found[:-1]))]  # np.unique takes ten times as long
    spaced = np.full((len(found), 4), ord(" "), np.uint32)
    spaced[:, 1], spaced[:, 2] = found >> np.uint64(21) & np.uint64(0x1FFFFF), found & np.uint64(0x1FFFFF)
    spaced[found >> np.uint64(42) > 0, 0] = ord(MIXED)
    return spaced.tobytes().decode("utf-32-le", "surrogatepass")


def all_pairs(text: str) -> set[str]:
    """Every character and pair of squeezed text, of whatever script: for titles and names, which are short."""
    wide = text.translate(WIDE)
    return {*wide, *map(add, wide, wide[1:])}


def all_asked(text: str) -> list[str]:
    """The pairs of whatever script that a text has in which this squeezed piece stands."""
    if len(text) < 2 or (len(text) == 2 and pairs(text)):
        return asked(text)
    wide = text.translate(WIDE)
    found = zip(map(add, text, text[1:]), map(add, wide, wide[1:]), strict=True)
    return sorted({pair if pairs(pair) else MIXED + spelled for pair, spelled in found})


def asked(text: str) -> list[str]:
    """The pairs that a text must have to hold this squeezed piece: Japanese ones, or all of it when it is two characters at most."""
    if len(text) < 3:
        return [text.translate(WIDE)] if text else []
    return sorted(pairs(text))
