"""The flash as it stands now: pin, hide, reorder."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from kawaraban.wires.actions.flash import flash
from kawaraban.wires.actions.handling import STEER, Refused
from kawaraban.wires.actions.hide import hide
from kawaraban.wires.actions.pin import pin
from kawaraban.wires.actions.place import place
from kawaraban.wires.actions.show import show
from kawaraban.wires.actions.spike import spike
from kawaraban.wires.actions.unflash import unflash
from kawaraban.wires.actions.unpin import unpin
from kawaraban.wires.models import WireItem

MOST, HIDDEN = 40, 10
VERBS: dict[str, Callable[[WireItem, Any, datetime], None]] = {
    "flash": flash,
    "unflash": unflash,
    "pin": pin,
    "unpin": unpin,
    "hide": hide,
    "show": show,
    "spike": spike,
}


class FlashMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(STEER))


class FlashViewSet(ViewSet):
    name = "flash"
    icon = "bolt"
    menu_label = _("Flash now")
    menu_order = 10
    menu_item_class = FlashMenuItem

    def get_urlpatterns(self) -> list[Any]:
        verbs = [path("<int:pk>/<slug:verb>/", do, name="do"), path("<int:pk>/place/<int:index>/", move, name="place")]
        return [path("", flash_now, name="index"), *verbs]


@permission_required(STEER)
def flash_now(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    items, shown = list(WireItem.objects.flashed(now).select_related("source")[:MOST]), settings.KAWARABAN.lists.wire
    for number, item in enumerate(items):
        item.stands_below = number >= shown
    hidden = WireItem.objects.filter(status=WireItem.Status.USABLE, is_hidden=True, published__lte=now).order_by("-published")[:HIDDEN]
    told = {"pinned": [item for item in items if item.is_pinned], "items": [item for item in items if not item.is_pinned], "hidden": hidden}
    furniture = {"breadcrumbs_items": [{"url": "", "label": _("Flash now")}], "header_icon": "bolt", "header_title": _("Flash now")}
    return render(request, "wires/flash/now.html", {**furniture, **told, "shown": shown})


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        return HttpResponseBadRequest()
    return done(request, lambda: VERBS[verb](get_object_or_404(WireItem, pk=pk), request.user, timezone.now()))


@require_POST
def move(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    return done(request, lambda: place(get_object_or_404(WireItem, pk=pk), request.user, timezone.now(), index))


def done(request: HttpRequest, deed: Callable[[], None]) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("flash:index")
