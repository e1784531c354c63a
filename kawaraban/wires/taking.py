"""One payload on its way from the archive into the database."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError

from kawaraban.wires import health
from kawaraban.wires.archive import Archive, Unarchived
from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.fault import Fault, Value
from kawaraban.wires.filing import Outcome, file
from kawaraban.wires.house import House
from kawaraban.wires.memory import memory_of
from kawaraban.wires.models import Arrival
from kawaraban.wires.reading import read
from kawaraban.wires.records import weight
from kawaraban.wires.settling import Filing

log = logging.getLogger(__name__)

REASONS = 100  # kept of an arrival
OUTCOME = ("state", "format", "items", "reasons", "read_at")


@dataclass
class Job:
    """What was read of an arrival, and what has become of it so far."""

    arrival: Arrival
    filing: Filing
    copies: list[Copy]
    faults: list[Fault]
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    def close(self) -> None:
        arrival = self.arrival
        arrival.state = Arrival.State.QUARANTINED if self.faults else Arrival.State.READ
        arrival.format = self.copies[0].format[:20] if self.copies else ""
        arrival.items, arrival.read_at = sum(self.counts.values()), self.filing.now
        arrival.reasons = [fault.kept() for fault in self.faults[:REASONS]]


Stretch = tuple[Job, int, int]  # a payload's items from one to before another


def job(arrival: Arrival, archive: Archive, house: House, now: datetime) -> Job:
    copies, faults = copies_of(arrival, archive)
    return Job(arrival, Filing(arrival.source, house, arrival.received_at, now, arrival), copies, faults)


def copies_of(arrival: Arrival, archive: Archive) -> tuple[list[Copy], list[Fault]]:
    """The items that can be read, and a fault for each thing that can't."""
    limit = settings.KAWARABAN.wires.payload_bytes
    try:
        data = archive.read(arrival.file).payload.data
        if len(data) > limit:
            return [], [Fault("it has %(size)d bytes; wires.payload_bytes allows %(most)d", {"size": len(data), "most": limit})]
        return read(data, arrival.source.format), []
    except Partly as partly:
        return partly.read, list(partly.faults)
    except (Unreadable, Unarchived) as error:
        return [], [error.fault]
    except Exception as error:
        log.exception("the payload %s can't be read", arrival.file)
        return [], [Fault("it can't be read, for a reason that nobody foresaw: %(kind)s", {"kind": type(error).__name__})]


def work_off(part: Sequence[Stretch]) -> None:
    """Files stretches of jobs within one transaction, and closes the jobs of which they were the last."""
    memory = memory_of([copy for found, start, end in part for copy in found.copies[start:end]])
    for found, start, end in part:
        found.filing = replace(found.filing, memory=memory)
        for copy in found.copies[start:end]:
            file_one(copy, found)
    close([found for found, _, end in part if end == len(found.copies)])


def file_one(copy: Copy, found: Job) -> None:
    limit = found.filing.house.item_bytes
    if weight(copy) > limit:
        told: dict[str, Value] = {"guid": copy.guid[:200], "most": limit}
        found.faults.append(Fault("%(guid)s: it is longer than wires.item_bytes allows (%(most)d bytes)", told))
        return
    try:
        found.counts[file(copy, found.filing).outcome] += 1
    except (OperationalError, InterfaceError):
        raise  # the database's fault, not the item's
    except Exception as error:
        log.exception("the item %s can't be filed", copy.guid[:200])
        told = {"guid": copy.guid[:200], "kind": type(error).__name__, "reason": str(error)[:200]}
        found.faults.append(Fault("%(guid)s: it can't be filed: %(kind)s: %(reason)s", told))


def close(jobs: Sequence[Job]) -> None:
    """Notes at arrivals and sources what became of them."""
    tallies: dict[int, health.Tally] = {}
    for found in jobs:
        arrival, faulty = found.arrival, found.arrival.state == Arrival.State.QUARANTINED
        tally = tallies.setdefault(arrival.source_id, health.Tally(arrival.source))
        tally.count(found.counts[Outcome.NEW] + found.counts[Outcome.VERSION], bool(found.faults) and not faulty, arrival.received_at)
        found.close()
    note_outcomes([found.arrival for found in jobs])
    for tally in tallies.values():
        health.taken(tally)


def note_outcomes(arrivals: Sequence[Arrival]) -> None:
    """Stores what became of arrivals: most have ended alike, and are stored at once."""
    alike: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        alike.setdefault(repr([getattr(arrival, name) for name in OUTCOME]), []).append(arrival)
    for group in alike.values():
        values = {name: getattr(group[0], name) for name in OUTCOME}
        Arrival.objects.filter(pk__in=[arrival.pk for arrival in group]).update(**values)
