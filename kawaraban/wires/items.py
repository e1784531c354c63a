"""What comes together and is read one by one: a bad one never stops its neighbours."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.limits import ITEMS

Piece = TypeVar("Piece")
TOLD = 5  # reasons in one sentence


def all_read(pieces: Iterable[Piece], read: Callable[[Piece], Copy]) -> list[Copy]:
    """A copy of each piece. Raises Partly when some can't be read, Unreadable when none can or they are too many."""
    found: list[Copy] = []
    reasons: list[str] = []
    for place, piece in enumerate(pieces, 1):
        if place > ITEMS:
            raise Unreadable(f"there are more than {ITEMS} items in it")
        try:
            found.append(read(piece))
        except Unreadable as reason:
            reasons.append(f"item {place}: {reason}")
    return settled(found, reasons)


def gathered(readings: Iterable[tuple[str, Callable[[], list[Copy]]]]) -> list[Copy]:
    """The copies of several named payloads. Raises as `all_read` does; each reason begins with the name."""
    found: list[Copy] = []
    reasons: list[str] = []
    for name, read in readings:
        try:
            found += read()
        except Partly as partly:
            found += partly.read
            reasons += (f"{name}: {reason}" for reason in partly.reasons)
        except Unreadable as reason:
            reasons.append(f"{name}: {reason}")
    return settled(found, reasons)


def settled(found: list[Copy], reasons: list[str]) -> list[Copy]:
    if reasons and found:
        raise Partly(found, reasons)
    if reasons:
        more = f"; and {len(reasons) - TOLD} more" if len(reasons) > TOLD else ""
        raise Unreadable("; ".join(reasons[:TOLD]) + more)
    return found
