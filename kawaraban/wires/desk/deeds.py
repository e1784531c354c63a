"""What an editor does to an item from the list or its page: spike, flash, pin, and each undone."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kawaraban.wires.actions.flash import flash
from kawaraban.wires.actions.handling import Refused
from kawaraban.wires.actions.pin import pin
from kawaraban.wires.actions.show import show
from kawaraban.wires.actions.spike import spike
from kawaraban.wires.actions.unflash import unflash
from kawaraban.wires.actions.unpin import unpin
from kawaraban.wires.desk.listing import one_row
from kawaraban.wires.desk.pages import for_desk
from kawaraban.wires.desk.rows import is_in_flash
from kawaraban.wires.models import WireItem
from kawaraban.wires.secrecy import rights_of

Verb = Callable[[WireItem, AbstractUser, datetime], None]


def turn_spike(item: WireItem, now: datetime) -> Verb:
    return show if item.is_hidden else spike


def turn_flash(item: WireItem, now: datetime) -> Verb:
    return unflash if is_in_flash(item, now) else flash


def turn_pin(item: WireItem, now: datetime) -> Verb:
    return unpin if item.is_pinned else pin


DEEDS: dict[str, Callable[[WireItem, datetime], Verb]] = {"spike": turn_spike, "flash": turn_flash, "pin": turn_pin}


@require_POST
@for_desk("steers")
def do(request: HttpRequest, key: int, deed: str) -> HttpResponseBase:
    """Does it, or undoes it when it has been done. Gives the item's row to the list, and leads a form back to the item."""
    now, item = timezone.now(), get_object_or_404(WireItem, pk=key)
    is_from_list = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    try:
        DEEDS[deed](item, now)(item, request.user, now)
    except Refused as refused:
        if is_from_list:
            return JsonResponse({"refused": str(refused)}, status=409)
        messages.error(request, str(refused))
    return JsonResponse(one_row(key, rights_of(request.user), now)) if is_from_list else redirect("wire:item", key)
