"""Text and queries as a database's own full-text search, which splits at blanks, can take them.

The text's words are there, what is Latin as it stands and, of what is not long, every pair of Japanese characters; so a word is found in any of its
spellings, and two characters of a name that no dictionary knows are found too.
"""

from dataclasses import dataclass

from kawaraban.search import grams
from kawaraban.search.dictionary import japanese
from kawaraban.search.folding import alike, fold
from kawaraban.search.japanese import PARTS

LONGEST = 500  # characters of what has its pairs in the index
FORM = 1  # changes whenever the same text would be worded otherwise


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text must have: all of the characters or all of the words."""

    characters: str
    words: str


def for_index(text: str) -> str:
    """Of a long text the words alone: its pairs would be more than the text, and the desk's search boxes look for what is short."""
    folded = fold(text)
    found = [*as_written(folded), *(word.text for word in japanese().folded_words(folded))]
    if len(folded) <= LONGEST:
        spelled = alike(folded)
        runs = grams.OTHER.sub("", spelled)
        found += [*grams.pairs(spelled), *set(runs)]
    return " ".join(dict.fromkeys(found))


def for_query(text: str) -> Wording:
    folded = fold(text)
    runs = [run for run in grams.OTHER.split(alike(folded)) if run]
    pairs = [pair for run in runs for pair in (sorted(grams.pairs(run)) or [run])]
    return Wording(" ".join([*pairs, *as_written(folded)]), " ".join(word.text for word in japanese().folded_words(folded)))


def as_written(folded: str) -> list[str]:
    """Latin words and numbers, neither stemmed nor put together."""
    return PARTS.findall(folded)
