"""Where the slots and insets of a page are.

A page is rendered with a mark in place of each. The mark carries a word
that only this rendering knows, so no text of an editor or agency can be one.
"""

import re
from dataclasses import dataclass

# Shorter text between two slots is packed with them: a part of its own would cost more than it saves.
LEAST_LITERAL = 700
# Between these a page says its own, however short: packed with slots it would be a run of that page alone, which no other shares,
# which every change of the slots would pack again, and which would outlive the page.
OWN, OWN_ENDS = b"<main", b"</main>"
INSET = "~"  # in the queue and the index, what insets are about stands beside addresses and slots under this; it sorts after both


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a slot: its name, with its scope after a colon when it has one."""

    name: str


@dataclass(frozen=True, slots=True)
class Inset:
    """A part of a page that is printed again without the rest of it: its name, what it is about, such as page:12, and its text."""

    name: str
    about: str
    text: bytes = b""


Piece = bytes | Slot
Run = tuple[Piece, ...]  # neighbouring slots and the little text between them: compressed as one part


def mark(word: str, name: str) -> str:
    return f"\x02{word} {name}\x03"


def inset_mark(word: str, name: str, about: str) -> str:
    return mark(word, f"{INSET}{about} {name}")


def cut(text: str, word: str) -> tuple[Piece | Inset, ...]:
    """A rendered page as its literals, slots and insets, in order; empty literals left out, insets without their text."""
    found = re.split(f"\x02{re.escape(word)} ([^\x03]*)\x03", text)
    pieces: list[Piece | Inset] = []
    for place, piece in enumerate(found):
        if place % 2:
            pieces.append(placed(piece))
        elif piece:
            pieces.append(piece.encode())
    return tuple(pieces)


def placed(name: str) -> Slot | Inset:
    if not name.startswith(INSET):
        return Slot(name)
    about, _, inset = name.removeprefix(INSET).partition(" ")
    return Inset(inset, about)


def folded(pieces: tuple[Piece | Inset, ...]) -> tuple[bytes | Run | Inset, ...]:
    """Pieces with neighbouring slots, and short text beside and between them, folded into runs."""
    made: list[bytes | Inset | list[Piece]] = []
    is_own = False
    for piece in pieces:
        if is_own and isinstance(piece, bytes) and piece.partition(OWN_ENDS)[1] and not piece.partition(OWN_ENDS)[0].strip():
            is_own = False  # nothing of the page's own stands before the end
        if isinstance(piece, Inset):
            made.append(piece)
        elif isinstance(piece, bytes) and (is_own or OWN in piece or len(piece) >= LEAST_LITERAL):
            made.append(piece)
            is_own = (is_own or OWN in piece) and piece.rfind(OWN_ENDS) <= piece.rfind(OWN)
        elif made and isinstance(made[-1], list):
            made[-1].append(piece)
        else:
            made.append([piece])
    return tuple(settled(piece) for piece in made)


def settled(piece: bytes | Inset | list[Piece]) -> bytes | Run | Inset:
    """A run without a slot is a literal."""
    if not isinstance(piece, list):
        return piece
    return tuple(piece) if any(isinstance(part, Slot) for part in piece) else b"".join(part for part in piece if isinstance(part, bytes))
