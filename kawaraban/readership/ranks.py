"""Rankings: a pure function of counts, and of what may be shown."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kawaraban.readership.columns import U32, Column

BATCH = 1000


class Rank(NamedTuple):
    rank: int
    article: int
    reads: int


# What of some articles may be ranked, and what decides a tie: the greater comes first (its moment of publication, then its key).
Scoped = Callable[[Sequence[int]], Mapping[int, tuple[int, tuple]]]  # the same, with the scope that each is of before it
Shown = Callable[[Sequence[int]], Mapping[int, tuple]]


def ranked_by_scope(counts: Column, length: int, shown: Scoped, scopes: Collection[int], greatest_walk: int) -> dict[int, list[Rank]]:
    """A list of the whole, as scope 0, and one of each scope, found in one walk from the most read article down, so far at most."""
    found: dict[int, list[Rank]] = {0: [], **{scope: [] for scope in scopes}}
    walked = 0
    for group in descending(counts, max(length, 1)):
        of = shown([key for key, _ in group])
        for reads, _, key in sorted(((reads, of[key][1], key) for key, reads in group if key in of), reverse=True):
            for scope in {0, of[key][0]} & found.keys():
                if len(ranks := found[scope]) < length:
                    ranks.append(Rank(len(ranks) + 1, key, reads))
        walked += len(group)
        if walked >= greatest_walk or all(len(ranks) == length for ranks in found.values()):
            break
    return found


def ranked(counts: Column, length: int, shown: Shown, least: int = 1) -> list[Rank]:
    """The articles with most reads among those that are shown, at least so many each."""
    found: list[Rank] = []
    for group in descending(counts, max(length, 1), least):
        ties = shown([key for key, _ in group])
        there = sorted(((reads, ties[key], key) for key, reads in group if key in ties), reverse=True)
        found += [Rank(0, key, reads) for reads, _, key in there]
        if len(found) >= length:
            break
    return [rank._replace(rank=place) for place, rank in enumerate(found[:length], 1)]


def descending(counts: Column, first: int, least: int = 1) -> Iterator[list[tuple[int, int]]]:
    """(article, reads) in groups, each with fewer reads than those before it: a few first, then more. All of a tie are in one."""
    is_enough = counts.counts >= least
    keys: U32 = counts.keys[is_enough].astype(np.uint32)
    reads = counts.counts[is_enough]
    size = 4 * first
    while len(keys):
        bound = int(np.partition(reads, len(reads) - size)[len(reads) - size]) if size < len(reads) else 0
        is_next = reads >= bound
        yield list(zip(keys[is_next].tolist(), reads[is_next].tolist(), strict=True))
        keys, reads = keys[~is_next], reads[~is_next]
        size = min(2 * size, BATCH)
