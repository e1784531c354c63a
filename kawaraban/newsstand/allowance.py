"""So many at once, then so many a second."""


class Allowance:
    """now: seconds of a clock that does not go back."""

    def __init__(self, a_second: float, at_once: float, now: float) -> None:
        self.a_second, self.at_once = a_second, at_once
        self.left, self.seen = at_once, now

    def take(self, cost: float, now: float) -> float:
        """Nothing when so much may be taken, which then is; else in how many seconds it may."""
        self.left = min(self.at_once, self.left + (now - self.seen) * self.a_second)
        self.seen = now
        if self.left < cost:
            return (cost - self.left) / self.a_second
        self.left -= cost
        return 0.0

    def is_whole(self, now: float) -> bool:
        return self.left + (now - self.seen) * self.a_second >= self.at_once


class Allowances:
    """One for each name, kept while something of it is used up; what was not asked for longest goes first."""

    def __init__(self, a_second: float, at_once: float, most: int = 10_000) -> None:
        self.a_second, self.at_once, self.most = a_second, at_once, most
        self.kept: dict[bytes, Allowance] = {}

    def take(self, name: bytes, cost: float, now: float) -> float:
        found = self.kept.pop(name, None) or Allowance(self.a_second, self.at_once, now)
        self.kept[name] = found
        if len(self.kept) > self.most:
            del self.kept[next(iter(self.kept))]
        return found.take(cost, now)

    def forget(self, now: float) -> None:
        """Those of which nothing is used up: nobody is remembered for longer than that takes."""
        for name in [name for name, found in self.kept.items() if found.is_whole(now)]:
            del self.kept[name]
