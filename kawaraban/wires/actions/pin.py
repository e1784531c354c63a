from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import ensure_showable, handled, set_flashed
from kawaraban.wires.models import WireItem


def pin(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """Sets an item above all others in the flash, until it is unpinned or its hours there are over. Raises Refused."""
    with handled(item, user, "pin", now) as found:
        ensure_showable(found)
        found.is_pinned = True
        if not found.is_flashed or (found.flash_until and found.flash_until <= now):
            set_flashed(found, now)
