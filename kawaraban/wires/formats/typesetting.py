"""Wire text as typesetting machines took it: its lines put together, its codes taken out. Pure.

Source: ANPA Bulletin 1312; ISO-IR 26, the control set for newspaper text transmission
"""

import re
from dataclasses import dataclass
from itertools import groupby

from kawaraban.wires.words import CONTROLS, one_line
from kawaraban.wires.wrapping import joined

INSTRUCTION = re.compile(r"\x0c[^\x0b\x0c\n]{0,200}\x0b")  # for the machine, from its start to its end
KILL_WORD = "\x18"
SPACES = re.compile("[\x10\x1f]")  # space band, field separator
DASH = re.compile(r"(?<=\s)(?:_|--)(?=\s)")
RULE = re.compile(r"[_\-*=~\s]*")
ENDS = ("<", ">", "=")  # quad left, right, centre


@dataclass(frozen=True, slots=True)
class Line:
    """What was one line before it was broken. kind: ^ for those of the head, \\b for those of a table, "" for paragraphs."""

    kind: str
    text: str
    is_centred: bool = False


def lines(text: str, is_tabular: bool = False) -> list[Line]:
    """is_tabular: whether the head says that line breaks and columns count."""
    plain = without_codes(text.replace("\r\n", "\n").replace("\r", "\n"))
    found: list[list[str]] = []
    for line in plain.split("\n"):
        if found and continues(found[-1][-1], line) and not (is_tabular and not found[-1][0].startswith("^")):
            found[-1].append(line)
        else:
            found.append([line])
    return [whole(part, is_tabular) for part in found if not RULE.fullmatch("".join(part))]


def without_codes(text: str) -> str:
    told = SPACES.sub(" ", INSTRUCTION.sub("", text))
    if KILL_WORD in told:
        *killed, rest = told.split(KILL_WORD)
        told = "".join(part.rstrip(" ").rpartition(" ")[0] + " " for part in killed) + rest.lstrip(" ")
    return DASH.sub("—", told.replace("``", "“").replace("''", "”"))


def continues(before: str, line: str) -> bool:
    """Whether a line goes on with the one before. Those of the head are closed by a sign, paragraphs by the indent of the next."""
    if not line.strip() or not before.strip() or line.startswith(("^", "\t", "\b")) or before.rstrip().endswith(ENDS):
        return False
    return before.startswith("^") or not line.startswith("  ")


def whole(part: list[str], is_tabular: bool) -> Line:
    kind = part[0][0] if part[0][:1] in ("^", "\b") else "\b" if is_tabular else ""
    if kind == "\b":
        return Line(kind, CONTROLS.sub("", part[0]).rstrip("<> ").expandtabs(4))
    text = joined([CONTROLS.sub("", line) for line in part]).lstrip("^")
    return Line(kind, one_line(text).rstrip("<>=@ "), is_centred=part[-1].rstrip().endswith("="))


def tables_joined(found: list[Line]) -> list[Line]:
    """The lines of each table as one, with their breaks."""
    return [
        joint
        for kind, run in groupby(found, key=lambda line: line.kind)
        for joint in ([Line(kind, "\n".join(line.text for line in run))] if kind == "\b" else run)
    ]
