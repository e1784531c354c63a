"""Which programs are robots, by what they say about themselves: https://github.com/monperrus/crawler-user-agents, and who says nothing."""

from collections.abc import Iterable

from crawleruseragents import is_crawler

REMEMBERED = 5_000  # the list's 1,500 patterns take 0.3 ms, more for a long name
LONGEST = 500  # characters that are looked at
LEAST = 12  # characters; no browser tells less


class Robots:
    """welcome: words in the names of programs that are none, whatever the list says."""

    def __init__(self, welcome: Iterable[str] = ()) -> None:
        self.welcome = tuple(welcome)
        self.known: dict[str, bool] = {}

    def knows(self, agent: str) -> bool:
        """Whether has() can say without looking."""
        return agent[:LONGEST] in self.known

    def has(self, agent: str) -> bool:
        agent = agent[:LONGEST]
        if (found := self.known.get(agent)) is None:
            found = self.known[agent] = self.look(agent)
            if len(self.known) > REMEMBERED:
                del self.known[next(iter(self.known))]
        return found

    def look(self, agent: str) -> bool:
        if any(word in agent for word in self.welcome):
            return False
        return len(agent) < LEAST or bool(is_crawler(agent))
