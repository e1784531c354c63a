"""Text for as many articles as are wanted: the demo edition's sentences in another order, the same for the same number. Pure."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kawaraban.demo import reading

PLAIN = re.compile(r"[ぁ-んァ-ヶー一-龥々、]+")  # nothing that HTML, JSON or a ruby group would write in another way


@dataclass(frozen=True)
class Prose:
    headline: str
    lead: str
    paragraphs: tuple[str, ...]


@cache
def sentences() -> tuple[str, ...]:
    told = "。".join(entry["body"]["text"] for entry in reading.articles())
    found = dict.fromkeys(part for part in re.split(r"[。\n]", told) if 12 <= len(part) <= 60 and PLAIN.fullmatch(part))
    return tuple(found)


def prose(number: int, lengths: Sequence[int]) -> Prose:
    """The headline, lead and paragraphs of an article; lengths: characters of each paragraph."""
    chance = random.Random(number)  # noqa: S311
    words = sentences()
    return Prose(
        headline=f"{filled(chance, words, 14)}、{filled(chance, words, 12)}",
        lead=filled(chance, words, 90) + "。",
        paragraphs=tuple(filled(chance, words, length - 1) + "。" for length in lengths),
    )


def filled(chance: random.Random, words: Sequence[str], length: int) -> str:
    """Sentences, the last one cut so that the length is met."""
    text = ""
    while len(text) < length:
        text += ("。" if text else "") + words[int(chance.random() * len(words))]
    cut = text[:length]
    return cut[:-1] + "灯" if cut[-1] in "、。" else cut
