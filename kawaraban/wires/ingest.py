"""Takes payloads in: first into the archive, then into the database. What cannot be read is quarantined with its reasons.

A process may be killed anywhere: what is in the archive is read again (`sweeping`), and what was filed is not filed again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction

from kawaraban.wires import health
from kawaraban.wires.archive import Archive, Kept, Payload, plainly_named
from kawaraban.wires.bell import Bell
from kawaraban.wires.fault import Fault
from kawaraban.wires.filing import lock
from kawaraban.wires.house import house
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.taking import Job, Stretch, job, work_off

BATCH = 50  # items a transaction: an editor who saves meanwhile waits for it
ATTEMPTS = 5  # to read what ends the process that reads it; less, and what happens to be read when processes are killed is taken for it


def archive() -> Archive:
    return Archive(settings.KAWARABAN.data / "wires" / "archive")


def bell() -> Bell:
    return Bell(archive().folder)


def receive(source: Source, payload: Payload, now: datetime) -> Arrival:
    """Archives a payload and files what can be read of it. One that came before is known again. Raises Unkept, database errors."""
    return receive_all(source, [payload], now)[0]


def receive_all(source: Source, payloads: Sequence[Payload], now: datetime) -> list[Arrival]:
    """The same for several at once, which is faster: each is on disk before any is read. Raises Unkept, database errors."""
    arrivals = keep_all(source, payloads, now, attempts=1)
    file_all([arrival for arrival in dict.fromkeys(arrivals) if arrival.state == Arrival.State.WAITING], now)
    return arrivals


def keep(source: Source, payload: Payload, now: datetime) -> Arrival:
    """Archives a payload, to be read by the worker at once: when this returns nothing of it can be lost. Raises Unkept, database errors."""
    arrival = keep_all(source, [payload], now)[0]
    transaction.on_commit(bell().ring)
    return arrival


def keep_all(source: Source, payloads: Sequence[Payload], now: datetime, attempts: int = 0) -> list[Arrival]:
    """attempts: 1 when they are read at once. With the database down they lie in the archive, and are found there when it is back."""
    named = [plainly_named(payload) for payload in payloads]
    digests = [payload.digest for payload in named]
    try:
        known = {found.digest for found in Arrival.objects.filter(source=source, digest__in=digests)}
    except DatabaseError:
        place_all(source, named, now)
        raise
    kept = place_all(source, [payload for payload in named if payload.digest not in known], now)
    with transaction.atomic():
        note(source, kept, now, attempts)
        health.seen(source, now)
    rows = {found.digest: found for found in Arrival.objects.filter(source=source, digest__in=digests)}
    for row in rows.values():
        row.source = source
    return [rows[digest] for digest in digests]


def place_all(source: Source, payloads: Sequence[Payload], now: datetime) -> list[tuple[Payload, Kept]]:
    return list(zip(payloads, archive().keep_all(source.key, payloads, now), strict=True))


def note(source: Source, kept: Iterable[tuple[Payload, Kept]], received_at: datetime, attempts: int = 0) -> None:
    """Gives what is in the archive its rows; another process may have been first."""
    rows = [
        Arrival(
            source=source,
            digest=place.digest,
            file=place.file,
            name=payload.name,
            content_type=payload.content_type[:120],
            size=len(payload.data),
            received_at=received_at,
            attempts=attempts,
        )
        for payload, place in kept
    ]
    Arrival.objects.bulk_create(rows, ignore_conflicts=True)


def take_in(arrivals: Iterable[Arrival], now: datetime) -> None:
    """Reads archived payloads, for the first time or again, and files their items. Raises database errors.

    Those whose reading a process has not lived to finish are read one by one, so that only the one to blame is given up.
    """
    fresh: list[Arrival] = []
    suspect: list[Arrival] = []
    for arrival in arrivals:
        (suspect if arrival.attempts else fresh).append(arrival)
    attempt(fresh, now)
    for arrival in suspect:
        if arrival.state == Arrival.State.WAITING and arrival.attempts >= ATTEMPTS:
            arrival.state, arrival.reasons = Arrival.State.QUARANTINED, [worn(arrival.attempts).kept()]
            arrival.save(update_fields=["state", "reasons"])
        else:
            attempt([arrival], now)


def worn(attempts: int) -> Fault:
    return Fault("reading it has ended the process %(number)d times: look at it before it is tried again", {"number": attempts})


def attempt(arrivals: Sequence[Arrival], now: datetime) -> None:
    """Counts an attempt before it is made; one that fails for another reason than the process's death does not count."""
    rows = Arrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals])
    for arrival in arrivals:
        arrival.attempts += 1
    Arrival.objects.bulk_update(arrivals, ["attempts"])
    try:
        file_all(arrivals, now)
    except DatabaseError:
        with suppress(DatabaseError):
            rows.filter(state=Arrival.State.WAITING).update(attempts=0)
        raise


def again(arrival: Arrival, now: datetime) -> Arrival:
    """“Try again” of the desk."""
    arrival.attempts = 0
    take_in([arrival], now)
    return arrival


def file_all(arrivals: Iterable[Arrival], now: datetime) -> None:
    """Files the items of payloads, a few in each transaction, each item in a savepoint. The attempt has been counted."""
    rules = house(settings.KAWARABAN)
    for part in parts(job(arrival, archive(), rules, now) for arrival in arrivals):
        with transaction.atomic():
            lock()
            work_off(part)


def parts(jobs: Iterable[Job]) -> Iterator[list[Stretch]]:
    """What goes into one transaction each. The next payload is read when the one before has been committed."""
    part: list[Stretch] = []
    for stretch in (stretch for found in jobs for stretch in stretches(found)):
        part.append(stretch)
        if sum(max(1, end - start) for _, start, end in part) >= BATCH:
            yield part
            part = []
    if part:
        yield part


def stretches(found: Job) -> Iterator[Stretch]:
    """A payload without items is one stretch of no length."""
    length = len(found.copies)
    return ((found, start, min(length, start + BATCH)) for start in range(0, max(1, length), BATCH))
