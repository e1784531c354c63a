"""What each printed page was made from, both ways round, in an LMDB file of its own.

Newsstands never read it: in the file that they map, it would count as memory of each of them.
It is written by who holds the edition's writing transaction, and says too much rather than too
little: what a page will be made from is there before the page is, what it no longer is goes after.
"""

from pathlib import Path

import lmdb

from kawaraban.press.records import page_key
from kawaraban.press.room import GREATEST_BYTES, LOCK_BYTES, reserve

MOST_READERS = 512


class Index:
    """Opened with its edition. name: of that edition, whose index this is."""

    def __init__(self, folder: Path, *, syncs: bool) -> None:
        folder.mkdir(exist_ok=True)
        reserve(folder / "lock.mdb", LOCK_BYTES)
        self.env = lmdb.open(
            str(folder), map_size=GREATEST_BYTES, max_dbs=3, max_readers=MOST_READERS, sync=syncs, readahead=False, max_spare_txns=4, mode=0o640
        )
        self.made = self.env.open_db(b"made", dupsort=True)
        self.keys, self.meta = self.env.open_db(b"keys"), self.env.open_db(b"meta")
        self.env.reader_check()

    def close(self) -> None:
        self.env.close()

    def name(self) -> str:
        with self.env.begin() as txn:
            return str(txn.get(b"name", db=self.meta) or b"", "utf-8")

    def begin(self, name: str) -> None:
        """Empties it, for a new edition."""
        with self.env.begin(write=True) as txn:
            for table in (self.made, self.keys, self.meta):
                txn.drop(table, delete=False)
            txn.put(b"name", name.encode(), db=self.meta)

    def widen(self, made_from: dict[str, frozenset[str]]) -> bool:
        """Adds the keys that addresses lack; True when some have keys now that they are no longer made from."""
        with self.env.begin() as txn:
            known = {address: self._keys(txn, address) for address in made_from}
        lacking = {address: keys - known[address] for address, keys in made_from.items() if not keys <= known[address]}
        if lacking:
            with self.env.begin(write=True) as txn:
                for address, keys in lacking.items():
                    for key in keys:
                        txn.put(key.encode(), address.encode(), db=self.made, dupdata=False)
                    self._put_keys(txn, address, known[address] | keys)
        return any(known[address] - keys for address, keys in made_from.items())

    def narrow(self, made_from: dict[str, frozenset[str]]) -> None:
        """Drops all keys of addresses but these."""
        with self.env.begin(write=True) as txn:
            for address, keys in made_from.items():
                for key in self._keys(txn, address) - keys:
                    txn.delete(key.encode(), address.encode(), db=self.made)
                self._put_keys(txn, address, keys)

    def made_from(self, key: str) -> list[str]:
        with self.env.begin() as txn, txn.cursor(self.made) as cursor:
            return [value.decode() for value in cursor.iternext_dup()] if cursor.set_key(key.encode()) else []

    def _keys(self, txn: lmdb.Transaction, address: str) -> frozenset[str]:
        stored = txn.get(page_key(address), db=self.keys)
        return frozenset(stored.decode().split("\n")) if stored else frozenset()

    def _put_keys(self, txn: lmdb.Transaction, address: str, keys: frozenset[str]) -> None:
        if keys:
            txn.put(page_key(address), "\n".join(sorted(keys)).encode(), db=self.keys)
        else:
            txn.delete(page_key(address), db=self.keys)
