"""Which programs are robots, by what they say about themselves: https://github.com/monperrus/crawler-user-agents, and who says nothing."""

from collections.abc import Iterable
from functools import lru_cache

from crawleruseragents import is_crawler

REMEMBERED = 5_000
LEAST = 12  # characters; no browser tells less


class Robots:
    """welcome: words in the names of programs that are none, whatever the list says."""

    def __init__(self, welcome: Iterable[str] = ()) -> None:
        self.welcome = tuple(welcome)
        self.has = lru_cache(REMEMBERED)(self.look)  # the list's 1,500 patterns take 0.3 ms

    def look(self, agent: str) -> bool:
        if any(word in agent for word in self.welcome):
            return False
        return len(agent) < LEAST or bool(is_crawler(agent))
