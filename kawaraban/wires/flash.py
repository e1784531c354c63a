"""Puts an item into the flash, or takes it out."""

from datetime import datetime, timedelta

from django.conf import settings

from kawaraban.wires.models import WireItem


def flash(item: WireItem, now: datetime) -> None:
    """For as long as kawaraban.toml says, from now or from the end of its embargo."""
    begins = max(filter(None, (now, item.embargoed_until)))
    item.is_flashed, item.flash_until = True, begins + timedelta(hours=settings.KAWARABAN.wires.flash_hours)
    item.save(update_fields=["is_flashed", "flash_until"])


def unflash(item: WireItem) -> None:
    item.is_flashed = item.is_pinned = False
    item.save(update_fields=["is_flashed", "is_pinned"])


def pin(item: WireItem, now: datetime) -> None:
    """Above all others of the flash, until an editor unpins it or the flash's hours are over."""
    item.is_pinned = True
    item.save(update_fields=["is_pinned"])
    flash(item, now)


def unpin(item: WireItem) -> None:
    item.is_pinned = False
    item.save(update_fields=["is_pinned"])
