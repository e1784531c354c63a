"""Spikes an item: an editor wants it neither on the reader pages nor on the wire desk."""

from datetime import datetime

from django.conf import settings

from kawaraban.wires.grouping import choose_best
from kawaraban.wires.house import house
from kawaraban.wires.models import WireItem


def spike(item: WireItem, now: datetime) -> None:
    """Its pages go with the transaction."""
    hide(item, True, now)


def unspike(item: WireItem, now: datetime) -> None:
    hide(item, False, now)


def hide(item: WireItem, is_hidden: bool, now: datetime) -> None:
    item.is_hidden = is_hidden
    item.save(update_fields=["is_hidden"])
    if item.story_id:  # another copy of the story may be shown now
        choose_best(item.story_id, house(settings.KAWARABAN), now)
