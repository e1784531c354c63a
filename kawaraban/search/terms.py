"""What a piece is about: its telling words with their weights. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from operator import itemgetter
from typing import NamedTuple

from kawaraban.search.japanese import Word

KEPT = 48
IN_FIELD = {"title": 4.0, "lead": 2.0, "body": 1.0, "more": 1.0}
LEAST = 0.2
TEXT = itemgetter(Word._fields.index("text"))

Vector = Mapping[str, float]


class Field(NamedTuple):
    """The words of a part of a piece: their texts in order, and of each text the last word."""

    texts: list[str]
    words: dict[str, Word]


def field(words: Sequence[Word]) -> Field:
    texts = list(map(TEXT, words))
    return Field(texts, dict(zip(texts, words, strict=True)))


def telling(fields: Mapping[str, Field]) -> dict[str, float]:
    """The most telling words of a piece, by how often and where they stand; how rare they are is asked later."""
    found: dict[str, float] = {}
    for name, (texts, words) in fields.items():
        counts, worth = Counter(texts), IN_FIELD[name]
        told = {text: worth * weight * counts[text] for text, word in words.items() if (weight := word.weight) >= LEAST and len(text) > 1}
        found |= told | {text: found[text] + told[text] for text in found.keys() & told.keys()}
    least = min(sorted(found.values(), reverse=True)[:KEPT], default=0.0)  # most are under it, and numbers alone are put in order soon
    best = sorted((-weight, text) for text, weight in found.items() if weight >= least)[:KEPT]
    return {text: round(-weight, 1) for weight, text in best}


def written(vector: Vector) -> str:
    return " ".join(f"{text}:{weight:g}" for text, weight in vector.items())


def read(line: str) -> dict[str, float]:
    pairs = (part.rpartition(":") for part in line.split())
    return {text: float(weight) for text, _, weight in pairs}


def weighted(vector: Vector, count: int, frequency: Mapping[str, int]) -> dict[str, float]:
    """The same with rare words worth more, of length 1."""
    found = {text: log(1 + weight) * rarity(count, frequency.get(text, 1)) for text, weight in vector.items()}
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {text: weight / length for text, weight in found.items()}


def rarity(count: int, frequency: int) -> float:
    return max(0.0, log((count + 1) / (frequency + 0.5)))


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[text] for text, weight in one.items() if text in other)


def shared(one: Vector, other: Vector, most: int) -> list[str]:
    """The words that make two vectors alike, the most telling first."""
    common = {text: weight * other[text] for text, weight in one.items() if text in other}
    return sorted(common, key=lambda text: (-common[text], text))[:most]
