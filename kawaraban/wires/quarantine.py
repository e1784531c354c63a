"""What the desk does with payloads that could not be read."""

import re
from collections.abc import Iterable
from datetime import datetime

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


def reason_of(arrival: Arrival) -> str:
    """The first of its reasons."""
    return str(arrival.reasons[0]) if arrival.reasons else ""


def kind_of(reason: str) -> str:
    """A reason without what differs from payload to payload: the item that it names, numbers of lines and bytes."""
    return re.sub(r"\d+", "#", re.sub(r"^\S+: ", "", reason))
