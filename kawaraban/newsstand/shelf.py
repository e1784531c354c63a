"""Answers kept at hand, up to a number of bytes. What has not been asked for lately goes, without a look at the rest."""

from kawaraban.newsstand.answers import Answer

Key = str | tuple[str, str]
OVERHEAD = 1_500  # bytes of an answer besides its body


class Shelf:
    """Two generations: what is asked for moves to the young one; when that is half the limit, the old one goes."""

    def __init__(self, limit: int) -> None:
        self.half = limit // 2
        self.young: dict[Key, Answer] = {}
        self.old: dict[Key, Answer] = {}
        self.weight = 0

    def get(self, key: Key) -> Answer | None:
        found = self.young.get(key)
        if found is None and (found := self.old.pop(key, None)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, answer: Answer) -> None:
        self.drop(key)
        weight = len(answer.body) + OVERHEAD
        if weight > self.half // 2:
            return
        self.young[key] = answer
        self.weight += weight
        if self.weight > self.half:
            self.old, self.young, self.weight = self.young, {}, 0

    def drop(self, key: Key) -> None:
        if (before := self.young.pop(key, None)) is not None:
            self.weight -= len(before.body) + OVERHEAD
        self.old.pop(key, None)
