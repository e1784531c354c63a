"""What a question to the site's index is answered with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from kawaraban.search.answer import Span


class State(Enum):
    READY = "ready"
    FILLING = "filling"  # it is being made, or is about to be: it answers with what it has so far
    DOWN = "down"  # it can't be read; a worker makes it anew


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that results can be narrowed to. value: as a filter names it; label: as readers know it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """thing: the Article, WireItem, Topic, Author or Issue, as loaded through the query that readers' pages make.

    beside: what else is shown of it, by name: kicker, deck, original, byline, job.
    """

    id: str
    kind: str
    thing: Any
    title: tuple[Span, ...]
    around: tuple[Span, ...]
    score: float = 0.0
    beside: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """facets: kind, section, topic, author; each with the values that results have, the most frequent first. meant: "" or a better query."""

    results: tuple[Result, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[Facet, ...]] = field(default_factory=dict)
    relaxed: bool = False
    meant: str = ""
    state: State = State.READY
