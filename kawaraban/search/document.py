"""What is searched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# Columns of the index, with how much a word in each tells.
WEIGHTS = {"title": 6.0, "lead": 2.5, "body": 1.0, "more": 1.5}


@dataclass(frozen=True, slots=True)
class Document:
    """A piece as readers may see it. more: bylines, captions, kicker, the original's title. marks: facets with their values.

    Of a title's lines the first is shown as the title.
    """

    id: str
    title: str
    body: str
    date: datetime | None = None
    lead: str = ""
    more: str = ""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, str, str, str]:
        return self.title, self.lead, self.body, self.more
