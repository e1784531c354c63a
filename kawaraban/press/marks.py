"""Where the slots of a page are.

A page is rendered with a mark in place of each slot. The mark carries a word
that only this rendering knows, so no text of an editor or agency can be one.
"""

import re
from dataclasses import dataclass

# Shorter text between two slots is packed with them: a part of its own would cost more than it saves.
LEAST_LITERAL = 700
# Between these a page says its own, however short: packed with slots it would be a run of that page alone, which no other shares,
# which every change of the slots would pack again, and which would outlive the page.
OWN, OWN_ENDS = b"<main", b"</main>"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a slot: its name, with its scope after a colon when it has one."""

    name: str


Piece = bytes | Slot
Run = tuple[Piece, ...]  # neighbouring slots and the little text between them: compressed as one part


def mark(word: str, name: str) -> str:
    return f"\x02{word} {name}\x03"


def cut(text: str, word: str) -> tuple[Piece, ...]:
    """A rendered page as its literals and slots, in order; empty literals left out."""
    found = re.split(f"\x02{re.escape(word)} ([^\x03]*)\x03", text)
    pieces: list[Piece] = []
    for place, piece in enumerate(found):
        if place % 2:
            pieces.append(Slot(piece))
        elif piece:
            pieces.append(piece.encode())
    return tuple(pieces)


def folded(pieces: tuple[Piece, ...]) -> tuple[bytes | Run, ...]:
    """Pieces with neighbouring slots, and short text beside and between them, folded into runs."""
    made: list[bytes | list[Piece]] = []
    is_own = False
    for piece in pieces:
        if isinstance(piece, bytes) and (is_own or OWN in piece or len(piece) >= LEAST_LITERAL):
            made.append(piece)
            is_own = (is_own or OWN in piece) and piece.rfind(OWN_ENDS) <= piece.rfind(OWN)
        elif made and isinstance(made[-1], list):
            made[-1].append(piece)
        else:
            made.append([piece])
    return tuple(settled(piece) for piece in made)


def settled(piece: bytes | list[Piece]) -> bytes | Run:
    """A run without a slot is a literal."""
    if isinstance(piece, bytes):
        return piece
    return tuple(piece) if any(isinstance(part, Slot) for part in piece) else b"".join(part for part in piece if isinstance(part, bytes))
