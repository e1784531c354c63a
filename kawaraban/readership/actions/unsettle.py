from django.contrib.auth.models import AbstractBaseUser

from kawaraban.readership.actions.steering import note, steered
from kawaraban.readership.models import Clearance


def unsettle(found: Clearance, user: AbstractBaseUser) -> None:
    """Puts the flag back. Raises Refused."""
    with steered(user):
        note(found.article, "unsettle", user, found.reason, day=f"{found.day}")
        found.delete()
