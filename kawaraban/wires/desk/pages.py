"""What every page of the wire desk has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied

from kawaraban.wires.models import WireItem
from kawaraban.wires.permissions import LookOnly
from kawaraban.wires.secrecy import rights_of

View = Callable[..., HttpResponseBase]


def for_desk(right: str = "") -> Callable[[View], View]:
    """A view for those who may see the wire desk; right: a field of Rights that they need besides. Wagtail has asked them to log in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            may_see = LookOnly(WireItem).user_has_permission(request.user, "view")
            if not may_see or (right and not getattr(rights_of(request.user), right)):
                return permission_denied(request)
            return view(request, *args, **more)

        return checked

    return decorate


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": reverse("wire:index"), "label": _("Wire desk")}]
    furniture = {"breadcrumbs_items": [*crumbs, {"url": "", "label": title}] if title else crumbs, "header_icon": "bolt"}
    return render(request, f"wires/desk/{template}", furniture | {"header_title": title or _("Wire desk"), **context})
