"""One payload on its way from the archive into the database."""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError

from kawaraban.wires import health
from kawaraban.wires.archive import Archive, Unarchived
from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.filing import Outcome, file
from kawaraban.wires.house import House
from kawaraban.wires.models import Arrival
from kawaraban.wires.reading import read
from kawaraban.wires.records import weight
from kawaraban.wires.settling import Filing

log = logging.getLogger(__name__)

REASONS = 100  # kept of an arrival


@dataclass
class Job:
    """What was read of an arrival, and what has become of it so far."""

    arrival: Arrival
    filing: Filing
    copies: list[Copy]
    reasons: list[str]
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))


def job(arrival: Arrival, archive: Archive, house: House, now: datetime) -> Job:
    copies, reasons = copies_of(arrival, archive)
    return Job(arrival, Filing(arrival.source, house, arrival.received_at, now, arrival), copies, reasons)


def copies_of(arrival: Arrival, archive: Archive) -> tuple[list[Copy], list[str]]:
    """The items that can be read, and a sentence for what can't."""
    limit = settings.KAWARABAN.wires.payload_bytes
    try:
        data = archive.read(arrival.file).payload.data
        if len(data) > limit:
            return [], [f"it has {len(data)} bytes; wires.payload_bytes allows {limit}"]
        return read(data, arrival.source.format), []
    except Partly as partly:
        return partly.read, list(partly.reasons)
    except (Unreadable, Unarchived) as error:
        return [], [str(error)]


def work_off(found: Job, start: int, end: int) -> None:
    """Files a stretch of a job's items, and closes it with the last. Within a transaction."""
    for copy in found.copies[start:end]:
        file_one(copy, found)
    if end == len(found.copies):
        close(found)


def file_one(copy: Copy, found: Job) -> None:
    limit = found.filing.house.item_bytes
    if weight(copy) > limit:
        found.reasons.append(f"{copy.guid[:200]}: it is longer than wires.item_bytes allows ({limit} bytes)")
        return
    try:
        found.counts[file(copy, found.filing).outcome] += 1
    except (OperationalError, InterfaceError):
        raise  # the database's fault, not the item's
    except Exception as error:
        log.exception("the item %s can't be filed", copy.guid[:200])
        found.reasons.append(f"{copy.guid[:200]}: it can't be filed: {type(error).__name__}: {error}"[:500])


def close(found: Job) -> None:
    """Notes at arrival and source what became of it."""
    arrival, counts = found.arrival, found.counts
    is_first_fault = bool(found.reasons) and arrival.state != Arrival.State.QUARANTINED
    arrival.state = Arrival.State.QUARANTINED if found.reasons else Arrival.State.READ
    arrival.format = found.copies[0].format[:20] if found.copies else ""
    arrival.items, arrival.reasons, arrival.read_at = sum(counts.values()), found.reasons[:REASONS], found.filing.now
    arrival.save(update_fields=["state", "format", "items", "reasons", "read_at"])
    health.taken(arrival.source, counts[Outcome.NEW] + counts[Outcome.VERSION], is_first_fault, arrival.received_at)
