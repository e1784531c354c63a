from django.contrib.auth.models import AbstractBaseUser

from kawaraban.readership.actions.steering import list_name, note, steered
from kawaraban.readership.models import Pin


def unpin(found: Pin, user: AbstractBaseUser) -> None:
    """Undoes a pin. Raises Refused."""
    with steered(user):
        note(found.article, "unpin", user, found.reason, position=found.position, list=list_name(found.window, found.section))
        found.delete()
