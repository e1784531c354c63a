"""The edition as one newsstand process has it: opened, renewed when something was printed, opened again when it was replaced."""

import os
import time
from pathlib import Path

import lmdb

from kawaraban.newsstand import memory
from kawaraban.press.edition import Edition
from kawaraban.press.room import EditionFull
from kawaraban.press.segments import Lost
from kawaraban.press.view import Found, View

READS = 128  # of records, between two looks at this process's memory: each may map 64 KB


class Unreadable(Exception):
    """The edition can't be read: its folder or its disk is gone."""


class Closed:
    """Stands where the epoch is while no edition is open."""

    def seen(self) -> bytes:
        return b""


CLOSED = Closed()


class Stock:
    """One thread. `turn` grows whenever the edition may have changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edition: Edition | None = None
        self.view: View | None = None
        self.look = CLOSED.seen  # epoch.seen, at hand
        self.seen = b""
        self.turn = 0
        self.reads = 0
        self.places: list[memory.Place] = []  # where the edition is mapped
        self.commit = -1  # number of the transaction that the view shows
        self.generation = 0
        self.changed = time.monotonic()
        self.policies: dict[int, str] = {}
        self.fault = "the edition has not been opened yet"

    def open(self) -> bool:
        """Opens the edition, in place of the one that is open. When it can't be opened, that one stays."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(f"the folder of the edition may not be written: {self.folder}")
            self.close()
            self.edition = Edition(self.folder)
            self.edition.env.reader_check()  # of processes that were killed
            self.view = View(self.edition)
        except (OSError, lmdb.Error, EditionFull) as error:
            self.fault = f"the edition can't be opened: {error}"
            if self.view is None:
                self.close()
            return False
        self.places = memory.mappings(self.folder / "data.mdb")
        memory.keep(self.places, (self.folder / "data.mdb").stat().st_size)
        self.look, self.commit, self.fault = self.edition.epoch.seen, -1, ""
        self.policies.clear()
        self.renew()
        return True

    def close(self) -> None:
        view, edition = self.view, self.edition
        self.view = self.edition = None
        self.places = []
        self.look, self.seen = CLOSED.seen, b""
        if view is not None:
            view.close()
        if edition is not None:
            edition.close()

    def renew(self) -> None:
        """Looks at what was committed last. When it can't, what is at hand stays right until it can."""
        if self.edition is None or self.view is None:
            return
        self.seen = self.look()
        try:
            self.view.renew()
            if (commit := self.view.txn.id()) != self.commit:
                self.generation = self.edition.generation()[0]
                self.commit, self.turn, self.changed = commit, self.turn + 1, time.monotonic()
        except lmdb.Error as error:
            self.fault = f"the edition can't be read: {error}"

    def tend(self) -> None:
        """Once a second: a folder that was replaced, and a commit whose announcement never came."""
        if self.edition is None or self.edition.is_gone():
            self.open()
        else:
            self.renew()
            self.edition.segments.let_go()

    def give_back(self) -> None:
        """Sees to it that what was read of the file doesn't pile up as memory of this process."""
        memory.give_back(self.places)

    def page(self, address: str) -> Found | None:
        """Raises Unreadable."""
        if self.view is None:
            raise Unreadable(self.fault)
        self.reads += 1
        if self.reads % READS == 0:
            self.give_back()
        try:
            return self.view.find(address)
        except lmdb.Error as error:
            raise Unreadable(str(error)) from error

    def own(self, segment: int, offset: int, size: int) -> bytes:
        """What lies in the files of parts. Raises Unreadable."""
        if self.edition is None:
            raise Unreadable(self.fault)
        try:
            return self.edition.segments.read(segment, offset, size)
        except (Lost, OSError) as error:
            raise Unreadable(str(error)) from error

    def has_moved_on(self) -> bool:
        """Whether there is a later moment than the one that is shown; it is shown from now on."""
        turn = self.turn
        self.renew()
        return self.turn != turn

    def policy(self, generation: int) -> str:
        """The Content-Security-Policy of a generation's pages."""
        if (known := self.policies.get(generation)) is None and self.edition is not None:
            known = self.policies[generation] = self.edition.policy(generation)
        return known or "default-src 'none'"

    def slots(self, name: str, generations: int) -> list[bytes | None]:
        """A slot of the latest generations, as it was printed for each."""
        if self.edition is None:
            return []
        try:
            return [self.edition.slot(name, self.generation - back) for back in range(generations)]
        except lmdb.Error:
            return []

    def slot(self, name: str) -> bytes:
        """A slot as it was printed last; empty where it was not, or can't be read."""
        return next(iter(self.slots(name, 1)), None) or b""

    def changes(self) -> int:
        return self.edition.changes() if self.edition is not None else 0

    def count(self) -> int:
        """How many pages there are."""
        if self.edition is None:
            return 0
        with self.edition.env.begin() as txn:
            return int(txn.stat(self.edition.tables["pages"])["entries"])
