"""Answers kept at hand, up to a number of bytes. What has not been asked for lately goes, without a look at the rest."""

from collections.abc import Iterator
from itertools import chain

from kawaraban.newsstand.answers import PageAnswer

Key = str | tuple[str, str]


class Shelf:
    """Second chance: when half is taken, all become old; what is asked for again becomes young, and of the old the oldest go first.

    Source: https://en.wikipedia.org/wiki/Page_replacement_algorithm#Second-chance
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.young: dict[Key, PageAnswer] = {}
        self.old: dict[Key, PageAnswer] = {}
        self.line: list[Key] = []  # in which the old go, the next one at the end; those that became young again are still in it
        self.weight = 0  # bytes of both

    def get(self, key: Key) -> PageAnswer | None:
        found = self.young.get(key)
        if found is None and (found := self.old.pop(key, None)) is not None:
            self.young[key] = found
        return found

    def put(self, key: Key, answer: PageAnswer) -> None:
        self.drop(key)
        if answer.weight > self.limit // 4:
            return
        self.young[key] = answer
        self.weight += answer.weight
        while self.weight > self.limit // 2:
            if not self.old:
                self.old, self.young = self.young, {}
                self.line = list(reversed(self.old))
            if self.weight <= self.limit:
                break
            if (oldest := self.old.pop(self.line.pop(), None)) is not None:
                self.weight -= oldest.weight

    def forget(self, turn: int) -> None:
        """Drops what was last seen to be right before a turn of the stock."""
        for key in [key for kept in (self.young, self.old) for key, answer in kept.items() if answer.turn < turn]:
            self.drop(key)

    def answers(self) -> Iterator[PageAnswer]:
        return chain(self.young.values(), self.old.values())

    def drop(self, key: Key) -> None:
        before = self.young.pop(key, None) or self.old.pop(key, None)
        if before is not None:
            self.weight -= before.weight
