from django.contrib.auth.models import AbstractBaseUser

from kawaraban.readership.actions.steering import list_name, note, steered
from kawaraban.readership.models import Exclusion


def include(found: Exclusion, user: AbstractBaseUser) -> None:
    """Undoes an exclusion. Raises Refused."""
    with steered(user):
        note(found.article, "include", user, found.reason, list=list_name(found.window, None))
        found.delete()
