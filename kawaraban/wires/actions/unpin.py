from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.wires.actions.handling import handled
from kawaraban.wires.models import WireItem


def unpin(item: WireItem, user: AbstractBaseUser, now: datetime) -> None:
    """Lets an item stand in the flash where its place and time put it. Raises Refused."""
    with handled(item, user, "unpin", now) as found:
        found.is_pinned = False
