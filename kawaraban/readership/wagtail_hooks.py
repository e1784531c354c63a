from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser, Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from kawaraban.desk.models import Article
from kawaraban.readership import logged
from kawaraban.readership.desk.addresses import ReadershipDesk
from kawaraban.readership.desk.panels import FlagPanel
from kawaraban.readership.desk.rights import may_see


class ReadershipMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_viewset")
def readership_desk() -> ReadershipDesk:
    return ReadershipDesk()


@hooks.register("register_admin_menu_item")
def readership_menu_item() -> ReadershipMenuItem:
    return ReadershipMenuItem(_("Readership"), reverse("readership:index"), name="readership", icon_name="reads", order=157)


@hooks.register("register_page_header_buttons")
def reads_button(page: Any, user: AbstractUser, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page.specific_deferred, Article) and page.first_published_at and may_see(user):
        yield Button(_("Reads"), reverse("readership:article", args=(page.pk,)), icon_name="reads", priority=67)


@hooks.register("construct_homepage_panels")
def flag_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_see(request.user):
        panels.append(FlagPanel())


@hooks.register("register_icons")
def reads_icon(icons: list[str]) -> list[str]:
    return [*icons, "readership/icons/reads.svg"]


@hooks.register("register_permissions")
def readership_permissions() -> "QuerySet[Permission]":
    """Groups are given them in the desk's settings."""
    return Permission.objects.filter(content_type__app_label="readership", codename__in=["view_readership", "steer_rankings", "export_readership"])


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    logged.register(actions)
