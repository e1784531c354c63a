"""What has been printed: one LMDB file that every newsstand process reads and the presses write.

A write is one transaction, announced after its commit. What is here can be
printed again, so the folder may be deleted at any time.
"""

import errno
import mmap
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lmdb

from kawaraban.press import records
from kawaraban.press.compress import compressed
from kawaraban.press.epoch import Epoch
from kawaraban.press.marks import Run, Slot
from kawaraban.press.queue import Queue, Urgency
from kawaraban.press.records import Record, page_key, read_run, run_key, slot_key, written_part, written_run

GREATEST_BYTES = 1 << 38
MOST_READERS, LOCK_BYTES = 512, 64 << 10
LEAST_FREE = 16 << 20  # with less, a write that fails has failed for want of room
TABLES = ("pages", "slots", "runs", "layouts", "keys", "faces", "meta", "marks", "order")
SLOT = "slot:"  # in the index, a slot stands beside the addresses under this


class EditionFull(Exception):
    """There is no room left for the edition: make room on its disk. What has been printed is still served."""


class MissingSlots(Exception):
    """A page names slots that have not been printed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(set(names)))
        super().__init__(", ".join(self.names))


class Outdated(Exception):
    """The edition has gone on to a later generation: a process that began before prints no more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it comes from the press, not yet filed."""

    status: int
    mime: str
    pieces: tuple[bytes | Run, ...]
    keys: frozenset[str]  # what it was made from, such as page:12
    date: float = 0.0
    location: str = ""

    @property
    def slots(self) -> set[str]:
        return {part.name for piece in self.pieces if isinstance(piece, tuple) for part in piece if isinstance(part, Slot)}


@dataclass
class Counts:
    pages: int
    slots: int
    runs: int
    waiting: int
    bytes: int
    generation: int
    by_urgency: dict[str, int] = field(default_factory=dict)


class Edition:
    """Opened once a process (after a fork, not before). Any number of readers; writers wait for each other."""

    def __init__(self, folder: Path, *, writes: bool = True, syncs: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.writes = writes
        reserve(folder / "lock.mdb", LOCK_BYTES)
        reserve(folder / "epoch", mmap.PAGESIZE)
        try:
            self.env = lmdb.open(
                str(folder),
                map_size=GREATEST_BYTES,
                max_dbs=len(TABLES) + 1,
                max_readers=MOST_READERS,
                sync=syncs,
                readahead=False,
                max_spare_txns=4,
                mode=0o640,
            )
            self.tables: dict[str, Any] = {name: self.env.open_db(name.encode()) for name in TABLES}
            self.tables["made"] = self.env.open_db(b"made", dupsort=True)
        except lmdb.Error as error:
            if is_full(error, folder):
                raise EditionFull(EditionFull.__doc__) from error
            raise
        self.env.reader_check()
        self.epoch = Epoch(folder / "epoch", writes=True)
        self.queue = Queue(self.tables["marks"], self.tables["order"])
        self.inode = (folder / "data.mdb").stat().st_ino
        self.layouts: dict[bytes, Run] = {}

    def close(self) -> None:
        self.env.close()
        self.epoch.close()

    def is_gone(self) -> bool:
        """True when the folder has been deleted or replaced since it was opened."""
        try:
            return (self.folder / "data.mdb").stat().st_ino != self.inode
        except FileNotFoundError:
            return True

    @contextmanager
    def writing(self, *, announces: bool = True) -> Iterator[lmdb.Transaction]:
        """One transaction, announced after its commit to who reads. Raises EditionFull."""
        try:
            with self.env.begin(write=True) as txn:
                yield txn
                number = txn.id()
        except lmdb.MapFullError as error:
            raise EditionFull(EditionFull.__doc__) from error
        except lmdb.Error as error:
            if is_full(error, self.folder):
                raise EditionFull(EditionFull.__doc__) from error
            raise
        if announces:
            self.epoch.announce(number)

    # Changes

    def changes(self) -> int:
        """How many changes have been told. Asked before a page is made, and given back when it is filed."""
        with self.env.begin() as txn:
            return self._number(txn, b"changes")

    def tell(self, marks: dict[str, Urgency], faces: dict[str, bytes] | None = None) -> None:
        """Marks addresses and slots as to be printed again, notes what things look like now, and counts the change."""
        with self.writing() as txn:
            changes = self._count_change(txn)
            for address, urgency in marks.items():
                self.queue.add(txn, address, urgency, self._date(txn, address), changes)
            self._note_most(txn)
            self._put_number(txn, b"told at", int(time.time() * 1000))
            for key, face in (faces or {}).items():
                txn.put(key.encode(), face, db=self.tables["faces"])

    def told_at(self) -> float:
        """When the last change was told, in seconds since 1970."""
        with self.env.begin() as txn:
            return self._number(txn, b"told at") / 1000

    def mark(self, marks: dict[str, Urgency]) -> None:
        """Marks addresses that nothing has changed on: they have not been printed yet, or with an earlier theme."""
        with self.writing() as txn:
            changes = self._number(txn, b"changes")
            for address, urgency in marks.items():
                self.queue.add(txn, address, urgency, self._date(txn, address), changes)
            self._note_most(txn)

    def most_waiting(self) -> int:
        """How many were marked at most since the queue was last empty: what progress is measured by."""
        with self.env.begin() as txn:
            return self._number(txn, b"most waiting")

    def _note_most(self, txn: lmdb.Transaction) -> None:
        waiting = txn.stat(self.tables["marks"])["entries"]
        self._put_number(txn, b"most waiting", max(waiting, self._number(txn, b"most waiting")))

    def is_marked(self, address: str) -> bool:
        with self.env.begin() as txn:
            return txn.get(page_key(address), db=self.tables["marks"]) is not None

    def _count_change(self, txn: lmdb.Transaction) -> int:
        changes = self._number(txn, b"changes") + 1
        self._put_number(txn, b"changes", changes)
        return changes

    def _date(self, txn: lmdb.Transaction, address: str) -> float:
        stored = txn.get(page_key(address), db=self.tables["pages"])
        return records.HEAD.unpack_from(stored)[4] if stored else 0.0

    # Pages

    def file(self, address: str, sheet: Sheet, started: int, generation: int) -> bool:
        """Stores a page; False when a later printing is there already.

        started: changes() before it was made. When a change was told meanwhile,
        the page is marked again, since nobody can say whether it was seen.
        Raises MissingSlots, Outdated, EditionFull; then nothing is stored.
        """
        with self.writing() as txn:
            self._refuse_outdated(txn, generation)
            key = page_key(address)
            if (stored := txn.get(key, db=self.tables["pages"])) and records.HEAD.unpack_from(stored)[3] > started:
                self._unmark(txn, address, started)
                return False
            parts = tuple(piece if isinstance(piece, bytes) else self._run(txn, piece, generation) for piece in sheet.pieces)
            made = tuple(compressed(part) if isinstance(piece, bytes) else part for piece, part in zip(sheet.pieces, parts, strict=True))
            record = Record(sheet.status, sheet.mime, made, generation, started, sheet.date, sheet.location)
            txn.put(key, records.written(record), db=self.tables["pages"])
            self._settle(txn, address, sheet.keys, started, sheet.date)
        return True

    def remove(self, address: str, started: int, generation: int) -> bool:
        """Takes a page out: its address answers nothing any more."""
        with self.writing() as txn:
            self._refuse_outdated(txn, generation)
            key = page_key(address)
            if (stored := txn.get(key, db=self.tables["pages"])) and records.HEAD.unpack_from(stored)[3] > started:
                self._unmark(txn, address, started)
                return False
            txn.delete(key, db=self.tables["pages"])
            self._settle(txn, address, frozenset(), started, 0.0)
        return True

    def _settle(self, txn: lmdb.Transaction, address: str, keys: frozenset[str], started: int, date: float) -> None:
        """The index and the queue after a printing that saw `started` changes."""
        self._index(txn, address, keys)
        self._unmark(txn, address, started)
        if keys and (changes := self._number(txn, b"changes")) != started:
            self.queue.add(txn, address, Urgency.SOON, date, changes)

    def _unmark(self, txn: lmdb.Transaction, address: str, started: int) -> None:
        """The queue after a printing that came too late: a later one has settled the rest."""
        if self.queue.changes_at(txn, address) <= started:
            self.queue.drop(txn, address)
            if not txn.stat(self.tables["marks"])["entries"] and self._number(txn, b"most waiting"):
                self._put_number(txn, b"most waiting", 0)

    def _index(self, txn: lmdb.Transaction, address: str, keys: frozenset[str]) -> None:
        place = page_key(address)
        stored = txn.get(place, db=self.tables["keys"]) or b""
        before = frozenset(stored.decode().split("\n")) - {""}
        for key in before - keys:
            txn.delete(key.encode(), address.encode(), db=self.tables["made"])
        for key in keys - before:
            txn.put(key.encode(), address.encode(), db=self.tables["made"], dupdata=False)
        if keys:
            txn.put(place, "\n".join(sorted(keys)).encode(), db=self.tables["keys"])
        else:
            txn.delete(place, db=self.tables["keys"])

    def made_from(self, key: str) -> list[str]:
        """The addresses, and the slots under SLOT, that were made from a thing."""
        with self.env.begin() as txn, txn.cursor(self.tables["made"]) as cursor:
            return [value.decode() for value in cursor.iternext_dup()] if cursor.set_key(key.encode()) else []

    def addresses(self, prefix: str = "") -> list[str]:
        """Every printed address that begins so."""
        with self.env.begin() as txn, txn.cursor(self.tables["pages"]) as cursor:
            found, start = [], prefix.encode()
            if cursor.set_range(start):
                for key in cursor.iternext(values=False):
                    if not key.startswith(start):
                        break
                    found.append(key.decode("utf-8"))
            return found

    def has(self, address: str) -> bool:
        with self.env.begin() as txn:
            return txn.get(page_key(address), db=self.tables["pages"]) is not None

    # Slots and runs

    def file_slots(self, made: Sequence[tuple[str, bytes, frozenset[str]]], started: int, generation: int) -> None:
        """Stores slots (name, HTML, what each was made from) and packs every run that holds one of them again, once."""
        with self.writing() as txn:
            self._refuse_outdated(txn, generation)
            changed = set()
            for name, html, keys in made:
                key = slot_key(generation, name)
                stored = txn.get(key, db=self.tables["slots"])
                if stored is not None and int.from_bytes(stored[:8], "little") > started:
                    continue
                if stored is None or stored[8:] != html:
                    changed.add(name)
                txn.put(key, started.to_bytes(8, "little") + html, db=self.tables["slots"])
                self._settle(txn, SLOT + name, keys, started, 0.0)
            self._pack_again(txn, changed, generation)

    def slot(self, name: str, generation: int) -> bytes | None:
        with self.env.begin() as txn:
            return self._slot(txn, name, generation)

    def _slot(self, txn: lmdb.Transaction, name: str, generation: int) -> bytes | None:
        stored = txn.get(slot_key(generation, name), db=self.tables["slots"])
        return None if stored is None else stored[8:]

    def slot_names(self, generation: int) -> list[str]:
        prefix = slot_key(generation, "")
        with self.env.begin() as txn, txn.cursor(self.tables["slots"]) as cursor:
            found = []
            if cursor.set_range(prefix):
                for key in cursor.iternext(values=False):
                    if not key.startswith(prefix):
                        break
                    found.append(key[len(prefix) :].decode())
            return found

    def _run(self, txn: lmdb.Transaction, run: Run, generation: int) -> bytes:
        """The key of a run, which is packed when it is new. Raises MissingSlots."""
        layout = written_run(run)
        key = run_key(generation, layout)
        if txn.get(key, db=self.tables["runs"]) is None:
            txn.put(key, generation.to_bytes(4, "little") + layout, db=self.tables["layouts"])
            self._pack(txn, key, run, generation)
        return key

    def _pack(self, txn: lmdb.Transaction, key: bytes, run: Run, generation: int) -> None:
        texts = {piece.name: self._slot(txn, piece.name, generation) for piece in run if isinstance(piece, Slot)}
        if missing := [name for name, text in texts.items() if text is None]:
            raise MissingSlots(missing)
        plain = b"".join(texts[piece.name] or b"" if isinstance(piece, Slot) else piece for piece in run)
        txn.put(key, written_part(compressed(plain)), db=self.tables["runs"])

    def _pack_again(self, txn: lmdb.Transaction, names: set[str], generation: int) -> None:
        if not names:
            return
        wanted = generation.to_bytes(4, "little")
        with txn.cursor(self.tables["layouts"]) as cursor:
            found = [(key, self._layout(key, value)) for key, value in cursor if value[:4] == wanted]
        for key, run in found:
            if any(isinstance(piece, Slot) and piece.name in names for piece in run):
                self._pack(txn, key, run, generation)

    def _layout(self, key: bytes, value: bytes) -> Run:
        if key not in self.layouts:
            self.layouts[key] = read_run(value[4:])
        return self.layouts[key]

    # Generations

    def generation(self) -> tuple[int, str]:
        """The number of the generation that is printed now, and the digest of what it is made with; 0 when nothing has been."""
        with self.env.begin() as txn:
            return self._number(txn, b"generation"), (txn.get(b"made with", db=self.tables["meta"]) or b"").decode()

    def begin(self, made_with: str, policy: str) -> int:
        """A new generation, unless this one is made with the same. What was printed before is served until it is printed again."""
        with self.writing() as txn:
            number = self._number(txn, b"generation")
            if number and txn.get(b"made with", db=self.tables["meta"]) == made_with.encode():
                return number
            number = number + 1 if number else int(time.time()) & 0xFFFFFFF
            self._put_number(txn, b"generation", number)
            txn.put(b"made with", made_with.encode(), db=self.tables["meta"])
            txn.put(f"policy {number}".encode(), policy.encode(), db=self.tables["meta"])
            txn.delete(b"is filled", db=self.tables["meta"])
            self._count_change(txn)
            return number

    def policy(self, generation: int) -> str:
        with self.env.begin() as txn:
            return (txn.get(f"policy {generation}".encode(), db=self.tables["meta"]) or b"").decode()

    def blank_older(self, names: Iterable[str]) -> None:
        """Empties slots of generations before this one: their templates are gone, and what they show may not be shown."""
        with self.writing() as txn:
            current = self._number(txn, b"generation")
            for name in names:
                with txn.cursor(self.tables["slots"]) as cursor:
                    others = [key for key in cursor.iternext(values=False) if key.endswith(b"/" + name.encode())]
                for key in others:
                    generation = int(key.split(b"/")[0])
                    if generation != current:
                        txn.put(key, bytes(8), db=self.tables["slots"])
                        self._pack_again(txn, {name}, generation)

    def outdated_addresses(self) -> list[str]:
        """Pages of generations before this one."""
        with self.env.begin() as txn, txn.cursor(self.tables["pages"]) as cursor:
            current = self._number(txn, b"generation")
            return [key.decode() for key, value in cursor if records.HEAD.unpack_from(value)[2] != current]

    def forget_older(self) -> None:
        """Drops slots and runs of earlier generations. Only when outdated_addresses() is empty."""
        with self.writing() as txn:
            current = self._number(txn, b"generation")
            for table, is_old in (
                ("slots", lambda key, value: int(key.split(b"/")[0]) != current),
                ("layouts", lambda key, value: int.from_bytes(value[:4], "little") != current),
            ):
                with txn.cursor(self.tables[table]) as cursor:
                    old = [key for key, value in cursor if is_old(key, value)]
                for key in old:
                    txn.delete(key, db=self.tables[table])
                    if table == "layouts":
                        txn.delete(key, db=self.tables["runs"])
        self.layouts.clear()

    def _refuse_outdated(self, txn: lmdb.Transaction, generation: int) -> None:
        if self._number(txn, b"generation") != generation:
            raise Outdated(Outdated.__doc__)

    # What is noted beside

    def face(self, key: str) -> bytes:
        """What was noted of how other pages show a thing; empty when nothing was."""
        with self.env.begin() as txn:
            return txn.get(key.encode(), db=self.tables["faces"]) or b""

    def note(self, name: str, text: str) -> None:
        with self.writing(announces=False) as txn:
            txn.put(name.encode(), text.encode(), db=self.tables["meta"])

    def noted(self, name: str) -> str:
        with self.env.begin() as txn:
            return (txn.get(name.encode(), db=self.tables["meta"]) or b"").decode()

    def counts(self) -> Counts:
        with self.env.begin() as txn:
            size = (self.folder / "data.mdb").stat().st_blocks * 512
            number = {name: txn.stat(self.tables[name])["entries"] for name in ("pages", "slots", "runs", "marks")}
            generation = self._number(txn, b"generation")
            return Counts(number["pages"], number["slots"], number["runs"], number["marks"], size, generation, self.queue.by_urgency(txn))

    def record(self, address: str) -> Record | None:
        with self.env.begin() as txn:
            stored = txn.get(page_key(address), db=self.tables["pages"])
            return records.read(stored) if stored else None

    def due(self, limit: int) -> list[tuple[Urgency, str]]:
        """The marked addresses and slots that come next: the most urgent first, then the newest."""
        with self.env.begin() as txn:
            return self.queue.first(txn, limit)

    def put_off(self, address: str) -> None:
        """Sends a marked address to the end of the queue: it could not be printed now."""
        with self.writing() as txn:
            self.queue.add(txn, address, Urgency.RETRY, 0.0, self._number(txn, b"changes"), puts_off=True)

    def _number(self, txn: lmdb.Transaction, name: bytes) -> int:
        return int.from_bytes(txn.get(name, db=self.tables["meta"]) or b"", "little")

    def _put_number(self, txn: lmdb.Transaction, name: bytes, number: int) -> None:
        txn.put(name, number.to_bytes(8, "little"), db=self.tables["meta"])


def is_full(error: Exception, folder: Path) -> bool:
    """Whether a write failed for want of room. LMDB tells an input/output error when the last write of a full disk is cut short."""
    text = str(error)
    if "No space left" in text or "Disk quota" in text or "File too large" in text:
        return True
    room = os.statvfs(folder)
    return "Input/output" in text and room.f_bavail * room.f_frsize < LEAST_FREE


def reserve(file: Path, size: int) -> None:
    """Makes a file of some bytes that are really there: a mapped hole on a full disk would end the process. Raises EditionFull."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        if os.fstat(descriptor).st_size < size:
            os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise EditionFull(EditionFull.__doc__) from error
        raise
    finally:
        os.close(descriptor)


def with_slots(sheet: Sheet, text: dict[str, bytes]) -> bytes:
    """A sheet's whole text, its slots filled in: what a reader must get."""
    whole = []
    for piece in sheet.pieces:
        whole += [piece] if isinstance(piece, bytes) else [text[part.name] if isinstance(part, Slot) else part for part in piece]
    return b"".join(whole)
