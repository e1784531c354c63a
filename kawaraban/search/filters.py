"""What a search is narrowed to, and how its answers are ordered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Order(Enum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Filters:
    """Pieces that have, of every facet named, one of its values; dated since (that moment too) and until (that moment not)."""

    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.marks) or self.since is not None or self.until is not None
