from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import handled
from kawaraban.wires.models import WireItem
from kawaraban.wires.taking_down import lower_banners


def spike(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """The magazine has no use for an item: hidden, out of the flash for good, its banners ended. Raises Refused."""
    with handled(item, user, "spike", now) as found:
        found.is_hidden = True
        found.is_flashed = found.is_pinned = False
        found.position = 0
        lower_banners(found, now)
