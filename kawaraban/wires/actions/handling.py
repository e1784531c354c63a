"""What all that editors do to items has in common: who may, one at a time with the wires, logged, and printed at the commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from kawaraban.wires.filing import lock
from kawaraban.wires.grouping import choose_best
from kawaraban.wires.hands import PREFIX
from kawaraban.wires.house import house
from kawaraban.wires.models import WireItem

HANDS = ("is_flashed", "flash_until", "is_pinned", "position", "is_hidden")
STEER = "wires.steer_flash"


class Refused(Exception):
    """An editor can't do this to an item. The sentence says why."""


@contextmanager
def handled(item: WireItem, user: AbstractBaseUser, action: str, now: datetime) -> Iterator[WireItem]:
    """The item as it is now, to be changed; stored at the end, when something has changed. Raises Refused."""
    if not (isinstance(user, PermissionsMixin) and user.has_perm(STEER)):
        raise Refused(_("You may not steer the flash. Whoever manages the desk’s groups can allow it."))
    with transaction.atomic():
        lock()
        found = WireItem.objects.select_for_update().get(pk=item.pk)
        before = {name: getattr(found, name) for name in HANDS}
        yield found
        if changed := [name for name in HANDS if getattr(found, name) != before[name]]:
            found.save(update_fields=changed)
            if found.story_id:
                choose_best(found.story_id, house(settings.KAWARABAN), now)
            note(found, action, user)
    for name in HANDS:
        setattr(item, name, getattr(found, name))


def note(item: WireItem, action: str, user: AbstractBaseUser) -> None:
    """By its number: the log outlives a kill, the headline may not."""
    log(item, f"{PREFIX}{action}", user=user, title=_("Wire item %(number)s") % {"number": item.pk})


def ensure_showable(item: WireItem) -> None:
    """Raises Refused for what readers will never see as it is; an embargo only lets it wait."""
    if item.status != WireItem.Status.USABLE:
        raise Refused(_("The agency has taken this item back."))
    if item.replaced_by_id:
        raise Refused(_("The agency has replaced this item by another; take that one."))
    if item.is_hidden:
        raise Refused(_("This item is hidden. Show it first."))


def set_flashed(item: WireItem, now: datetime, hours: int | None = None) -> None:
    """Flashed from now, or from the end of its embargo, for some hours; those of kawaraban.toml when none are given."""
    begins = max(moment for moment in (now, item.published, item.embargoed_until) if moment)
    item.is_flashed = True
    item.flash_until = begins + timedelta(hours=hours or settings.KAWARABAN.wires.flash_hours)
