"""What is to be printed again, kept in the edition so that no end of a process loses it."""

from collections import Counter
from enum import IntEnum
from itertools import islice
from struct import Struct
from typing import Any

import lmdb

from kawaraban.press.records import page_key

PLACE = Struct(">BQ")  # urgency, then newest first; the address follows
CHANGES = Struct(">Q")
NEWEST = 1 << 62


class Urgency(IntEnum):
    NOW = 0  # the changed page itself, its slots, and whatever shows what may not be shown any more
    FIRST = 1  # the first pages of lists
    SOON = 2  # what changed while it was printed
    TAIL = 3  # everything else that shows the changed thing
    FILL = 4  # what has never been printed, or with an earlier theme or release
    RETRY = 5  # what could not be printed


class Queue:
    """Two tables: address → its place and the change that put it there; place → address."""

    def __init__(self, marks: Any, order: Any) -> None:
        self.marks, self.order = marks, order

    def add(self, txn: lmdb.Transaction, address: str, urgency: Urgency, date: float, changes: int, *, puts_off: bool = False) -> None:
        """Marks an address. One marked before keeps the more urgent of both places, unless it is put off."""
        key = page_key(address)
        place = PLACE.pack(urgency, NEWEST - int(date))
        if before := txn.get(key, db=self.marks):
            place = place if puts_off else min(place, before[: PLACE.size])
            txn.delete(before[: PLACE.size] + key, db=self.order)
        txn.put(key, place + CHANGES.pack(changes), db=self.marks)
        txn.put(place + key, address.encode(), db=self.order)

    def drop(self, txn: lmdb.Transaction, address: str) -> None:
        key = page_key(address)
        if before := txn.pop(key, db=self.marks):
            txn.delete(before[: PLACE.size] + key, db=self.order)

    def changes_at(self, txn: lmdb.Transaction, address: str) -> int:
        """How many changes had been told when an address was marked; 0 for one that isn't."""
        stored = txn.get(page_key(address), db=self.marks)
        return CHANGES.unpack_from(stored, PLACE.size)[0] if stored else 0

    def first(self, txn: lmdb.Transaction, limit: int) -> list[tuple[Urgency, str]]:
        with txn.cursor(self.order) as cursor:
            return [(Urgency(place[0]), address.decode()) for place, address in islice(cursor, limit)]

    def by_urgency(self, txn: lmdb.Transaction) -> dict[str, int]:
        with txn.cursor(self.order) as cursor:
            counted = Counter(key[0] for key in cursor.iternext(values=False))
        return {urgency.name.lower(): counted[urgency] for urgency in Urgency if counted[urgency]}
