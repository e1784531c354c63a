"""How a list has moved since an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """places: up when positive; None for what is new."""

    places: int | None

    @property
    def kind(self) -> str:
        if self.places is None:
            return "new"
        return "up" if self.places > 0 else "down" if self.places < 0 else "same"

    @property
    def mark(self) -> str:
        return {"new": "", "up": f"▲{self.places}", "down": f"▼{-(self.places or 0)}", "same": "–"}[self.kind]


def moves(now: Sequence[int], before: Sequence[int]) -> dict[int, Move]:
    """now, before: keys, first rank first; before longer than the list, so that what came from rank 12 is not called new."""
    ranks = {key: rank for rank, key in enumerate(before, 1)}
    return {key: Move(ranks[key] - rank if key in ranks else None) for rank, key in enumerate(now, 1)}
