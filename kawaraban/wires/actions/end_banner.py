from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import transaction
from django.utils.translation import gettext as _

from kawaraban.wires.actions.handling import Refused
from kawaraban.wires.actions.raise_banner import note
from kawaraban.wires.models import Banner


def end_banner(banner: Banner, user: AbstractBaseUser, now: datetime) -> None:
    """Takes a banner off every page now; one that has not begun never will. Raises Refused."""
    if not (isinstance(user, PermissionsMixin) and user.has_perm("wires.change_banner")):
        raise Refused(_("You may not end banners. Whoever manages the desk’s groups can allow it."))
    with transaction.atomic():
        if banner.ends is None or banner.ends > now:
            banner.ends = now
            banner.starts = min(banner.starts, now)
            banner.save(update_fields=["starts", "ends"])
            note(banner, "end", user)
