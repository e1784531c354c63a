"""Reads the archive again. What was filed is not filed again; what could not be read may be readable now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kawaraban.wires.archive import Archive, Kept, Unarchived
from kawaraban.wires.ingest import archive, note, take_in
from kawaraban.wires.models import Arrival, Source

EVERY = 200  # payloads between two lines of progress
ROUND = 20


@dataclass
class Replayed:
    payloads: int = 0
    quarantined: int = 0
    unknown: int = 0  # whose source is gone


def replay(now: datetime, say: Callable[[str], None], since: date | None = None, source: str = "") -> Replayed:
    """since: a day in UTC. source: its short name; empty for all."""
    sources, place, done = {found.key: found for found in Source.objects.all()}, archive(), Replayed()
    round_: list[Arrival] = []
    for kept in place.files(since, source):
        arrival = arrival_of(place, kept, sources)
        if arrival is None:
            done.unknown += 1
            continue
        round_.append(arrival)
        if len(round_) == ROUND:
            read_again(round_, now, done)
            round_ = []
            if done.payloads % EVERY == 0:
                say(f"Read again: {done.payloads} payloads")
    read_again(round_, now, done)
    return done


def read_again(arrivals: list[Arrival], now: datetime, done: Replayed) -> None:
    for arrival in arrivals:
        arrival.attempts = 0
    take_in(arrivals, now)
    done.payloads += len(arrivals)
    done.quarantined += sum(arrival.state == Arrival.State.QUARANTINED for arrival in arrivals)


def arrival_of(place: Archive, kept: Kept, sources: dict[str, Source]) -> Arrival | None:
    """The row of a payload, made when it is missing; it names the file, should it have named another."""
    source = sources.get(kept.source)
    if source is None:
        return None
    found = Arrival.objects.filter(source=source, digest=kept.digest).first()
    if found is None:
        try:
            archived = place.read(kept.file)
        except Unarchived:
            return None
        note(source, [(archived.payload, kept)], archived.received_at)
        found = Arrival.objects.get(source=source, digest=kept.digest)
    if not place.has(found.file):
        found.file = kept.file
        found.save(update_fields=["file"])
    found.source = source
    return found
