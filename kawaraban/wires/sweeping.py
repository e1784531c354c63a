"""Picks up what a killed process left: payloads archived and not read, and payloads in the archive that the database does not know."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from kawaraban.wires.archive import Archive, Kept, Unarchived
from kawaraban.wires.ingest import archive, note, take_in
from kawaraban.wires.models import Arrival, Source

SETTLED = 2.0  # seconds after which a file without a row is not just being noted by who wrote it
ROUND = 50  # payloads taken in before another look at the clock
CHUNK = 400


def take_in_waiting(now: datetime, is_over: Callable[[], bool]) -> int:
    """Reads what waits, the oldest first that was never begun, until nothing does or the time is over; gives the number of payloads."""
    done = 0
    while not is_over():
        waiting = next_round()
        if not waiting:
            break
        take_in(waiting, now)
        done += len(waiting)
    return done


def next_round() -> list[Arrival]:
    """What was never begun, then one that was, alone: what ends the process must not look like its neighbours' fault, nor keep them waiting."""
    waiting = Arrival.objects.waiting().select_related("source")
    return list(waiting.filter(attempts=0)[:ROUND]) or list(waiting.order_by("attempts", "received_at", "pk")[:1])


def note_unknown(now: datetime, days: int) -> int:
    """Gives a row to each payload of the last days that has none; gives their number."""
    sources = {source.key: source for source in Source.objects.all()}
    place, since = archive(), (now - timedelta(days=days)).date()
    kept = (found for found in place.files(since) if found.source in sources)
    return sum(note_found(place, found, sources[found.source]) for found in unknown(kept) if place.age(found.file, now) > SETTLED)


def unknown(kept: Iterator[Kept]) -> Iterator[Kept]:
    while chunk := list(islice(kept, CHUNK)):
        rows = Arrival.objects.filter(digest__in=[found.digest for found in chunk]).values_list("digest", "source__key")
        known = set(rows)
        yield from (found for found in chunk if (found.digest, found.source) not in known)


def note_found(place: Archive, kept: Kept, source: Source) -> bool:
    try:
        archived = place.read(kept.file)
    except Unarchived:
        return False
    note(source, [(archived.payload, kept)], archived.received_at)
    return True
