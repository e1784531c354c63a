"""A text cut at the places where certain values stand, so that other values can be poured in. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Mould:
    """Literal, name of a value, literal, name, … literal."""

    pieces: tuple[str, ...]

    def pour(self, values: Mapping[str, str]) -> str:
        return "".join(values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces))


def mould(text: str, values: Mapping[str, str]) -> Mould:
    """Where two values could stand, the longer one does."""
    names = {value: name for name, value in values.items()}
    wanted = "|".join(re.escape(value) for value in sorted(names, key=len, reverse=True))
    return Mould(tuple(names[piece] if place % 2 else piece for place, piece in enumerate(re.split(f"({wanted})", text))))
