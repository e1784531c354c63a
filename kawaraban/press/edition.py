"""What has been printed: an LMDB file that every newsstand process reads and the presses write, and files of parts beside it.

A write is one transaction, announced after its commit. What is here can be
printed again, so the folder may be deleted at any time.
"""

import mmap
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lmdb

from kawaraban.press import records
from kawaraban.press.compress import Part, compressed
from kawaraban.press.epoch import Epoch
from kawaraban.press.index import MOST_READERS, Index
from kawaraban.press.insets import with_later_insets
from kawaraban.press.marks import Inset, Run, Slot
from kawaraban.press.meta import Meta
from kawaraban.press.parts import END, SEGMENT, Parts
from kawaraban.press.queue import Queue, Urgency
from kawaraban.press.records import Record, page_key, read_run, run_key, slot_key, written_part, written_run
from kawaraban.press.room import GREATEST_BYTES, LOCK_BYTES, reserve, room_wanted
from kawaraban.press.segments import Segments
from kawaraban.press.sheet import Sheet

TABLES = ("pages", "slots", "runs", "layouts", "faces", "meta", "marks", "order")
FORMAT = "4"
MOVED_AT_ONCE = 100  # pages
SLOT = "slot:"  # in the index, a slot stands beside the addresses under this
Filed = tuple[str, bytes, bytes | None, str, frozenset[str]]  # table, key, what is stored there, address, what it is made from


class MissingSlots(Exception):
    """A page names slots that have not been printed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(set(names)))
        super().__init__(", ".join(self.names))


class Outdated(Exception):
    """The edition has gone on to a later generation: a process that began before prints no more."""


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
        self.folder, self.writes = folder, writes
        reserve(folder / "lock.mdb", LOCK_BYTES)
        reserve(folder / "epoch", mmap.PAGESIZE)
        with room_wanted(folder):
            self.env = lmdb.open(
                str(folder),
                map_size=GREATEST_BYTES,
                max_dbs=len(TABLES),
                max_readers=MOST_READERS,
                sync=syncs,
                readahead=False,
                max_spare_txns=4,
                mode=0o640,
            )
            self.tables: dict[str, Any] = {name: self.env.open_db(name.encode()) for name in TABLES}
            self.index = Index(folder / "index", syncs=syncs)
        self.env.reader_check()
        self.epoch = Epoch(folder / "epoch", writes=True)
        self.meta = Meta(self.tables["meta"])
        self.queue = Queue(self.tables["marks"], self.tables["order"])
        self.segments = Segments(folder, self._begin_anew_unless_whole())
        self.parts = Parts(self.meta, self.tables["pages"], self.segments, syncs=syncs)
        self.inodes = inodes(folder)
        self.layouts: dict[bytes, Run] = {}

    def _begin_anew_unless_whole(self) -> str:
        """The name of the edition. One in another format, or whose index or parts are gone, is emptied: it fills itself again."""
        with self.env.begin() as txn:
            name = self._whole_name(txn)
        if name:
            return name
        with room_wanted(self.folder), self.env.begin(write=True) as txn:
            if name := self._whole_name(txn):
                return name  # another process was faster
            name = secrets.token_hex(4)
            self.index.begin(name)
            for table in self.tables.values():
                txn.drop(table, delete=False)
            self.meta.put_text(txn, "format", FORMAT)
            self.meta.put_text(txn, "name", name)
            Segments(self.folder, name).delete_all_but(0)
        return name

    def _whole_name(self, txn: lmdb.Transaction) -> str:
        name = self.meta.text(txn, "name")
        is_whole = self.meta.text(txn, "format") == FORMAT and self.index.name() == name
        end = self.meta.number(txn, END)
        return name if is_whole and Segments(self.folder, name).bytes(self.meta.number(txn, SEGMENT)) >= end else ""

    def close(self) -> None:
        self.env.close()
        self.index.close()
        self.segments.close()
        self.epoch.close()

    def is_gone(self) -> bool:
        """True when the folder, or one of the files that all processes share, has been deleted or replaced since it was opened.

        Who kept an earlier lock would write at the same time as the others; who kept an earlier epoch would hear of no change.
        """
        try:
            return inodes(self.folder) != self.inodes
        except FileNotFoundError:
            return True

    @contextmanager
    def writing(self, *, announces: bool = True) -> Iterator[lmdb.Transaction]:
        """One transaction, announced after its commit to who reads. Raises EditionFull."""
        with room_wanted(self.folder), self.env.begin(write=True) as txn:
            yield txn
            number = txn.id()
            self.parts.sync()
        if announces:
            self.epoch.announce(number)

    # Changes

    def changes(self) -> int:
        """How many changes have been told. Asked before a page is made, and given back when it is filed."""
        with self.env.begin() as txn:
            return self.meta.number(txn, "changes")

    def tell(self, marks: dict[str, Urgency], faces: dict[str, bytes] | None = None) -> None:
        """Marks addresses and slots as to be printed again, notes what things look like now, and counts the change."""
        with self.writing() as txn:
            changes = self._count_change(txn)
            for address, urgency in marks.items():
                self.queue.add(txn, address, urgency, self._date(txn, address), changes)
            self._note_most(txn)
            self.meta.put_number(txn, "told at", int(time.time() * 1000))
            for key, face in (faces or {}).items():
                txn.put(key.encode(), face, db=self.tables["faces"])

    def told_at(self) -> float:
        """When the last change was told, in seconds since 1970."""
        with self.env.begin() as txn:
            return self.meta.number(txn, "told at") / 1000

    def mark(self, marks: dict[str, Urgency]) -> None:
        """Marks addresses that nothing has changed on: they have not been printed yet, or with an earlier theme."""
        with self.writing() as txn:
            changes = self.meta.number(txn, "changes")
            for address, urgency in marks.items():
                self.queue.add(txn, address, urgency, self._date(txn, address), changes)
            self._note_most(txn)

    def most_waiting(self) -> int:
        """How many were marked at most since the queue was last empty: what progress is measured by."""
        with self.env.begin() as txn:
            return self.meta.number(txn, "most waiting")

    def _note_most(self, txn: lmdb.Transaction) -> None:
        waiting = txn.stat(self.tables["marks"])["entries"]
        self.meta.put_number(txn, "most waiting", max(waiting, self.meta.number(txn, "most waiting")))

    def is_marked(self, address: str) -> bool:
        with self.env.begin() as txn:
            return txn.get(page_key(address), db=self.tables["marks"]) is not None

    def _count_change(self, txn: lmdb.Transaction) -> int:
        changes = self.meta.number(txn, "changes") + 1
        self.meta.put_number(txn, "changes", changes)
        return changes

    def _date(self, txn: lmdb.Transaction, address: str) -> float:
        stored = txn.get(page_key(address), db=self.tables["pages"])
        return records.head(stored).date if stored else 0.0

    # Pages

    def file(self, address: str, sheet: Sheet, started: int, generation: int) -> bool:
        """Stores a page; False when a later printing is there already.

        started: changes() before it was made. When a change was told meanwhile,
        the page is marked again, since nobody can say whether it was seen.
        Raises MissingSlots, Outdated, EditionFull; then nothing is stored.
        """
        with self.writing() as txn:
            self.refuse_outdated(txn, generation)
            key = page_key(address)
            before = txn.get(key, db=self.tables["pages"])
            if before and records.head(before).changes > started:
                self._unmark(txn, address, started)
                return False
            parts = tuple(self._part(txn, piece, generation) for piece in sheet.pieces)
            record = Record(sheet.status, sheet.mime, parts, generation, started, sheet.date, sheet.location)
            record = record._replace(inset_changes=started, insets=sheet.insets)
            record = with_later_insets(record, before, self.segments)
            made_from = sheet.made_from(address)
            is_stale = self.index.widen(made_from)
            self.parts.let_go(txn, before)
            stored = records.written(record, self.parts.append(txn, records.own(record)))
            txn.put(key, stored, db=self.tables["pages"])
            self.settle(txn, address, sheet.keys, started, sheet.date)
        if is_stale:
            self._narrow([("pages", key, stored, address, made_from[address])])
        return True

    def _part(self, txn: lmdb.Transaction, piece: bytes | Run | Inset, generation: int) -> Part | bytes:
        """A page's own part, or the key of a run."""
        if isinstance(piece, tuple):
            return self._run(txn, piece, generation)
        return compressed(piece.text if isinstance(piece, Inset) else piece)

    def remove(self, address: str, started: int, generation: int) -> bool:
        """Takes a page out: its address answers nothing any more."""
        with self.writing() as txn:
            self.refuse_outdated(txn, generation)
            key = page_key(address)
            before = txn.get(key, db=self.tables["pages"])
            if before and records.head(before).changes > started:
                self._unmark(txn, address, started)
                return False
            self.parts.let_go(txn, before)
            txn.delete(key, db=self.tables["pages"])
            self.settle(txn, address, frozenset(), started, 0.0)
        self._narrow([("pages", key, None, address, frozenset())])
        return True

    def _narrow(self, filed: Sequence[Filed]) -> None:
        """The index without what things are no longer made from, unless they have been filed again meanwhile."""
        with room_wanted(self.folder), self.env.begin(write=True) as txn:  # nothing is written: no other press may
            same = [(address, keys) for table, key, stored, address, keys in filed if txn.get(key, db=self.tables[table]) == stored]
            self.index.narrow(dict(same))

    def settle(self, txn: lmdb.Transaction, address: str, keys: frozenset[str], started: int, date: float) -> None:
        """The queue after a printing that saw `started` changes."""
        self._unmark(txn, address, started)
        if keys and (changes := self.meta.number(txn, "changes")) != started:
            self.queue.add(txn, address, Urgency.SOON, date, changes)

    def _unmark(self, txn: lmdb.Transaction, address: str, started: int) -> None:
        """The queue after a printing that came too late: a later one has settled the rest."""
        if self.queue.changes_at(txn, address) <= started:
            self.queue.drop(txn, address)
            if not txn.stat(self.tables["marks"])["entries"] and self.meta.number(txn, "most waiting"):
                self.meta.put_number(txn, "most waiting", 0)

    def made_from(self, key: str) -> list[str]:
        """The addresses, and the slots under SLOT, that were made from a thing. At times also some that no longer are."""
        return self.index.made_from(key)

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

    # Files of parts

    def is_wasteful(self) -> bool:
        """Whether the files of parts hold more that was replaced than what is shown, or are being moved for it."""
        with self.env.begin() as txn:
            return self.parts.is_wasteful(txn)

    def move(self, is_enough: Callable[[], bool]) -> bool:
        """Moves what is shown into a new file, and deletes the others once all of it is there; True when it is.

        It goes on where an earlier call, or a process that was killed, left off.
        """
        with self.writing(announces=False) as txn:
            self.parts.begin_move(txn)
        is_done = False
        while not is_done and not is_enough():
            with self.writing() as txn:
                is_done, lost = self.parts.move(txn, MOVED_AT_ONCE)
                for key in lost:
                    self.queue.add(txn, key.decode(), Urgency.SOON, 0.0, self.meta.number(txn, "changes"))
                segment = self.meta.number(txn, SEGMENT)
        if is_done:
            self.segments.delete_all_but(segment)
        return is_done

    # Slots and runs

    def file_slots(self, made: Sequence[tuple[str, bytes, frozenset[str]]], started: int, generation: int) -> None:
        """Stores slots (name, HTML, what each was made from) and packs every run that holds one of them again, once."""
        with self.writing() as txn:
            self.refuse_outdated(txn, generation)
            changed, filed = set(), list[Filed]()
            is_stale = self.index.widen({SLOT + name: keys for name, _, keys in made})
            for name, html, keys in made:
                key = slot_key(generation, name)
                stored = txn.get(key, db=self.tables["slots"])
                if stored is not None and int.from_bytes(stored[:8], "little") > started:
                    continue
                if stored is None or stored[8:] != html:
                    changed.add(name)
                stored = started.to_bytes(8, "little") + html
                txn.put(key, stored, db=self.tables["slots"])
                filed.append(("slots", key, stored, SLOT + name, keys))
                self.settle(txn, SLOT + name, keys, started, 0.0)
            self._pack_again(txn, changed, generation)
        if is_stale:
            self._narrow(filed)

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
            return self.meta.number(txn, "generation"), self.meta.text(txn, "made with")

    def begin(self, made_with: str, policy: str) -> int:
        """A new generation, unless this one is made with the same. What was printed before is served until it is printed again."""
        with self.writing() as txn:
            number = self.meta.number(txn, "generation")
            if number and self.meta.text(txn, "made with") == made_with:
                return number
            number = number + 1 if number else int(time.time()) & 0xFFFFFFF
            self.meta.put_number(txn, "generation", number)
            self.meta.put_text(txn, "made with", made_with)
            self.meta.put_text(txn, f"policy {number}", policy)
            self.meta.drop(txn, "is filled")
            self._count_change(txn)
            return number

    def policy(self, generation: int) -> str:
        with self.env.begin() as txn:
            return self.meta.text(txn, f"policy {generation}")

    def blank_older(self, names: Iterable[str]) -> None:
        """Empties slots of generations before this one: their templates are gone, and what they show may not be shown."""
        with self.writing() as txn:
            current = self.meta.number(txn, "generation")
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
            current = self.meta.number(txn, "generation")
            return [key.decode() for key, value in cursor if records.head(value).generation != current]

    def forget_older(self) -> None:
        """Drops slots and runs of earlier generations. Only when outdated_addresses() is empty."""
        with self.writing() as txn:
            current = self.meta.number(txn, "generation")
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

    def refuse_outdated(self, txn: lmdb.Transaction, generation: int) -> None:
        if self.meta.number(txn, "generation") != generation:
            raise Outdated(Outdated.__doc__)

    # What is noted beside

    def face(self, key: str) -> bytes:
        """What was noted of how other pages show a thing; empty when nothing was."""
        with self.env.begin() as txn:
            return txn.get(key.encode(), db=self.tables["faces"]) or b""

    def note(self, name: str, text: str) -> None:
        with self.writing(announces=False) as txn:
            self.meta.put_text(txn, name, text)

    def noted(self, name: str) -> str:
        with self.env.begin() as txn:
            return self.meta.text(txn, name)

    def counts(self) -> Counts:
        with self.env.begin() as txn:
            size = (self.folder / "data.mdb").stat().st_blocks * 512 + self.segments.disk_bytes()
            number = {name: txn.stat(self.tables[name])["entries"] for name in ("pages", "slots", "runs", "marks")}
            generation = self.meta.number(txn, "generation")
            return Counts(number["pages"], number["slots"], number["runs"], number["marks"], size, generation, self.queue.by_urgency(txn))

    def record(self, address: str) -> Record | None:
        with self.env.begin() as txn:
            stored = txn.get(page_key(address), db=self.tables["pages"])
            return records.read(stored, self.segments.read(*records.place(stored))) if stored else None

    def due(self, limit: int) -> list[tuple[Urgency, str]]:
        """The marked addresses and slots that come next: the most urgent first, then the newest."""
        with self.env.begin() as txn:
            return self.queue.first(txn, limit)

    def put_off(self, address: str) -> None:
        """Sends a marked address to the end of the queue: it could not be printed now."""
        with self.writing() as txn:
            self.queue.add(txn, address, Urgency.RETRY, 0.0, self.meta.number(txn, "changes"), puts_off=True)


def inodes(folder: Path) -> tuple[int, ...]:
    return tuple((folder / name).stat().st_ino for name in ("data.mdb", "lock.mdb", "epoch", "index/data.mdb", "index/lock.mdb"))
