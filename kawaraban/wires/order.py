"""The order of the flash: the pinned first, then by place, then the newest. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

LEAST, GREATEST = -(2**15), 2**15 - 1  # what the database's small integer holds


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where an item stands among those that are pinned alike."""

    key: int
    position: int
    published: datetime

    def stands_above(self, other: "Standing") -> bool:
        return (self.position, -self.published.timestamp(), -self.key) < (other.position, -other.published.timestamp(), -other.key)


def moved(flash: Sequence[Standing], key: int, index: int) -> list[Standing]:
    """The items whose place changes when one of them is moved to an index, with their new places. Those below it stay as they are."""
    order = [standing for standing in flash if standing.key != key]
    index = max(0, min(index, len(order)))
    order.insert(index, next(standing for standing in flash if standing.key == key))
    below = order[index + 1] if index + 1 < len(order) else None
    above = order[index - 1] if index else None
    before = {standing.key: standing.position for standing in flash}
    order[index] = fitted(order[index], above, below)
    for place in range(index - 1, -1, -1):
        order[place] = lifted(order[place], order[place + 1])
    return [standing for standing in order if standing.position != before[standing.key]]


def fitted(standing: Standing, above: Standing | None, below: Standing | None) -> Standing:
    """Below what is above it when there is nothing under it; else just above what is under it."""
    if below is None:
        return standing if above is None or above.stands_above(standing) else replace(standing, position=min(GREATEST, above.position + 1))
    return lifted(standing, below)


def lifted(standing: Standing, below: Standing) -> Standing:
    """Its place, raised as little as lets it stand above another."""
    if standing.stands_above(below):
        return standing
    alike = replace(standing, position=below.position)
    return alike if alike.stands_above(below) else replace(standing, position=max(LEAST, below.position - 1))
