"""What one newsstand process sees of the edition."""

from typing import NamedTuple

from kawaraban.press import records
from kawaraban.press.compress import Part
from kawaraban.press.edition import Edition
from kawaraban.press.records import is_fit, page_key, read_part


class Found(NamedTuple):
    """The parts are views of the edition's memory: not to be kept when the view is renewed or closed."""

    status: int
    mime: str
    parts: tuple[Part, ...]
    generation: int
    location: str


class View:
    """One snapshot, renewed when something has been committed: never a page with parts of two moments. One thread."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.pages, self.shared = edition.tables["pages"], edition.tables["runs"]
        self.txn = edition.env.begin(buffers=True)
        self.runs: dict[bytes, Part] = {}

    def renew(self) -> None:
        self.txn.abort()
        self.txn = self.edition.env.begin(buffers=True)
        self.runs.clear()

    def page(self, address: str) -> Found | None:
        """The page at an address, its runs filled in."""
        if not is_fit(address):
            return None
        stored = self.txn.get(page_key(address), db=self.pages)
        if stored is None:
            return None
        record = records.read(stored)
        parts = tuple([part if isinstance(part, Part) else self.run(part) for part in record.parts])
        return Found(record.status, record.mime, parts, record.generation, record.location)

    def run(self, key: bytes) -> Part:
        if (part := self.runs.get(key)) is None:
            part = self.runs[key] = read_part(self.txn.get(key, db=self.shared))
        return part

    def close(self) -> None:
        self.txn.abort()
