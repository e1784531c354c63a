"""An archive for the search: text with as many different words as a large archive has, the same for the same number.

The demo edition's sentences are frames. Nouns, names and numbers in them are exchanged for words that are drawn as often as 1/(rank + 5) says
from a list: the demo's own nouns first, the most used before the others, then 100,000 of the dictionary's in an order of chance. A third of an
article's nouns are its own few, which may be rare; so are most words of its title. What is between the nouns is said over and over, more
than in a magazine: nothing that remembers whole sentences may be measured with it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b

import numpy as np
import sudachipy

from kawaraban.demo import reading
from kawaraban.search.document import Document

LENGTH = 2_000  # characters of a body
ORDINARY, NAMES = 40_000, 60_000  # words of the dictionary
EXPONENT, SHIFT = 1.0, 5.0
OWN_WORDS, OWN_SHARE, OWN_EXPONENT = 14, 0.33, 0.5
SECTIONS, TOPICS, AUTHORS, DAYS = 12, 300, 120, 3_650
NEWEST = datetime(2026, 11, 20, tzinfo=UTC)
NOUN = re.compile("[一-龥]{2,3}|[ァ-ヴー]{3,7}")
SENTENCE = re.compile(r"[^。\n]{12,80}")
HEADLINES = ("{}の{}、{}に届く", "{}と{}　{}を前に", "{}が{}、{}で会合", "{}に{}　{}の行方", "{}、{}を{}へ")


@dataclass(frozen=True)
class Frames:
    """Sentences as pieces of text with slots between: the number of a kind, or text as it is."""

    sentences: tuple[tuple[str | int, ...], ...]
    words: tuple[tuple[str, ...], tuple[str, ...]]  # by kind: nouns, names; the commonest first
    sums: tuple[np.ndarray, np.ndarray]  # chances summed up


NOUNS, PROPER = 0, 1


def kind_of(part_of_speech: tuple[str, ...], surface: str) -> int | None:
    if part_of_speech[0] != "名詞" or len(surface) < 2 or not NOUN.fullmatch(surface):
        return None
    if part_of_speech[1] == "固有名詞":
        return PROPER
    return NOUNS if part_of_speech[1] == "普通名詞" and part_of_speech[2] in ("一般", "サ変可能", "形状詞可能") else None


@cache
def frames() -> Frames:
    dictionary = sudachipy.Dictionary()
    tokenizer = dictionary.tokenizer(mode=sudachipy.SplitMode.A)
    used: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    sentences = []
    for sentence in SENTENCE.findall("\n".join(entry["body"]["text"] for entry in reading.articles())):
        parts: list[str | int] = []
        for morpheme in tokenizer.tokenize(sentence):
            kind = kind_of(morpheme.part_of_speech(), morpheme.surface())
            parts.append(morpheme.surface() if kind is None else kind)
            if kind is not None:
                used[kind][morpheme.surface()] += 1
        sentences.append(tuple(parts))
    known = of_dictionary(dictionary)
    words = tuple(
        (*(word for word, _ in mine.most_common()), *(w for w in all_of if w not in mine)) for mine, all_of in zip(used, known, strict=True)
    )
    return Frames(tuple(sentences), (words[0], words[1]), (sums(len(words[0]), EXPONENT), sums(len(words[1]), EXPONENT)))


def of_dictionary(dictionary: sudachipy.Dictionary) -> tuple[list[str], list[str]]:
    """Its nouns and names in an order of chance that is always the same."""
    found: tuple[set[str], set[str]] = (set(), set())
    for entry in dictionary.entries():
        surface = entry.surface()
        kind = kind_of(entry.part_of_speech(), surface) if NOUN.fullmatch(surface) else None
        if kind is not None:
            found[kind].add(surface)
    mixed = [sorted(words, key=lambda word: blake2b(word.encode()).digest()) for words in found]
    return mixed[NOUNS][:ORDINARY], mixed[PROPER][:NAMES]


def sums(count: int, exponent: float) -> np.ndarray:
    chances = 1 / (np.arange(count) + SHIFT) ** exponent
    return np.cumsum(chances / chances.sum())


@cache
def rare_sums(count: int) -> np.ndarray:
    return sums(count, OWN_EXPONENT)


@dataclass(frozen=True)
class Invented:
    document: Document
    nouns: tuple[str, ...]  # of the body, each once
    sentences: tuple[str, ...]


def invented(number: int) -> Invented:
    """The article of a number."""
    made, chance = frames(), np.random.default_rng(number)
    own = [[words[place] for place in np.searchsorted(rare_sums(len(words)), chance.random(OWN_WORDS))] for words in made.words]
    drawn = [iter([words[place] for place in np.searchsorted(total, chance.random(700))]) for words, total in zip(made.words, made.sums, strict=True)]
    is_own = iter((chance.random(1_400) < OWN_SHARE).tolist())
    chosen = iter(chance.integers(OWN_WORDS, size=1_400).tolist())
    nouns: list[str] = []

    def filled(part: str | int) -> str:
        if isinstance(part, str):
            return part
        word = own[part][next(chosen)] if next(is_own) else next(drawn[part])
        nouns.append(word)
        return word

    sentences, length = list[str](), 0
    for place in chance.integers(len(made.sentences), size=200).tolist():
        sentences.append("".join(map(filled, made.sentences[place])))
        length += len(sentences[-1]) + 1
        if length >= LENGTH:
            break
    title = HEADLINES[number % len(HEADLINES)].format(own[PROPER][0], own[NOUNS][0], own[NOUNS][1])
    body = ("。".join(sentences) + "。")[:LENGTH]
    moment = NEWEST - timedelta(minutes=int(chance.integers(DAYS * 24 * 60)))
    return Invented(Document(f"article:{number}", title, body, moment, marks=marks(chance)), tuple(dict.fromkeys(nouns)), tuple(sentences))


def marks(chance: np.random.Generator) -> dict[str, tuple[str, ...]]:
    """As an article's: some sections, topics and authors have many, most have few."""
    topics = sorted({int(TOPICS * value**2) for value in chance.random(3)})
    return {
        "kind": ("article",),
        "section": (str(int(SECTIONS * chance.random() ** 2)),),
        "topic": tuple(map(str, topics)),
        "author": (str(int(AUTHORS * chance.random() ** 2)),),
    }


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def archive(count: int) -> Iterator[Document]:
    """One after another, of any day."""
    return (invented(number).document for number in range(count))
