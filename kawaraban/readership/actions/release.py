from django.contrib.auth.models import AbstractBaseUser

from kawaraban.readership.actions.steering import list_name, note, steered
from kawaraban.readership.models import Hold


def release(found: Hold, user: AbstractBaseUser) -> None:
    """Lets a held list move again. Raises Refused."""
    with steered(user):
        note(found, "release", user, found.reason, list=list_name(found.window, found.section))
        found.delete()
