"""A query as the index is asked: FTS5 expressions over words, pairs that a text must have, what it must say literally.

Each term is asked in up to three ways, strictest first: its words as they stand, with readings and the magazine's synonyms; the same with
what the dictionary knows to mean the same; its characters alone.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from kawaraban.search import grams
from kawaraban.search.folding import fold, hiragana
from kawaraban.search.japanese import Japanese, Unit, Word
from kawaraban.search.query import Query, Term

KANA = re.compile("[ぁ-ゖァ-ヺー]{2,}")
HIRAGANA = re.compile("[ぁ-ゖー]+")
MANY = 12  # other words for one
TELLS = 0.3  # the weight of a word of one character from which on it tells something by itself; counters tell nothing
EXACT = 3  # characters from which on having the pairs of a piece is not yet having the piece
TELLING = 10  # pairs that are asked for
PHRASES = 60  # that one run of kana may stand for
SAME_MEANING = "SELECT text FROM meaning JOIN word USING (text) WHERE number = ? ORDER BY pieces DESC LIMIT ?"
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One term. words: None where it has no word, only characters."""

    words: str | None
    wider: str | None
    single: Texts
    pairs: str | None
    needle: str  # squeezed text
    is_phrase: bool
    said: Texts  # squeezed, what a piece may say that was asked for: as it stands, its words, other words for it

    @property
    def is_exact(self) -> bool:
        """What has the pairs says it."""
        return len(self.needle) < EXACT


@dataclass(frozen=True, slots=True)
class Asking:
    groups: list[list[Asked]] = field(default_factory=list)
    excluded: list[Asked] = field(default_factory=list)


class Asker:
    """Turns queries into what an index is asked. synonyms: groups of words that mean the same to this magazine."""

    def __init__(self, japanese: Japanese, database: sqlite3.Connection, synonyms: Iterable[Iterable[str]] = ()) -> None:
        self.japanese, self.database = japanese, database
        self.synonyms: dict[Texts, list[list[Unit]]] = {}
        for group in synonyms:
            members = [japanese.units(text) for text in group]
            for member in members:
                self.synonyms.setdefault(texts_of(member), []).extend(other for other in members if other is not member)

    def ask(self, query: Query) -> Asking:
        return Asking([[self.term(term) for term in group] for group in query.groups], [self.term(term) for term in query.excluded])

    def term(self, term: Term) -> Asked:
        units = self.japanese.units(term.text)
        needle = grams.squeezed(term.text)
        read = [] if term.is_phrase else self.read(term.text)
        synonyms = [] if term.is_phrase else self.synonyms.get(texts_of(units), [])
        others = [*(quoted(" ".join(words)) for words in read), *map(joined, synonyms)]
        if term.is_phrase:
            words = together(word for unit in units for word in unit.words) if units else None
        else:
            own = both(map(self.known, units)) if len(units) > 1 else joined(units) if units else ""
            words = either(filter(None, [own, *others])) or None
        wider = both(self.wider(unit) for unit in units) if units and not term.is_phrase else None
        pairs = self.pairs(needle, grams.all_asked(needle) if term.is_phrase else grams.asked(needle))
        said = [needle] if term.is_phrase and grams.IS_JAPANESE.search(needle) else [needle, *said_by(units), *map("".join, read)]
        said += [text for synonym in synonyms for text in said_by(synonym)]
        return Asked(words, wider, single(units), pairs, needle, term.is_phrase, tuple(dict.fromkeys(filter(None, said))))

    def known(self, unit: Unit) -> str:
        return either([together(unit.words), *map(joined, self.synonyms.get(tuple(word.text for word in unit.words), []))])

    def wider(self, unit: Unit) -> str:
        """Each fine word by itself, or what means the same by the dictionary."""
        return both(either([quoted(word.text), *map(quoted, self.meaning(word))]) for word in unit.words)

    def frequency(self, texts: Iterable[str]) -> dict[str, int]:
        """Of the words that the index has, in how many pieces each is."""
        asked = "SELECT text, pieces FROM word WHERE text IN (SELECT value FROM json_each(?))"
        return dict(self.database.execute(asked, (json.dumps(list(texts)),)).fetchall())

    def meaning(self, word: Word) -> list[str]:
        found: list[str] = []
        for number in word.groups:
            rows = self.database.execute(SAME_MEANING, (number, MANY))
            found += [text for (text,) in rows if text != word.text]
        return found[:MANY]

    def read(self, text: str) -> list[Texts]:
        """What is read as a term in kana: one word of the index, or several one after another."""
        kana = hiragana(fold(text))
        if not KANA.fullmatch(fold(text)) or len(kana) > 40:
            return []
        covered = cover(kana, self.readings(kana))
        return list(islice(product(*covered), PHRASES)) if covered else []

    def readings(self, kana: str) -> Mapping[str, list[str]]:
        pieces = {kana[start:end] for start in range(len(kana)) for end in range(start + 1, len(kana) + 1) if end - start < 16}
        marks = ", ".join("?" * len(pieces))
        asked = f"SELECT reading, text FROM word WHERE reading IN ({marks}) AND reading <> '' ORDER BY pieces DESC"  # noqa: S608 - question marks
        found: dict[str, list[str]] = {}
        for reading, text in self.database.execute(asked, tuple(pieces)):
            if len(found.setdefault(reading, [])) < MANY:
                found[reading].append(text)
        return found

    @staticmethod
    def pairs(needle: str, found: list[str]) -> str | None:
        """The pairs of a piece; of one character, which may begin any pair, all pairs that it begins. Kana begin too many.

        Of a longer piece the most telling are enough, because the text is read before anything is shown.
        """
        if len(needle) == 1:
            begins = grams.IS_JAPANESE.match(needle) and not HIRAGANA.match(needle)
            return quoted(found[0]) + ("*" if begins else "")
        telling = sorted(found, key=lambda pair: (sum(map(is_hiragana, pair)), pair))
        return " AND ".join(map(quoted, telling[:TELLING])) or None


def cover(kana: str, readings: Mapping[str, list[str]]) -> list[list[str]]:
    """The fewest readings that make up the whole; one of a single character, which many words have, counts as three."""
    best: list[tuple[int, list[str]] | None] = [(0, [])] + [None] * len(kana)
    for end in range(1, len(kana) + 1):
        for start in range(end):
            before, piece = best[start], kana[start:end]
            if before is None or piece not in readings:
                continue
            cost, reached = before[0] + (1 if len(piece) > 1 else 3), best[end]
            if reached is None or cost < reached[0]:
                best[end] = (cost, [*before[1], piece])
    whole = best[-1]
    return [readings[piece] for piece in whole[1]] if whole and whole[0] <= max(3, len(kana) - 1) else []


def is_hiragana(character: str) -> bool:
    return bool(HIRAGANA.match(character))


def texts_of(units: Iterable[Unit]) -> Texts:
    return tuple(word.text for unit in units for word in unit.words)


def single(units: Iterable[Unit]) -> Texts:
    """The words that say something of a term each by itself: 駅 does of 無人駅, 人 doesn't of 20万人."""
    return tuple(dict.fromkeys(word.text for unit in units for word in unit.words if tells(word, unit)))


def tells(word: Word, unit: Unit) -> bool:
    return len(word.text) > 1 or (word.weight >= TELLS and not any(other.text.isdigit() for other in unit.words))


def said_by(units: Iterable[Unit]) -> Iterator[str]:
    for unit in units:
        yield grams.squeezed_folded(unit.surface)
        yield from single([unit])


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def together(words: Iterable[Word]) -> str:
    return quoted(" ".join(word.text for word in words))


def joined(units: Iterable[Unit]) -> str:
    return both(together(unit.words) for unit in units)


def both(expressions: Iterable[str]) -> str:
    return combined(expressions, " AND ")


def either(expressions: Iterable[str]) -> str:
    return combined(expressions, " OR ")


def combined(expressions: Iterable[str], operator: str) -> str:
    found = list(dict.fromkeys(filter(None, expressions)))
    return found[0] if len(found) == 1 else f"({operator.join(found)})" if found else ""
