"""Parts joined into one body.

Source: RFC 1952 (gzip). One member only: browsers stop after the first.
"""

import zlib
from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct

from isal.isal_zlib import crc32_combine

from kawaraban.press.compress import Part, plain

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
LAST_BLOCK = b"\x03\x00"
TRAILER = Struct("<II")
EMPTY_CRC = zlib.crc32(b"")
END_BYTES = len(LAST_BLOCK) + TRAILER.size


def gzipped(parts: Sequence[Part]) -> bytes:
    """One gzip member whose text is that of the parts one after another."""
    return b"".join((*frame(parts), end(parts)))


def frame(parts: Sequence[Part]) -> tuple[bytes, ...]:
    """The member up to its end; empty for parts that have no bytes yet."""
    return (HEADER, *(part.deflated for part in parts))


def end(parts: Sequence[Part]) -> bytes:
    crc, length = EMPTY_CRC, 0
    for _, plain_length, plain_crc, _ in parts:
        crc = crc32_combine(crc, plain_crc, plain_length)
        length += plain_length
    return LAST_BLOCK + TRAILER.pack(crc, length & 0xFFFFFFFF)


def identity(parts: Sequence[Part]) -> bytes:
    """The text of the parts one after another."""
    return b"".join(map(plain, parts))


def tag(parts: Sequence[Part]) -> str:
    """Changes when the text does: what a strong ETag is made of."""
    return blake2b(b"".join([part.digest for part in parts]), digest_size=9).hexdigest()
