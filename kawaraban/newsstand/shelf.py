"""Answers kept at hand, up to a number of bytes. What has not been asked for lately goes, without a look at the rest."""

from collections import OrderedDict

from kawaraban.newsstand.answers import Answer

Key = str | tuple[str, str]


class Shelf:
    """Second chance: when half is taken, all become old; what is asked for again becomes young, and of the old the oldest go first.

    Source: https://en.wikipedia.org/wiki/Page_replacement_algorithm#Second-chance
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.young: OrderedDict[Key, Answer] = OrderedDict()
        self.old: OrderedDict[Key, Answer] = OrderedDict()
        self.weight = 0  # bytes of both

    def get(self, key: Key) -> Answer | None:
        found = self.young.get(key)
        if found is None and (found := self.old.pop(key, None)) is not None:
            self.young[key] = found
        return found

    def put(self, key: Key, answer: Answer) -> None:
        self.drop(key)
        if answer.weight > self.limit // 4:
            return
        self.young[key] = answer
        self.weight += answer.weight
        while self.weight > self.limit // 2:
            if not self.old:
                self.old, self.young = self.young, OrderedDict()
            if self.weight <= self.limit:
                break
            self.weight -= self.old.popitem(last=False)[1].weight

    def forget(self, turn: int) -> None:
        """Drops what was last seen to be right before a turn of the stock."""
        for key in [key for kept in (self.young, self.old) for key, answer in kept.items() if answer.turn < turn]:
            self.drop(key)

    def drop(self, key: Key) -> None:
        before = self.young.pop(key, None) or self.old.pop(key, None)
        if before is not None:
            self.weight -= before.weight
