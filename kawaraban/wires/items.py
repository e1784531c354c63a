"""Several items of one payload: the good ones are read, whatever the others are. Pure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kawaraban.wires.copy import Copy, Partly, Unreadable, in_short
from kawaraban.wires.limits import ITEMS

T = TypeVar("T")


def all_read(items: Iterable[T], read: Callable[[T], Copy]) -> list[Copy]:
    """A copy of each item. Raises Partly when some can't be read, Unreadable when none can or they are too many."""
    found: list[Copy] = []
    reasons: list[str] = []
    for place, item in enumerate(items, 1):
        if place > ITEMS:
            raise Unreadable(f"there are more than {ITEMS} items in it")
        try:
            found.append(read(item))
        except Unreadable as reason:
            reasons.append(f"item {place}: {reason}")
    if reasons and found:
        raise Partly(found, reasons)
    if reasons:
        raise Unreadable(in_short(reasons))
    return found
