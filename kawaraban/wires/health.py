"""What the machine notes of its sources."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

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


def taken(source: Source, items: int, is_quarantined: bool, received_at: datetime) -> None:
    """A payload of a source has been taken in, with so many items that were new."""
    values: dict[str, Any] = {"quarantined": F("quarantined") + 1} if is_quarantined else {}
    if items:
        last_item, usual = Source.objects.values_list("last_item", "usual_rhythm").get(pk=source.pk)
        values |= {"items": F("items") + items} | rhythm_values(last_item, usual, received_at)
    if values:
        Source.objects.filter(pk=source.pk).update(**values)


def rhythm_values(last_item: datetime | None, usual: int, received_at: datetime) -> dict[str, Any]:
    """What is late, such as a payload of the archive, tells nothing."""
    if last_item is None:
        return {"last_item": received_at}
    silence = (received_at - last_item).total_seconds()
    return {"last_item": received_at, "usual_rhythm": rhythm(usual, silence)} if silence > 0 else {}


def failed(source: Source, sentence: str) -> None:
    """It could not be asked, or answered with a fault."""
    more = {"failures": F("failures") + 1, "failures_in_a_row": F("failures_in_a_row") + 1}
    Source.objects.filter(pk=source.pk).update(last_error=sentence[:1000], **more)
