"""What the machine notes of its sources."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from kawaraban.wires.fault import Fault
from kawaraban.wires.models import Source

FORGETTING = timedelta(days=3)  # in which a source's longest silence comes to count for half


def rhythm(usual: int, silence: float) -> int:
    """The longest silence of a source in the last days, in seconds, slowly forgotten. Pure.

    silence: between its last two items. An outage counts for no more than twice what was usual.
    """
    remembered = usual * 0.5 ** (silence / FORGETTING.total_seconds())
    return round(max(1.0, remembered, min(silence, 2.0 * usual) if usual else silence))


def seen(source: Source, now: datetime) -> None:
    """It answered, or something came from it, new or not."""
    Source.objects.filter(pk=source.pk).update(last_seen=now, failures_in_a_row=0)


@dataclass
class Tally:
    """What has come from a source since it was last noted."""

    source: Source
    items: int = 0
    quarantined: int = 0
    moments: list[datetime] = field(default_factory=list)  # at which something new came

    def count(self, items: int, is_quarantined: bool, received_at: datetime) -> None:
        self.items += items
        self.quarantined += is_quarantined
        if items:
            self.moments.append(received_at)


def taken(tally: Tally) -> None:
    """Notes what has been taken in of a source."""
    if not (tally.items or tally.quarantined):
        return
    values: dict[str, Any] = {"items": F("items") + tally.items, "quarantined": F("quarantined") + tally.quarantined}
    if tally.items:
        last_item, usual = Source.objects.values_list("last_item", "usual_rhythm").get(pk=tally.source.pk)
        for moment in sorted(tally.moments):
            last_item, usual = after(last_item, usual, moment)
        values |= {"last_item": last_item, "usual_rhythm": usual}
    Source.objects.filter(pk=tally.source.pk).update(**values)


def after(last_item: datetime | None, usual: int, received_at: datetime) -> tuple[datetime, int]:
    """The last item's moment and the rhythm, once another has come. What is late, such as a payload of the archive, tells nothing."""
    if last_item is None:
        return received_at, usual
    silence = (received_at - last_item).total_seconds()
    return (received_at, rhythm(usual, silence)) if silence > 0 else (last_item, usual)


def failed(source: Source, fault: Fault) -> None:
    """It could not be asked, or answered with a fault."""
    more = {"failures": F("failures") + 1, "failures_in_a_row": F("failures_in_a_row") + 1}
    Source.objects.filter(pk=source.pk).update(last_error=str(fault)[:1000], fault=fault.kept(), **more)
