from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from kawaraban.wires.actions.handling import Refused, ensure_showable
from kawaraban.wires.models import Banner

USUAL = timedelta(hours=2)


def raise_banner(banner: Banner, user: AbstractBaseUser, now: datetime) -> Banner:
    """Stores a banner, new or changed: readers see it from its start to its end on every page. Raises Refused."""
    verb = "change" if banner.pk else "add"
    if not (isinstance(user, PermissionsMixin) and user.has_perm(f"wires.{verb}_banner")):
        raise Refused(_("You may not raise banners. Whoever manages the desk’s groups can allow it."))
    if banner.item:
        ensure_showable(banner.item)
    if banner.ends and banner.ends <= banner.starts:
        raise Refused(_("A banner ends after it begins."))
    is_new = banner.pk is None
    with transaction.atomic():
        if is_new:
            banner.raised_by = user
        banner.save()
        note(banner, "raise" if is_new else "edit", user)
    return banner


def note(banner: Banner, action: str, user: AbstractBaseUser) -> None:
    """By its number: the log outlives a kill, the text may not."""
    log(banner, f"wires.banner.{action}", user=user, title=_("Banner %(number)s") % {"number": banner.pk})
