"""What a query that finds nothing may have meant, in words that the index has: slips in Latin and kana, and the wrong characters for a reading."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice

from kawaraban.search.folding import fold, hiragana
from kawaraban.search.japanese import Unit
from kawaraban.search.query import TERMS, parse
from kawaraban.search.store import Store

GUESSES = 12  # other queries that are tried
LONGEST = 24  # characters of a word that is guessed at
TOGETHER = 3  # neighbouring units that one word may have been taken apart into
MANY = 400  # words that are compared, the most used ones
LAST = "\U0010ffff"
KNOWN = "SELECT text FROM word WHERE text IN (SELECT value FROM json_each(?))"
ALIKE = """
SELECT {0}, shown FROM word WHERE {0} <> '' AND {0} >= ? AND {0} < ? AND length({0}) BETWEEN ? AND ? ORDER BY pieces DESC LIMIT ?
"""
SPELLED, READ = ALIKE.format("text"), ALIKE.format("reading")
SAME = "SELECT shown FROM word WHERE reading = ? AND text <> ? AND length(text) > 1 ORDER BY pieces DESC LIMIT 3"


def meant(text: str, store: Store) -> Iterator[str]:
    """Other queries, the likeliest first."""
    typed = list(dict.fromkeys(term.text for group in parse(text).groups for term in group))[:TERMS]
    others = sorted({other for term in typed for other in guesses(term, store)})
    for _, written, other in islice(others, GUESSES):
        found = fold(text).replace(written, other)
        if found != fold(text):
            yield found


def guesses(term: str, store: Store) -> Iterator[tuple[float, str, str]]:
    """How far off, what is written in the folded term, and the word that may be meant."""
    units = store.japanese.units(term)
    texts = [word.text for unit in units for word in unit.words]
    known = {text for (text,) in store.database.execute(KNOWN, (json.dumps(texts),))}
    for start in range(len(units)):
        for end in range(start + 1, min(len(units), start + TOGETHER) + 1):
            some = units[start:end]
            written = "".join(unit.surface for unit in some)
            if written in fold(term) and len(written) <= LONGEST:
                is_known = all(word.text in known for unit in some for word in unit.words)
                yield from ((distance + 0.5 * is_known, written, other) for distance, other in near(written, some, store.database))


def near(written: str, units: list[Unit], database: sqlite3.Connection) -> Iterator[tuple[float, str]]:
    """Words of the index that are read the same, or are spelled or read with a slip or two."""
    texts = "".join(word.text for unit in units for word in unit.words)
    reading = "".join(word.reading for unit in units for word in unit.words)
    for (shown,) in database.execute(SAME, (reading, texts)) if reading else ():
        yield 0.5, shown
    for asked, sought in ((SPELLED, texts), (READ, hiragana(written) if is_kana(written) else "")):
        slips = allowed(sought)
        if slips:
            span = (sought[0], sought[0] + LAST, len(sought) - slips, len(sought) + slips, MANY)
            for spelled, shown in database.execute(asked, span):
                distance = apart(sought, spelled, slips)
                if 0 < distance <= slips:
                    yield distance, shown


def is_kana(text: str) -> bool:
    return all("ぁ" <= character <= "ゖ" or character == "ー" for character in hiragana(text))


def allowed(text: str) -> int:
    """Slips that leave a word recognisable."""
    return 0 if len(text) < 3 else 1 if len(text) < 7 else 2


def apart(one: str, other: str, most: int) -> int:
    """Insertions, omissions, exchanges and swaps of neighbours between two words (optimal string alignment); past most, most + 1."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (character != against))
            if before and column > 1 and character == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
