"""One piece of a page, compressed once.

Source: RFC 1951 (deflate). A stream that ends with a full flush ends on a byte
boundary and refers to nothing before itself, so such streams may be joined.
"""

import zlib
from hashlib import blake2b
from typing import NamedTuple

LEVEL = 6
DIGEST_BYTES = 8


class Part(NamedTuple):
    deflated: bytes  # raw deflate, ended with a full flush
    length: int  # bytes of the plain text
    crc: int  # CRC-32 of the plain text
    digest: bytes  # DIGEST_BYTES of the plain text


def compressed(plain: bytes) -> Part:
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH)
    return Part(deflated, len(plain), zlib.crc32(plain), blake2b(plain, digest_size=DIGEST_BYTES).digest())


def plain(part: Part) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(part.deflated)
