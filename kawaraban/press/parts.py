"""Where pages' own parts are filed: what LMDB knows of the files of parts, written in its transactions."""

from typing import Any

import lmdb

from kawaraban.press import records
from kawaraban.press.meta import Meta
from kawaraban.press.segments import NOWHERE, Lost, Place, Segments

WASTE = 64 << 20  # bytes of replaced parts that are never worth a move
SEGMENT, END, WASTED, MOVED_TO = "segment", "segment end", "waste", "moved to"


class Parts:
    """pages: the table of records, which say where the parts of each page are."""

    def __init__(self, meta: Meta, pages: Any, segments: Segments, *, syncs: bool) -> None:
        self.meta, self.pages, self.segments, self.syncs = meta, pages, segments, syncs
        self.unsynced = 0  # the segment that the open transaction has written to

    def append(self, txn: lmdb.Transaction, content: bytes) -> Place:
        """Where the content now is. What a writer that was killed left behind the end is written over. Raises OSError."""
        if not content:
            return NOWHERE
        place = Place(self.meta.number(txn, SEGMENT), self.meta.number(txn, END), len(content))
        self.segments.write(place, content)
        if self.syncs:
            self.unsynced = place.segment
        self.meta.put_number(txn, END, place.offset + place.size)
        return place

    def sync(self) -> None:
        """Before the transaction is committed that has written. Raises OSError."""
        if self.unsynced:
            self.segments.sync(self.unsynced)
            self.unsynced = 0

    def let_go(self, txn: lmdb.Transaction, stored: bytes | None) -> None:
        """Counts the parts of a record that is replaced as waste."""
        if stored:
            self.meta.put_number(txn, WASTED, self.meta.number(txn, WASTED) + records.place(stored).size)

    # Moving what is shown out of files that are mostly waste

    def is_wasteful(self, txn: lmdb.Transaction) -> bool:
        """Whether the files hold more that was replaced than what is shown, or are being moved for it."""
        waste, end = self.meta.number(txn, WASTED), self.meta.number(txn, END)
        return waste > max(WASTE, end // 2) or self.meta.has(txn, MOVED_TO)

    def begin_move(self, txn: lmdb.Transaction) -> None:
        """From here on a new file is written, unless it already is."""
        if not self.meta.has(txn, MOVED_TO):
            self.meta.put_number(txn, SEGMENT, self.meta.number(txn, SEGMENT) + 1)
            self.meta.put_number(txn, END, 0)
            self.meta.put_number(txn, WASTED, 0)
            self.meta.put_text(txn, MOVED_TO, "")

    def move(self, txn: lmdb.Transaction, count: int) -> tuple[bool, list[bytes]]:
        """Moves the parts of the next pages; whether these were the last, and the keys of pages whose parts are lost."""
        segment, start, lost = self.meta.number(txn, SEGMENT), self.meta.text(txn, MOVED_TO).encode(), []
        with txn.cursor(self.pages) as cursor:
            found = cursor.iternext() if cursor.set_range(start) else iter(())
            some = [pair for pair, _ in zip(found, range(count), strict=False)]
        for key, stored in some:
            place = records.place(stored)
            if place.size and place.segment != segment:
                try:
                    txn.put(key, records.moved(stored, self.append(txn, self.segments.read(*place))), db=self.pages)
                except Lost:
                    lost.append(key)
        if len(some) < count:
            self.meta.drop(txn, MOVED_TO)
            return True, lost
        self.meta.put_text(txn, MOVED_TO, str(some[-1][0], "utf-8"))
        return False, lost
