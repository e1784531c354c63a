"""The log of what changed, and how far an index has followed it.

A number of the log is given before its transaction ends, so on PostgreSQL a lower one may appear after a higher one was read. What is
missing between the numbers that were read is therefore looked for again, for a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from kawaraban.search.models import Noted
from kawaraban.search.site import waking

KEPT = timedelta(days=14)
LOOKED_FOR = 86_400.0  # seconds that a missing number may still appear


class Gap(NamedTuple):
    first: int
    last: int
    since: float


@dataclass(frozen=True, slots=True)
class Place:
    """How far an index is: everything up to seen, but for the gaps."""

    seen: int
    gaps: tuple[Gap, ...] = ()

    def moved(self, numbers: Iterable[int], now: float) -> "Place":
        """After some more numbers have been followed, in order."""
        gaps = [gap for gap in self.gaps if now - gap.since < LOOKED_FOR]
        seen = self.seen
        for number in numbers:
            if number > seen:
                if number > seen + 1:
                    gaps.append(Gap(seen + 1, number - 1, now))
                seen = number
            else:
                gaps = [part for gap in gaps for part in without(gap, number)]
        return Place(seen, tuple(gaps))


def without(gap: Gap, number: int) -> list[Gap]:
    if not gap.first <= number <= gap.last:
        return [gap]
    parts = (Gap(gap.first, number - 1, gap.since), Gap(number + 1, gap.last, gap.since))
    return [part for part in parts if part.first <= part.last]


def note(key: str) -> None:
    """page:12, picture:3, wire:7 may have to be found otherwise than before, or not at all. Within the transaction of the change."""
    Noted.objects.create(key=key)
    transaction.on_commit(waking.wake, robust=True)


def note_below(page: int) -> None:
    """A page and all below it may be seen where they were not, or the other way round."""
    note(f"below:{page}")


def waiting(place: Place, most: int) -> list[tuple[int, str]]:
    """Numbers and keys that an index at this place has not followed, in order."""
    return list(ahead(place).order_by("pk").values_list("pk", "key")[:most])


def is_waiting(place: Place) -> bool:
    return ahead(place).exists()


def ahead(place: Place) -> Any:
    asked = Q(pk__gt=place.seen)
    for gap in place.gaps:
        asked |= Q(pk__range=(gap.first, gap.last))
    return Noted.objects.filter(asked)


def newest() -> int:
    return Noted.objects.aggregate(newest=Max("pk"))["newest"] or 0


def oldest() -> int:
    return Noted.objects.aggregate(oldest=Min("pk"))["oldest"] or 0


def behind(place: Place) -> tuple[int, float]:
    """How many changes an index has not followed, and for how many seconds the first of them waits."""
    found = ahead(place).order_by("pk")
    first = found.values_list("created", flat=True).first()
    return found.count(), (timezone.now() - first).total_seconds() if first else 0.0


def prune() -> int:
    """Lets go what every index has followed long ago, or will be made anew for."""
    old = Noted.objects.filter(created__lt=timezone.now() - KEPT).exclude(pk=newest())
    return old.delete()[0]
