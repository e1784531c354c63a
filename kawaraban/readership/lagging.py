"""How far what is taken is ahead of what is counted."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kawaraban.readership import spool
from kawaraban.readership.spool import BYTES, FIELDS

UNSENT = Path("run") / "unsent"  # of the home's data: records that a forwarder has not sent, and for how many seconds


class Lag(NamedTuple):
    records: int = 0
    seconds: float = 0.0  # since the first of them was written


def of_spool(folder: Path, now: float, places: Mapping[str, int]) -> Lag:
    """now: seconds since 1970. places: how far files have been counted or sent, by their names. Raises OSError."""
    waiting, first = 0, now
    for file in spool.files(folder):
        done = places.get(file.name, 0)
        with file.open("rb") as opened:
            opened.seek(done)
            record = opened.read(BYTES)
        if len(record) == BYTES:
            waiting += (file.stat().st_size - done) // BYTES
            first = min(first, FIELDS.unpack_from(record)[0] / 1000)
    return Lag(waiting, max(0.0, now - first) if waiting else 0.0)
