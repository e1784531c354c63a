"""What keeps reads from being counted, as sentences for `kawaraban check` and the desk."""

import json
import time
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import ngettext

from kawaraban.conf import Configuration
from kawaraban.readership import sites, spool
from kawaraban.readership.rolling import SOURCE
from kawaraban.readership.spool import BYTES, FIELDS
from kawaraban.readership.stores.store import Offset

PATIENCE = 60.0  # seconds after which reads that wait to be counted are an alarm


class Lag(NamedTuple):
    """What waits in the spool."""

    records: int = 0
    seconds: float = 0.0  # since the first of them was written


def lag(found: Configuration, now: float) -> Lag:
    """now: seconds since 1970. Raises OSError, database errors."""
    offsets, waiting, first = sites.store().offsets(), 0, now
    for file in spool.files(found.reads / "spool"):
        done = offsets.get(SOURCE + file.name, Offset(0, 0)).place
        with file.open("rb") as opened:
            opened.seek(done)
            record = opened.read(BYTES)
        if len(record) == BYTES:
            waiting += (file.stat().st_size - done) // BYTES
            first = min(first, FIELDS.unpack_from(record)[0] / 1000)
    return Lag(waiting, max(0.0, now - first) if waiting else 0.0)


def alarms(found: Configuration) -> Iterator[str]:
    waiting = lag(found, time.time())
    if waiting.seconds > PATIENCE:
        told = ngettext(
            "%(count)d read has been waiting to be counted for %(minutes)d minutes: is the worker running?",
            "%(count)d reads have been waiting to be counted, the first for %(minutes)d minutes: is the worker running?",
            waiting.records,
        )
        yield told % {"count": waiting.records, "minutes": waiting.seconds / 60}
    if count := in_memory(found):
        told = ngettext(
            "%(count)d read is in the newsstand's memory alone: the disk of %(folder)s takes nothing. Make room before the newsstand is stopped.",
            "%(count)d reads are in the newsstand's memory alone: the disk of %(folder)s takes nothing. Make room before the newsstand is stopped.",
            count,
        )
        yield told % {"count": count, "folder": found.reads}


def in_memory(found: Configuration) -> int:
    """How many reads no disk has taken, as the newsstand's processes last told."""
    count = 0
    for file in (found.data / "run").glob("metrics-*"):
        try:
            if time.time() - file.stat().st_mtime < PATIENCE:
                count += int(json.loads(file.read_text())["sums"].get("unwritten", 0))
        except (OSError, ValueError, KeyError):
            continue
    return count
