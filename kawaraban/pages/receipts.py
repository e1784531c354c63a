"""Where a killed item stood, and when it was gone from there: for its receipt."""

import logging
from datetime import datetime

import lmdb

from kawaraban.pages.made_from import key_of, own
from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, printer
from kawaraban.press.edition import SLOT, Outdated
from kawaraban.press.room import EditionFull
from kawaraban.wires.models import KillReceipt, WireItem

log = logging.getLogger(__name__)


def note_places(item: WireItem, receipt: KillReceipt) -> None:
    """Called while the pages still stand. A receipt without places is better than a kill that fails."""
    try:
        edition = printer().edition
        key = key_of(item)
        places = sorted({*edition.made_from(key), *edition.made_from(own(key))})
    except (Outdated, EditionFull, lmdb.Error, OSError) as error:
        log.warning("the receipt of a kill does not say where the item stood: %s", error)
        return
    receipt.slots = [place.removeprefix(SLOT) for place in places if place.startswith(SLOT)]
    receipt.addresses = [place for place in places if not place.startswith(SLOT)]
    receipt.save(update_fields=["slots", "addresses"])


def note_printed(press: Printer, now: datetime) -> None:
    """Dates the receipts of what no printed page or slot shows any more."""
    for receipt in KillReceipt.objects.filter(printed_at__isnull=True).select_related("item"):
        if not is_standing(press, receipt):
            receipt.printed_at = now
            receipt.save(update_fields=["printed_at"])


def is_standing(press: Printer, receipt: KillReceipt) -> bool:
    """Whether some place may still show it: the press has not been told yet, or has not come to it."""
    places = (*receipt.addresses, *(SLOT + name for name in receipt.slots))
    return Change.objects.filter(key=key_of(receipt.item)).exists() or any(press.edition.is_marked(place) for place in places)
