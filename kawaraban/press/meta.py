"""Numbers and texts that an edition notes of itself, read and written within its transactions."""

from typing import Any

import lmdb


class Meta:
    def __init__(self, table: Any) -> None:
        self.table = table

    def number(self, txn: lmdb.Transaction, name: str) -> int:
        """0 for what has not been noted."""
        return int.from_bytes(txn.get(name.encode(), db=self.table) or b"", "little")

    def put_number(self, txn: lmdb.Transaction, name: str, number: int) -> None:
        txn.put(name.encode(), number.to_bytes(8, "little"), db=self.table)

    def text(self, txn: lmdb.Transaction, name: str) -> str:
        """ "" for what has not been noted."""
        return str(txn.get(name.encode(), db=self.table) or b"", "utf-8")

    def put_text(self, txn: lmdb.Transaction, name: str, text: str) -> None:
        txn.put(name.encode(), text.encode(), db=self.table)

    def has(self, txn: lmdb.Transaction, name: str) -> bool:
        return txn.get(name.encode(), db=self.table) is not None

    def drop(self, txn: lmdb.Transaction, name: str) -> None:
        txn.delete(name.encode(), db=self.table)
