"""What keeps the counts: the same for an SQLite file, the site's database and Valkey."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kawaraban.readership.columns import Bucket, Column, Grain


class Outrun(Exception):
    """Another process has changed the counts meanwhile; read them again."""


class Offset(NamedTuple):
    """How far something has been counted."""

    place: int  # bytes of a spool's file; whatever else tells it
    at: int  # ms since 1970: what comes after it was written later than this


class Remembered(NamedTuple):
    """A day's (reader, article), each once, or its reads by (network, article). Keys are 64 bits wide."""

    counts: Column
    until: int  # ms since 1970; may go after


@dataclass
class Change:
    """What a roll-up makes of some reads. It is stored as a whole or not at all."""

    added: dict[Bucket, Column] = field(default_factory=dict)
    greatest: dict[Bucket, Column] = field(default_factory=dict)  # the greater of what is stored and this stays
    readers: dict[int, Remembered] = field(default_factory=dict)  # new ones only; by the day's start
    networks: dict[int, Remembered] = field(default_factory=dict)  # to be added; by the day's start
    offsets: dict[str, Offset] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)  # sources whose offsets nobody needs any more
    names: dict[str, int] = field(default_factory=dict)  # new ones


class Store(Protocol):
    """Days and hours begin as the store's reader has it (see days.py); here they are numbers of ms since 1970."""

    def version(self) -> int:
        """Grows with each commit."""

    def commit(self, change: Change, version: int) -> int:
        """Stores a change if nothing has been committed since that version; gives the new one. Raises Outrun."""

    def offsets(self) -> dict[str, Offset]: ...

    def readers(self, day: int) -> Column:
        """The (reader, article) that have been counted on a day, hashed to 64 bits. Counts are 1."""

    def networks(self, day: int) -> Column:
        """Accepted reads by (network, article), hashed to 64 bits."""

    def columns(self, grain: Grain, measure: str, since: int, until: int) -> dict[int, Column]:
        """By their start, of which since <= start < until."""

    def some(self, grain: Grain, measure: str, starts: Collection[int]) -> dict[int, Column]:
        """Those that there are, by their start."""

    def measures(self) -> set[str]: ...

    def drop(self, grain: Grain, before: int) -> int:
        """Columns that start before a moment; gives their number. Of no consequence for the version."""

    def forget(self, now: int) -> None:
        """Lets readers and networks go whose time is over."""

    def names(self) -> Mapping[str, int]:
        """What the articles are called whose keys are not those of a site's pages."""

    def close(self) -> None: ...
