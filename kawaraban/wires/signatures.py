"""Near-duplicates of Japanese and English text: shingles, MinHash, and bands to look for them by. Pure.

Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3. Twelve bands of three rows find a pair that shares six tenths
of its shingles nine times in ten, and one that shares a tenth one time in eighty; what is found is compared in full.
"""

import hashlib
import re
import struct
import unicodedata

from rensa import RMinHash

BANDS, ROWS, SEED = 12, 3, 1
LENGTH = 3  # tokens in a shingle
LONGEST = 600  # tokens looked at: a copy cut short is still alike
LEAST = 12  # shingles, below which nothing is alike
WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A letter where words are not set apart, else a word.
TOKEN = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
Shingles = frozenset[str]


def shingles(text: str) -> Shingles:
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())[:LONGEST]
    return frozenset(" ".join(tokens[place : place + LENGTH]) for place in range(len(tokens) - LENGTH + 1))


def bands(found: Shingles) -> list[int]:
    """Numbers of 64 bits, of which two texts that are alike share one at least. None for a text too short to tell."""
    if len(found) < LEAST:
        return []
    hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    hashed.update(sorted(found))
    digest = hashed.digest()
    return [band(place, digest[place * ROWS : (place + 1) * ROWS]) for place in range(BANDS)]


def band(place: int, rows: list[int]) -> int:
    packed = struct.pack(f"<{ROWS + 1}Q", place, *rows)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big", signed=True)


def likeness(one: Shingles, other: Shingles) -> tuple[float, float]:
    """What part of both they share, and what part of the shorter."""
    if min(len(one), len(other)) < LEAST:
        return 0.0, 0.0
    shared = len(one & other)
    return shared / len(one | other), shared / min(len(one), len(other))
