"""What an editor does to an item from the list or its page: spike, flash, pin, and each undone."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kawaraban.wires.desk.listing import one_row
from kawaraban.wires.desk.pages import for_desk
from kawaraban.wires.desk.rows import is_in_flash
from kawaraban.wires.flash import flash, pin, unflash, unpin
from kawaraban.wires.models import WireItem
from kawaraban.wires.secrecy import rights_of
from kawaraban.wires.spike import spike, unspike


def turn_spike(item: WireItem, now: datetime) -> None:
    (unspike if item.is_hidden else spike)(item, now)


def turn_flash(item: WireItem, now: datetime) -> None:
    if is_in_flash(item, now):
        unflash(item)
    else:
        flash(item, now)


def turn_pin(item: WireItem, now: datetime) -> None:
    if item.is_pinned:
        unpin(item)
    else:
        pin(item, now)


DEEDS: dict[str, Callable[[WireItem, datetime], None]] = {"spike": turn_spike, "flash": turn_flash, "pin": turn_pin}


@require_POST
@for_desk("steers")
def do(request: HttpRequest, key: int, deed: str) -> HttpResponseBase:
    """Does it, or undoes it when it has been done. Gives the item's row to the list, and leads a form back to the item."""
    now = timezone.now()
    with transaction.atomic():
        item = get_object_or_404(WireItem.objects.select_for_update(), pk=key)
        DEEDS[deed](item, now)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse(one_row(key, rights_of(request.user), now))
    return redirect("wire:item", key)
