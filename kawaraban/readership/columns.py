"""Counts as columns: for a stretch of time and a measure, the articles that have any and how many.

A column is stored as gaps between its keys and as counts, each as narrow as they allow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U32 = NDArray[np.uint32]
U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]

ACCEPTED = "accepted"
LATE, FUTURE = "clock:late", "clock:future"  # accepted, and moved to a moment that can be
LARGEST = "network:largest"  # a day's accepted reads of the network that has most of the article's

HEAD = Struct("<QIBB2x")
WIDTHS: dict[int, np.dtype[np.unsignedinteger]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4"), 8: np.dtype("<u8")}


class Grain(IntEnum):
    MINUTE = 0  # has the measure ACCEPTED only
    HOUR = 1
    DAY = 2  # of the site's time zone


class Bucket(NamedTuple):
    grain: Grain
    start: int  # ms since 1970
    measure: str  # ACCEPTED, LATE, FUTURE, LARGEST, Verdict.measure, Referrer.measure


@dataclass(frozen=True)
class Column:
    """Keys are sorted and there once; they are 32 bits wide for articles, 64 for what is remembered of a day's readers and networks."""

    keys: NDArray[np.unsignedinteger]
    counts: U32

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column) and np.array_equal(self.keys, other.keys) and np.array_equal(self.counts, other.counts)

    __hash__ = None  # type: ignore[assignment]

    @property
    def total(self) -> int:
        return int(self.counts.sum(dtype=np.uint64))

    def as_dict(self) -> dict[int, int]:
        return dict(zip(self.keys.tolist(), self.counts.tolist(), strict=True))

    def of(self, key: int) -> int:
        place = int(np.searchsorted(self.keys, self.keys.dtype.type(key)))
        return int(self.counts[place]) if place < len(self) and self.keys[place] == key else 0


def column(counts: dict[int, int]) -> Column:
    keys = sorted(counts)
    return Column(np.array(keys, np.uint32), np.array([counts[key] for key in keys], np.uint32))


NONE = column({})


def added(columns: Iterable[Column]) -> Column:
    """One column with the counts of all; 2**32 - 1 at most each."""
    return merged(list(columns), np.add)


def greatest(columns: Iterable[Column]) -> Column:
    """One column with the greatest count of each key."""
    return merged(list(columns), np.maximum)


def merged(columns: list[Column], how: np.ufunc) -> Column:
    there = [found for found in columns if len(found)]
    if len(there) < 2:
        return there[0] if there else columns[0] if columns else NONE
    keys = np.concatenate([found.keys for found in there])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    counts = np.concatenate([found.counts for found in there]).astype(np.uint64)[order]
    return Column(keys[firsts], np.minimum(how.reduceat(counts, firsts), 0xFFFFFFFF).astype(np.uint32))


def packed(found: Column) -> bytes:
    if not len(found):
        return b""
    gaps = np.diff(found.keys)
    key_width = 0 if not len(gaps) or int(gaps.max()) == 1 else width(int(gaps.max()))
    count_width = 0 if int(found.counts.max()) == 1 == int(found.counts.min()) else width(int(found.counts.max()))
    head = HEAD.pack(int(found.keys[0]), len(found), key_width, count_width)
    stored_gaps = gaps.astype(WIDTHS[key_width]).tobytes() if key_width else b""
    return head + stored_gaps + (found.counts.astype(WIDTHS[count_width]).tobytes() if count_width else b"")


def width(greatest: int) -> int:
    return next(bytes_ for bytes_ in WIDTHS if greatest < 1 << 8 * bytes_)


def unpacked(stored: bytes | memoryview, kind: type[np.unsignedinteger] = np.uint32) -> Column:
    if not len(stored):
        return Column(np.zeros(0, kind), np.zeros(0, np.uint32))
    first, length, key_width, count_width = HEAD.unpack_from(stored)
    keys: NDArray[np.unsignedinteger]
    if key_width:
        keys = np.empty(length, kind)
        keys[0] = first
        keys[1:] = np.frombuffer(stored, WIDTHS[key_width], length - 1, HEAD.size)
        np.cumsum(keys, out=keys)
    else:
        keys = np.arange(first, first + length, dtype=kind)
    if not count_width:
        return Column(keys, np.ones(length, np.uint32))
    counts = np.frombuffer(stored, WIDTHS[count_width], length, HEAD.size + key_width * (length - 1))
    return Column(keys, counts.astype(np.uint32, copy=False))
