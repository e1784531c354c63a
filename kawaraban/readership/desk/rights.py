"""Who may see what is read, and what every page of the dashboard has in common."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied

from kawaraban.readership.actions.steering import STEER
from kawaraban.readership.unreachable import Unreachable

log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]
VIEW, EXPORT = "readership.view_readership", "readership.export_readership"


def may_see(user: AbstractUser) -> bool:
    return bool(user.is_active and user.has_perms(["wagtailadmin.access_admin", VIEW]))


def for_desk(permission: str = VIEW) -> Callable[[View], View]:
    """A view for those who may see what is read; permission: one that they need besides. Wagtail has asked them to log in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            if not may_see(request.user) or not request.user.has_perm(permission):
                return permission_denied(request)
            try:
                return view(request, *args, **more)
            except Unreachable as error:
                return unreachable(request, error)

        return checked

    return decorate


def unreachable(request: HttpRequest, error: Unreachable) -> HttpResponse:
    log.warning("%s", error)
    told = page(request, "unreachable.html", "", error=error)
    told.status_code = 503
    return told


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": reverse("readership:index"), "label": _("Readership")}]
    furniture = {"breadcrumbs_items": [*crumbs, {"url": "", "label": title}] if title else crumbs, "header_icon": "reads"}
    rights = {"may_steer": request.user.has_perm(STEER), "may_export": request.user.has_perm(EXPORT)}
    return render(request, f"readership/desk/{template}", furniture | rights | {"header_title": title or _("Readership"), **context})
