"""Prints until it is killed, in a child that begins anew for every line on its input: what test_killed.py asks for.

    python printing.py FOLDER

A line on the input is a number to go on from. The child says each number after its commit, so whoever reads knows what must be there.
"""

import os
import sys
from itertools import count
from pathlib import Path

from kawaraban.press.edition import Edition
from kawaraban.press.marks import Slot
from kawaraban.press.queue import Urgency
from kawaraban.press.sheet import Sheet

PAGES = 12
FILLER = "灯台の光は十八海里とどく。" * 60


def sheet(number: int) -> Sheet:
    """A page whose every part says its number, around slots that say theirs."""
    said = f"[{number}]".encode()
    pieces = (said + FILLER.encode(), (Slot("wire"),), said + FILLER.encode() + said, (b"<hr>", Slot("rankings"), Slot("wire")))
    return Sheet(200, "text/html", pieces, frozenset({f"number:{number}", f"page:{number % PAGES}"}), float(number))


def print_on(folder: Path, start: int) -> None:
    edition = Edition(folder)
    generation = edition.begin("first", "")
    for number in count(start):
        kind = number % 5
        if kind == 0 or edition.slot("wire", generation) is None:
            made = [(name, f"({name} {number})".encode() * 20, frozenset({f"slot number:{number}"})) for name in ("wire", "rankings")]
            edition.file_slots(made, edition.changes(), generation)
            done = f"slots {number}"
        elif kind == 1:
            edition.tell({f"/{number % PAGES}": Urgency.TAIL, f"/told/{number}": Urgency.FILL})
            done = f"told {number}"
        else:
            address = f"/{number * 7 % PAGES}"
            edition.file(address, sheet(number), edition.changes(), generation)
            done = f"{address} {number}"
        os.write(1, f"{done}\n".encode())


def main(folder: Path) -> None:
    os.write(1, b"ready\n")
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            print_on(folder, int(line))
        os.write(1, f"child {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
