from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from kawaraban.wires.desk.addresses import WireDesk
from kawaraban.wires.desk.panels import WirePanel, with_alarm
from kawaraban.wires.models import WireItem
from kawaraban.wires.permissions import LookOnly
from kawaraban.wires.sources.desk import SourceViewSet


class WireMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return LookOnly(WireItem).user_has_permission(request.user, "view")


@hooks.register("register_admin_viewset")
def wire_desk() -> WireDesk:
    return WireDesk()


@hooks.register("register_admin_menu_item")
def wire_menu_item() -> WireMenuItem:
    return WireMenuItem(_("Wire desk"), reverse("wire:index"), name="wire", icon_name="bolt", order=150)


@hooks.register("register_admin_viewset")
def source_viewset() -> SourceViewSet:
    return SourceViewSet()


@hooks.register("register_icons")
def bolt_icon(icons: list[str]) -> list[str]:
    return [*icons, "wires/icons/bolt.svg"]


@hooks.register("construct_homepage_panels")
def wire_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WirePanel())


@hooks.register("annotate_articles")
def killed_copy(articles: "QuerySet[object]") -> "QuerySet[object]":
    return with_alarm(articles)


@hooks.register("register_permissions")
def wire_permissions() -> "QuerySet[Permission]":
    """Groups are given them in the desk's settings."""
    items = Q(content_type__model="wireitem", codename__in=["view_wireitem", "read_killed", "steer_flash"])
    return Permission.objects.filter(items | Q(content_type__model="arrival", codename="read_payloads"), content_type__app_label="wires")
