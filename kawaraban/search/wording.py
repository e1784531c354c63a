"""Text and queries as a database's own full-text search, which splits at blanks, can take them.

The text's words are there, every pair of Japanese characters and what is Latin as it stands; so a word is found in any of its spellings,
and two characters of a name that no dictionary knows are found too.
"""

from dataclasses import dataclass

from kawaraban.search import grams
from kawaraban.search.dictionary import japanese
from kawaraban.search.folding import alike, fold
from kawaraban.search.japanese import PARTS

FORM = 1  # changes whenever the same text would be worded otherwise


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text must have: all of the characters or all of the words."""

    characters: str
    words: str


def for_index(text: str) -> str:
    folded = fold(text)
    spelled = alike(folded)
    runs = grams.OTHER.sub(" ", spelled)
    found = [*as_written(folded), *(word.text for word in japanese().folded_words(folded)), *grams.pairs(spelled), *set(runs.replace(" ", ""))]
    return " ".join(dict.fromkeys(found))


def for_query(text: str) -> Wording:
    folded = fold(text)
    runs = [run for run in grams.OTHER.split(alike(folded)) if run]
    pairs = [pair for run in runs for pair in (sorted(grams.pairs(run)) or [run])]
    return Wording(" ".join([*pairs, *as_written(folded)]), " ".join(word.text for word in japanese().folded_words(folded)))


def as_written(folded: str) -> list[str]:
    """Latin words and numbers, neither stemmed nor put together."""
    return PARTS.findall(folded)
