"""What one newsstand process sees of the edition."""

from typing import NamedTuple

from kawaraban.press import records
from kawaraban.press.compress import Part
from kawaraban.press.edition import Edition
from kawaraban.press.records import is_fit, page_key, read_part
from kawaraban.press.segments import Lost, Place


class Found(NamedTuple):
    status: int
    mime: str
    parts: tuple[Part, ...]
    generation: int
    location: str
    place: Place  # of its own parts
    sizes: tuple[int, ...]  # stored bytes of each of them

    def filled(self, own: bytes) -> tuple[Part, ...]:
        """The parts, the page's own with their bytes."""
        made, place, left = [], 0, iter(self.sizes)
        for part in self.parts:
            if not part.deflated:
                size = next(left)
                part = part._replace(deflated=own[place : place + size])
                place += size
            made.append(part)
        return tuple(made)


class View:
    """One snapshot, renewed when something has been committed: never a page with parts of two moments. One thread."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.segments = edition.segments
        self.pages, self.shared = edition.tables["pages"], edition.tables["runs"]
        self.txn = edition.env.begin()
        self.runs: dict[bytes, Part] = {}

    def renew(self) -> None:
        self.txn.abort()
        self.txn = self.edition.env.begin()
        self.runs.clear()

    def page(self, address: str) -> Found | None:
        """The page at an address, whole. Raises Lost, OSError."""
        try:
            return self._page(address)
        except Lost:  # its parts have been moved since this moment
            self.renew()
            return self._page(address)

    def _page(self, address: str) -> Found | None:
        found = self.find(address)
        return found and found._replace(parts=found.filled(self.segments.read(*found.place)))

    def find(self, address: str) -> Found | None:
        """The page at an address with its runs; its own parts have no bytes yet."""
        stored = self.txn.get(page_key(address), db=self.pages) if is_fit(address) else None
        if stored is None:
            return None
        record = records.read(stored)
        parts = tuple([part if isinstance(part, Part) else self.run(part) for part in record.parts])
        return Found(record.status, record.mime, parts, record.generation, record.location, record.place, record.sizes)

    def run(self, key: bytes) -> Part:
        if (part := self.runs.get(key)) is None:
            part = self.runs[key] = read_part(self.txn.get(key, db=self.shared))
        return part

    def close(self) -> None:
        self.txn.abort()
