"""Several items of one payload: the good ones are read, whatever the others are. Pure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kawaraban.wires.copy import Copy, Partly, Unreadable, in_short
from kawaraban.wires.fault import Fault
from kawaraban.wires.limits import ITEMS

T = TypeVar("T")


def all_read(items: Iterable[T], read: Callable[[T], Copy]) -> list[Copy]:
    """A copy of each item. Raises Partly when some can't be read, Unreadable when none can or they are too many."""
    found: list[Copy] = []
    faults: list[Fault] = []
    for place, item in enumerate(items, 1):
        if place > ITEMS:
            raise Unreadable("there are more than %(most)d items in it", most=ITEMS)
        try:
            found.append(read(item))
        except Unreadable as error:
            faults.append(Fault("item %(number)d: %(reason)s", {"number": place, "reason": error.fault}))
    if faults and found:
        raise Partly(found, faults)
    if faults:
        raise Unreadable(in_short(faults))
    return found
