from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import ensure_showable, handled, set_flashed
from kawaraban.wires.models import WireItem


def flash(item: WireItem, user: AbstractBaseUser, now: datetime, hours: int | None = None) -> None:
    """Puts an item into the flash, or keeps it there for so long again. Raises Refused."""
    with handled(item, user, "flash", now) as found:
        ensure_showable(found)
        set_flashed(found, now, hours)
