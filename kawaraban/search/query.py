"""What readers write into a search box: words, "phrases", -not, OR. Pure, and never an error."""

import re
from dataclasses import dataclass

from kawaraban.search.folding import UNREADABLE

LENGTH = 500
TERMS = 40
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"', "〝": '"', "〟": '"', "〞": '"', "－": "-", "−": "-", "｜": "|"})
TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')
OR = {"OR", "ＯＲ", "|"}


@dataclass(frozen=True, slots=True)
class Term:
    text: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Of each group one term at least must be found, of the excluded ones none."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()


def parse(text: str) -> Query:
    """What any text asks for; past 500 characters nothing is read."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joins = False
    for token in TOKEN.findall(UNREADABLE.sub(" ", text[:LENGTH]).translate(QUOTES))[:TERMS]:
        if token in OR:
            joins = bool(groups)
            continue
        is_excluded = token.startswith("-") and len(token) > 1
        term = read(token[1:] if is_excluded else token)
        if not term.text:
            continue
        if is_excluded:
            excluded.append(term)
        elif joins:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        joins = False
    return Query(tuple(groups), tuple(excluded))


def read(token: str) -> Term:
    is_phrase = token.startswith('"')
    return Term(token.strip('"').strip(), is_phrase)
