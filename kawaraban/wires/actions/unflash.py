from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import handled
from kawaraban.wires.models import WireItem


def unflash(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """Takes an item out of the flash; its page and the list keep it. Raises Refused."""
    with handled(item, user, "unflash", now) as found:
        found.is_flashed = found.is_pinned = False
        found.position = 0
