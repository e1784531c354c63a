"""What holds of an item of which several versions and orders have come, in whatever order they came. Pure.

Versions go by the agency's number, then by the moment it tells, then by arrival; the last is the face. A kill, or an order to withhold, holds
for every version of its number and below, so that neither an older version nor the same one brings the item back; only a newer usable one
does. A kill whose number tells nothing (1 is also what a format without numbers says) holds besides for all that was changed before it.
An order by another item holds for the versions that it names, and when it names none for all that was changed before it came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kawaraban.wires.copy import Copy, Status

UNTOLD = datetime(1970, 1, 1, tzinfo=UTC)  # the moment of a version of which the agency tells none


@dataclass(frozen=True, slots=True)
class Mark:
    """A version's place among the others."""

    key: int
    number: int
    told_at: datetime
    received_at: datetime
    status: Status = Status.USABLE

    @property
    def place(self) -> tuple[int, datetime, datetime, int]:
        return self.number, self.told_at, self.received_at, self.key

    @property
    def changed_at(self) -> datetime:
        return self.received_at if self.told_at == UNTOLD else self.told_at


@dataclass(frozen=True, slots=True)
class Order:
    """What another item orders: to kill, or to show that item instead. number: up to which version; 0 for whichever came before it."""

    by: int
    number: int
    given_at: datetime
    is_kill: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers may see of an item: its face when it is usable and nothing replaces it."""

    face: int
    number: int
    status: Status
    replaced_by: int | None = None


def standing(marks: Sequence[Mark], orders: Sequence[Order] = ()) -> Standing:
    """marks: one version at least."""
    newest = max(marks, key=lambda mark: mark.place)
    usable = max((mark for mark in marks if mark.status is Status.USABLE), key=lambda mark: mark.place, default=None)
    kills = [mark.status for mark in marks if mark.status is not Status.USABLE and (usable is None or bars(mark, usable))]
    if usable and any(order.is_kill and forbids(order, usable) for order in orders):
        kills.append(Status.CANCELED)
    if kills or usable is None:
        status = Status.CANCELED if Status.CANCELED in kills else Status.WITHHELD
        return Standing(newest.key, newest.number, status)
    return Standing(usable.key, usable.number, Status.USABLE, replacement(orders, usable))


def bars(kill: Mark, usable: Mark) -> bool:
    """Whether a kill holds for a usable version."""
    if usable.number <= kill.number:
        return True
    return kill.number <= 1 and usable.told_at <= kill.changed_at


def forbids(order: Order, usable: Mark) -> bool:
    if order.number:
        return usable.number <= order.number
    return usable.told_at <= order.given_at


def replacement(orders: Sequence[Order], usable: Mark) -> int | None:
    """The item that was ordered last to stand in for it."""
    found = [order for order in orders if not order.is_kill and forbids(order, usable)]
    return max(found, key=lambda order: (order.given_at, order.by)).by if found else None


def told_at(copy: Copy, received_at: datetime) -> datetime:
    """When the agency says a version was made, never later than it came."""
    told = copy.updated or copy.published
    return min(told, received_at) if told else UNTOLD
