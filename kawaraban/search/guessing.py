"""What a query that finds nothing may have meant, in words that the index has: slips in Latin and kana, and the wrong characters for a reading."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kawaraban.search.folding import fold, hiragana
from kawaraban.search.query import parse
from kawaraban.search.store import Store

GUESSES = 8  # other queries that are tried
WORDS = 8  # of a query that is guessed at
LONGEST = 24  # characters of a word that is guessed at
TOGETHER = 3  # neighbouring units that one word may have been taken apart into
LOOKED_AT = 16  # windows
KNOWN_COSTS = 0.5
MANY = 400  # words that are compared, the most used ones
LAST = "\U0010ffff"
KNOWN = "SELECT text FROM word WHERE text IN (SELECT value FROM json_each(?))"
ALIKE = """
SELECT {0}, shown FROM word WHERE {0} <> '' AND {0} >= ? AND {0} < ? AND length({0}) BETWEEN ? AND ? ORDER BY pieces DESC LIMIT ?
"""
SPELLED, READ = ALIKE.format("text"), ALIKE.format("reading")
SAME = "SELECT shown FROM word WHERE reading = ? AND text <> ? AND length(text) > 1 ORDER BY pieces DESC LIMIT 3"


def meant(text: str, store: Store) -> Iterator[str]:
    """Other queries, the likeliest first. A phrase is meant as it is."""
    typed = list(dict.fromkeys(term.text for group in parse(text).groups for term in group if not term.is_phrase))
    if len(typed) > WORDS:
        return
    windows = [window for term in typed for window in looked_at(term, store)]
    unknown_first = sorted(windows, key=lambda window: window.is_known)[:LOOKED_AT]
    others = sorted(
        {(distance + KNOWN_COSTS * window.is_known, window.written, other) for window in unknown_first for distance, other in near(window, store)}
    )
    for _, written, other in islice(others, GUESSES):
        found = fold(text).replace(written, other)
        if found != fold(text):
            yield found


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring units of a term: one word may have been taken apart into them."""

    written: str  # folded
    text: str
    reading: str
    is_known: bool  # the index has all of its words


def looked_at(term: str, store: Store) -> Iterator[Window]:
    units = store.japanese.units(term)
    texts = [word.text for unit in units for word in unit.words]
    known = {text for (text,) in store.database.execute(KNOWN, (json.dumps(texts),))}
    for start in range(len(units)):
        for end in range(start + 1, min(len(units), start + TOGETHER) + 1):
            words = [word for unit in units[start:end] for word in unit.words]
            written = "".join(unit.surface for unit in units[start:end])
            if written in fold(term) and len(written) <= LONGEST:
                reading = "".join(word.reading for word in words)
                yield Window(written, "".join(word.text for word in words), reading, all(word.text in known for word in words))


def near(window: Window, store: Store) -> Iterator[tuple[float, str]]:
    """Words of the index that are read the same, or are spelled or read with a slip or two."""
    database, read = store.database, hiragana(window.written) if is_kana(window.written) else ""
    for (shown,) in database.execute(SAME, (window.reading, window.text)) if window.reading else ():
        yield 0.5, shown
    for asked, sought in ((SPELLED, window.text), (READ, read)):
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
