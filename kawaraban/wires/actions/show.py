from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import handled
from kawaraban.wires.models import WireItem


def show(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """Lets readers see a hidden item again, in the flash too while its hours there last. Raises Refused."""
    with handled(item, user, "show", now) as found:
        found.is_hidden = False
