"""The edition's values and the bytes that they are stored as."""

import json
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from kawaraban.press.compress import DIGEST_BYTES, Part
from kawaraban.press.marks import Piece, Run, Slot
from kawaraban.press.segments import NOWHERE, Place

HEAD = Struct("<HHIQQdBHHIQI")  # the fields of Head
PART = Struct(f"<BIII{DIGEST_BYTES}s")  # kind, stored bytes, plain bytes, CRC-32, digest
LITERAL, RUN = 0, 1
LONGEST_KEY = 500  # LMDB takes 511 bytes


class Head(NamedTuple):
    """What every stored record begins with."""

    status: int
    parts: int
    generation: int
    changes: int
    inset_changes: int
    date: float
    mime_length: int
    location_length: int
    insets_length: int
    segment: int
    offset: int
    size: int


class Record(NamedTuple):
    """A page as it is stored: its own parts, and the keys of the runs that it shares with others."""

    status: int
    mime: str
    parts: tuple[Part | bytes, ...]
    generation: int = 0
    changes: int = 0  # how many changes had been told when its making began
    date: float = 0.0  # seconds since 1970; what the tail prints newest first
    location: str = ""  # where a moved page went
    place: Place = NOWHERE  # of its own parts
    sizes: tuple[int, ...] = ()  # stored bytes of each of them
    inset_changes: int = 0  # how many changes had been told when the making of its insets began
    insets: str = ""  # what they are about, then place and name of each of these parts, such as page:12 2=picks 5=related

    def inset_places(self, about: str) -> list[tuple[int, str]]:
        """Where in its parts the insets about a thing are, and their names."""
        found, *places = self.insets.split(" ")
        return [(int(place), name) for place, _, name in (told.partition("=") for told in places)] if found == about else []


def is_fit(address: str) -> bool:
    """Whether an address can be a key: Unicode, and not too long."""
    try:
        return 0 < len(address.encode()) <= LONGEST_KEY
    except UnicodeEncodeError:
        return False


def page_key(address: str) -> bytes:
    return address.encode()


def slot_key(generation: int, name: str) -> bytes:
    return f"{generation}/{name}".encode()


def run_key(generation: int, layout: bytes) -> bytes:
    return blake2b(layout, digest_size=12, salt=generation.to_bytes(8, "little")).digest()


def written_run(run: Run) -> bytes:
    return json.dumps([{"slot": piece.name} if isinstance(piece, Slot) else piece.decode() for piece in run], ensure_ascii=False).encode()


def read_run(layout: bytes) -> Run:
    return tuple(piece_of(piece) for piece in json.loads(layout))


def piece_of(told: str | dict[str, str]) -> Piece:
    return Slot(told["slot"]) if isinstance(told, dict) else told.encode()


def written_part(part: Part) -> bytes:
    return PART.pack(LITERAL, len(part.deflated), part.length, part.crc, part.digest) + part.deflated


def read_part(stored: bytes) -> Part:
    _, _, length, crc, digest = PART.unpack_from(stored)
    return Part(stored[PART.size :], length, crc, digest)


def written(record: Record, place: Place) -> bytes:
    """A record whose own parts are stored at a place, one after another."""
    texts = (record.mime.encode(), record.location.encode(), record.insets.encode())
    changes = (record.changes, record.inset_changes)
    head = HEAD.pack(record.status, len(record.parts), record.generation, *changes, record.date, *map(len, texts), *place)
    table = [written_row(part) for part in record.parts]
    return b"".join((head, *texts, *table, *(part for part in record.parts if not isinstance(part, Part))))


def written_row(part: Part | bytes) -> bytes:
    if isinstance(part, Part):
        return PART.pack(LITERAL, len(part.deflated), part.length, part.crc, part.digest)
    return PART.pack(RUN, len(part), 0, 0, b"")


def own(record: Record) -> bytes:
    """What is stored beside a record: its own parts."""
    return b"".join(part.deflated for part in record.parts if isinstance(part, Part))


def head(stored: bytes) -> Head:
    return Head._make(HEAD.unpack_from(stored))


def place(stored: bytes) -> Place:
    """Where the own parts of a written record are."""
    return Place._make(HEAD.unpack_from(stored)[-3:])


def moved(stored: bytes, place: Place) -> bytes:
    """A written record with its own parts at another place."""
    return HEAD.pack(*HEAD.unpack_from(stored)[:-3], *place) + stored[HEAD.size :]


def read(stored: bytes, own_parts: bytes | None = None) -> Record:
    """Where the own parts are not given, those of the record have no bytes."""
    status, count, generation, changes, inset_changes, date, mime_length, location_length, insets_length, *place = HEAD.unpack_from(stored)
    start = HEAD.size + mime_length
    end = start + location_length
    table = end + insets_length
    key, at = table + count * PART.size, 0
    parts: list[Part | bytes] = []
    sizes: list[int] = []
    for kind, size, length, crc, digest in PART.iter_unpack(stored[table:key]):
        if kind == RUN:
            parts.append(stored[key : (key := key + size)])
        else:
            parts.append(Part(own_parts[at : (at := at + size)] if own_parts else b"", length, crc, digest))
            sizes.append(size)
    location = str(stored[start:end], "utf-8") if location_length else ""
    insets = str(stored[end:table], "utf-8") if insets_length else ""
    mime = str(stored[HEAD.size : start], "utf-8")
    return Record(status, mime, tuple(parts), generation, changes, date, location, Place(*place), tuple(sizes), inset_changes, insets)
