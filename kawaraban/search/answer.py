"""What a query is answered with."""

from dataclasses import dataclass, field

Facets = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float
    row: int


@dataclass(frozen=True, slots=True)
class Answer:
    """hits: a page of them. relaxed: not all words were found together, so that some of the answers have only some.

    total: of all answers, on whatever page; what has only some of the words is counted up to a bound (finding.LOOKED_AT), and what may have
    a phrase is counted before every text has been read.
    facets: of all answers, for each facet its values with how many have them, the most first.
    meant: the query as it may have been meant, in words of the index; "" when nothing better is known.
    """

    hits: list[Hit]
    relaxed: bool = False
    total: int = 0
    facets: Facets = field(default_factory=dict)
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece's title, and what it says around the words that were asked for."""

    title: tuple[Span, ...]
    around: tuple[Span, ...]
