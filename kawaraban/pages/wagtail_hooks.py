from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from kawaraban.pages.alarms import alarms, is_worker_alive
from kawaraban.pages.banner_preview import banner_preview
from kawaraban.pages.links import ShownPageLink
from kawaraban.pages.printer import printer
from kawaraban.pages.suggestion_panel import suggest


@hooks.register("register_rich_text_features", order=100)
def links_show_nothing_hidden(features):
    features.register_link_type(ShownPageLink)


def printing_now() -> dict:
    """What the desk says of the press: how much waits, how far it is, what is wrong."""
    edition = printer().edition
    counts = edition.counts()
    most = max(edition.most_waiting(), counts.waiting)
    return {
        "waiting": counts.waiting,
        "done": most - counts.waiting,
        "most": most,
        "pages": counts.pages,
        "alarms": alarms(settings.KAWARABAN, edition),
        "is_worker_alive": is_worker_alive(settings.KAWARABAN),
    }


class PressPanel(Component):
    """On the desk's home page: only while something waits or is wrong."""

    order = 50
    template_name = "pages/desk/press_panel.html"

    def get_context_data(self, parent_context):
        return {**printing_now(), "address": reverse("press_now")}


@hooks.register("construct_homepage_panels")
def press_panel(request, panels):
    panels.append(PressPanel())


@require_admin_access
def press(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/desk/press.html", {**printing_now(), "address": reverse("press_now")})


@require_admin_access
def press_now(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/desk/press_state.html", printing_now())


@hooks.register("register_admin_urls")
def press_addresses():
    addresses = [path("press/", press, name="press"), path("press/now/", press_now, name="press_now")]
    return [*addresses, path("banners/preview/", banner_preview, name="banner_preview"), path("suggestions/", suggest, name="suggestions")]


@hooks.register("register_reports_menu_item")
def press_menu_item():
    return MenuItem(_("Press"), reverse("press"), name="press", icon_name="download", order=900)
