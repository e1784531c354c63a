"""Slots of time, in every second of which something is done beside: what slows the machine for a second meets both alike. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

EIGHTHS = 8


def sums(eighths: Mapping[int, int]) -> dict[int, float]:
    """What was done in each slot that is there whole.

    eighths: by number, those of slot n being 8 n and the seven after it. The first one after a slot counts with it: what was sent then is
    still being written.
    """
    slots: dict[int, list[int]] = defaultdict(list)
    for number, count in eighths.items():
        slots[(number - 1) // EIGHTHS].append(count)
    return {number: sum(counts) for number, counts in slots.items() if len(counts) == EIGHTHS}


def medians(found: Iterable[tuple[float, float]]) -> dict[int, float]:
    """Of what was found in each slot. found: when, counted in slots, and what. A slot's first eighth is left out."""
    slots: dict[int, list[float]] = defaultdict(list)
    for moment, value in found:
        if moment % 1 >= 1 / EIGHTHS:
            slots[int(moment)].append(value)
    return {number: median(values) for number, values in slots.items()}


def ratios(slots: Mapping[int, float]) -> list[float]:
    """Each odd slot ÷ the mean of the two around it."""
    return [2 * slots[slot] / (slots[slot - 1] + slots[slot + 1]) for slot in sorted(slots) if slot % 2 and {slot - 1, slot + 1} <= slots.keys()]
