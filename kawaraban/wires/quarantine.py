"""What the desk does with payloads that could not be read."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kawaraban.wires.fault import Fault
from kawaraban.wires.ingest import take_in
from kawaraban.wires.models import Arrival

ROUND = 200  # tried again at once


def try_again(arrivals: Iterable[Arrival], now: datetime) -> tuple[int, int]:
    """Gives how many could be read now, and how many still can't. Raises database errors."""
    found = list(arrivals)
    for arrival in found:
        arrival.attempts = 0
    take_in(found, now)
    left = sum(arrival.state == Arrival.State.QUARANTINED for arrival in found)
    return len(found) - left, left


def set_aside(arrivals: Iterable[Arrival]) -> int:
    """Nobody needs to look at them any more; they stay in the archive for its days, and a replay reads them again."""
    keys = [arrival.pk for arrival in arrivals]
    return Arrival.objects.quarantined().filter(pk__in=keys).update(state=Arrival.State.ASIDE)


def kind_of(arrival: Arrival) -> str:
    """The first of its reasons without what differs from payload to payload: what it names, numbers of lines and bytes."""
    return "".join(texts(arrival.faults[0])) if arrival.faults else ""


def texts(fault: Fault) -> Iterator[str]:
    yield fault.text
    for value in fault.values.values():
        if isinstance(value, Fault):
            yield from texts(value)
