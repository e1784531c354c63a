"""The edition's values and the bytes that they are stored as."""

import json
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from kawaraban.press.compress import DIGEST_BYTES, Part
from kawaraban.press.marks import Piece, Run, Slot

HEAD = Struct("<HHIQdBH")  # status, parts, generation, changes seen, date, length of the type, length of the location
PART = Struct(f"<BIII{DIGEST_BYTES}s")  # kind, stored bytes, plain bytes, CRC-32, digest
LITERAL, RUN = 0, 1
LONGEST_KEY = 500  # LMDB takes 511 bytes


class Record(NamedTuple):
    """A page as it is stored: its own parts, and the keys of the runs that it shares with others."""

    status: int
    mime: str
    parts: tuple[Part | bytes, ...]
    generation: int = 0
    changes: int = 0  # how many changes had been told when its making began
    date: float = 0.0  # seconds since 1970; what the tail prints newest first
    location: str = ""  # where a moved page went


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


def read_part(stored: bytes | memoryview) -> Part:
    _, _, length, crc, digest = PART.unpack_from(stored)
    return Part(bytes(stored[PART.size :]), length, crc, digest)


def written(record: Record) -> bytes:
    mime, location = record.mime.encode(), record.location.encode()
    head = HEAD.pack(record.status, len(record.parts), record.generation, record.changes, record.date, len(mime), len(location))
    table, payload = [], []
    for part in record.parts:
        literal = isinstance(part, Part)
        table.append(
            PART.pack(LITERAL, len(part.deflated), part.length, part.crc, part.digest) if literal else PART.pack(RUN, len(part), 0, 0, b"")  # type: ignore[union-attr]
        )
        payload.append(part.deflated if literal else part)  # type: ignore[union-attr]
    return b"".join((head, mime, location, *table, *payload))  # type: ignore[arg-type]


def read(stored: bytes | memoryview) -> Record:
    """What is given as a view of memory is read without a copy: its parts are views too."""
    status, count, generation, changes, date, mime_length, location_length = HEAD.unpack_from(stored)
    start = HEAD.size + mime_length
    table = start + location_length
    place = table + count * PART.size
    parts: list[Part | bytes] = []
    for kind, size, length, crc, digest in PART.iter_unpack(stored[table:place]):
        piece = stored[place : (place := place + size)]
        parts.append(bytes(piece) if kind == RUN else Part(piece, length, crc, digest))
    return Record(status, str(stored[HEAD.size : start], "utf-8"), tuple(parts), generation, changes, date, str(stored[start:table], "utf-8"))
