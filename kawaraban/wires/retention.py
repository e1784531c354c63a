"""Lets go of what is past its time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from kawaraban.wires.grouping import prune_bands
from kawaraban.wires.ingest import archive
from kawaraban.wires.models import Arrival

CHUNK = 400


def prune(now: datetime) -> int:
    """Deletes payloads older than wires.archive_days, but for those that wait or are quarantined; gives the number. 0 days: none, ever."""
    days = settings.KAWARABAN.wires.archive_days
    if not days:
        return 0
    before = (now - timedelta(days=days)).date()
    unread = Q(state=Arrival.State.WAITING) | Q(state=Arrival.State.QUARANTINED)
    gone = archive().prune(before, frozenset(Arrival.objects.filter(unread).values_list("file", flat=True)))
    for start in range(0, len(gone), CHUNK):
        Arrival.objects.filter(file__in=gone[start : start + CHUNK]).update(file="")
    return len(gone)


def forget(now: datetime) -> int:
    """What only helps to find the story of new items."""
    return prune_bands(now - 2 * timedelta(hours=settings.KAWARABAN.wires.group_hours))
