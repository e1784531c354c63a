"""Telling whether two headlines are the same, and what a list that cuts them left of them."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

ELLIPSIS = "…"
# A list cuts at some 25 wide characters; what is shorter than this ended in dots by its author's wish.
SHORTEST_STEM = 8
DASHES = re.compile(r"[─―—–]+|-{2,}")


def sameness(headline: str) -> str:
    """What two spellings of one headline have in common: widths, spaces and dashes do not count."""
    return DASHES.sub("─", "".join(unicodedata.normalize("NFKC", headline).split()))


def is_cut(title: str) -> bool:
    return title.endswith(ELLIPSIS) and len(stem(title)) >= SHORTEST_STEM


def stem(title: str) -> str:
    return sameness(title.removesuffix(ELLIPSIS))


def shows_more(longer: str, cut: str) -> bool:
    """True when `longer`, whole or itself cut, may be the title of which a list left `cut`."""
    more = stem(longer) if is_cut(longer) else sameness(longer)
    return is_cut(cut) and more.startswith(stem(cut)) and not (is_cut(longer) and more == stem(cut))


def completed(lists: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lists with each cut title as whole as another list shows it.

    No list names an article twice, so what stands in a list beside a cut title
    is not its whole. A title that may be two others' beginning stays cut.
    """
    return [[fullest(title, place, lists) for title in titles] for place, titles in enumerate(lists)]


def fullest(title: str, place: int, lists: Sequence[Sequence[str]]) -> str:
    beside = {sameness(other) for other in lists[place]}
    others = [other for number, titles in enumerate(lists) if number != place for other in titles]
    longer = {sameness(other): other for other in others if shows_more(other, title) and sameness(other) not in beside}
    whole = [other for other in longer.values() if not is_cut(other)]
    if len(whole) > 1:
        return title
    return whole[0] if whole else max(longer.values(), key=len, default=title)


@dataclass(frozen=True)
class Entry:
    """An article by its headline. Only a stub's title can have been cut."""

    key: int
    title: str
    deck: str = ""
    is_stub: bool = False

    @property
    def full(self) -> str:
        return f"{self.title}─{self.deck}" if self.deck else self.title

    @property
    def is_cut(self) -> bool:
        return self.is_stub and is_cut(self.title)


class Headlines:
    """The headlines of every article there is, to be asked for the article that a title names."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: dict[int, Entry] = {}
        self.full: dict[int, str] = {}
        self.keys: dict[str, list[int]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Adds an article, or its new headline; of several under one headline the last one added is found."""
        self.entries[entry.key] = entry
        self.full[entry.key] = sameness(entry.full)
        for spelling in {self.full[entry.key], sameness(entry.title)}:
            self.keys.setdefault(spelling, []).append(entry.key)

    def find(self, title: str, besides: Collection[int] = ()) -> Entry | None:
        """The article that a title names, never one of those besides; None when there is none, or no telling which."""
        exact = [key for key in self.keys.get(sameness(title), ()) if key not in besides]
        if exact:
            return self.entries[exact[-1]]
        return self.whole_of(title, besides) if is_cut(title) else self.beginning_of(title, besides)

    def whole_of(self, title: str, besides: Collection[int]) -> Entry | None:
        begun = stem(title)
        whole = [key for key, full in self.full.items() if full.startswith(begun) and not self.entries[key].is_cut and key not in besides]
        if whole:
            return self.entries[whole[0]] if len(whole) == 1 else None
        related = [
            entry
            for entry in self.entries.values()
            if entry.is_cut and entry.key not in besides and (shows_more(entry.title, title) or shows_more(title, entry.title))
        ]
        return max(related, key=lambda entry: len(entry.title), default=None)

    def beginning_of(self, title: str, besides: Collection[int]) -> Entry | None:
        begun = [entry for entry in self.entries.values() if entry.is_cut and entry.key not in besides and shows_more(title, entry.title)]
        return max(begun, key=lambda entry: len(entry.title), default=None)
