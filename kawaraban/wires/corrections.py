"""Whether an agency asks that readers be told of a correction, and in which words. Pure."""

import re
from dataclasses import dataclass

from kawaraban.wires.copy import Copy, Relation

# A note that begins so is about a correction; “correct spelling is …” within another note is not.
ASKS = re.compile(r"(?:^|\n)\W{0,3}(?:\(?eds?[:.)]\s*)?(?:corrects?\b|correction\b|corrected\b|訂正|お詫びと訂正|おわびと訂正)", re.I)
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Correction:
    is_asked: bool = False
    text: str = ""  # for readers; empty: only that the item was corrected


def correction_of(copy: Copy) -> Correction:
    """Asked for by a link that corrects, the item itself or another, or by a note to editors that begins as a correction."""
    is_note = bool(ASKS.search(copy.editorial_note))
    is_link = any(link.relation is Relation.CORRECTS for link in copy.links)
    return Correction(is_note or is_link, copy.editorial_note.strip()[:LONGEST] if is_note else "")
