from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import ensure_showable, handled
from kawaraban.wires.models import WireItem
from kawaraban.wires.order import Standing, moved

MOST = 60  # items of the flash that can be told apart by their places


def place(item: WireItem, user: AbstractBaseUser, now: datetime, index: int) -> None:
    """Moves an item to an index, from 0, among those of the flash that are pinned as it is, or are not. Raises Refused."""
    with handled(item, user, "place", now) as found:
        ensure_showable(found)
        flash = list(WireItem.objects.flashed(now).filter(is_pinned=found.is_pinned)[:MOST])
        if found.pk not in {other.pk for other in flash}:
            return
        changes = {standing.key: standing.position for standing in moved([standing_of(other) for other in flash], found.pk, index)}
        for other in flash:
            if other.pk in changes and other.pk != found.pk:
                other.position = changes[other.pk]
                other.save(update_fields=["position"])
        found.position = changes.get(found.pk, found.position)


def standing_of(item: WireItem) -> Standing:
    return Standing(item.pk, item.position, item.published)
