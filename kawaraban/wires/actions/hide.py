from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import handled
from kawaraban.wires.models import WireItem


def hide(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """Takes an item off every reader page until it is shown again; a banner raised from it goes with it. Raises Refused."""
    with handled(item, user, "hide", now) as found:
        found.is_hidden = True
