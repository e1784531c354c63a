"""A page as it comes from the press, not yet filed."""

from dataclasses import dataclass

from kawaraban.press.marks import INSET, Inset, Run, Slot


@dataclass(frozen=True, slots=True)
class Sheet:
    status: int
    mime: str
    pieces: tuple[bytes | Run | Inset, ...]
    keys: frozenset[str]  # what it was made from, such as page:12
    date: float = 0.0
    location: str = ""
    inset_keys: frozenset[str] = frozenset()  # what its insets were made from

    @property
    def slots(self) -> set[str]:
        return {part.name for piece in self.pieces if isinstance(piece, tuple) for part in piece if isinstance(part, Slot)}

    @property
    def about(self) -> str:
        """What its insets are about; empty when it has none."""
        return next((piece.about for piece in self.pieces if isinstance(piece, Inset)), "")

    @property
    def insets(self) -> str:
        """The same with place and name of each, as a record keeps it."""
        told = [f"{place}={piece.name}" for place, piece in enumerate(self.pieces) if isinstance(piece, Inset)]
        return " ".join([self.about, *told]) if told else ""

    def made_from(self, address: str) -> dict[str, frozenset[str]]:
        """What the index is to know of a page at an address, and of its insets."""
        if not self.about:
            return {address: self.keys}
        return {address: self.keys | {INSET + self.about}, INSET + self.about: self.inset_keys}


def with_slots(sheet: Sheet, text: dict[str, bytes]) -> bytes:
    """A sheet's whole text, its slots filled in: what a reader must get."""
    whole = []
    for piece in sheet.pieces:
        if isinstance(piece, tuple):
            whole += [text[part.name] if isinstance(part, Slot) else part for part in piece]
        else:
            whole.append(piece.text if isinstance(piece, Inset) else piece)
    return b"".join(whole)
