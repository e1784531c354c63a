from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from kawaraban.wires.models import WireItem
from kawaraban.wires.viewsets.group import FlashGroup
from kawaraban.wires.viewsets.logged import register


class WireItemViewSet(ModelViewSet):
    model = WireItem
    name = "wire"
    icon = "bolt"
    menu_label = _("Wire items")
    menu_order = 150
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display = ["headline", "section", "agency", "published", "urgency", "status"]
    list_filter = ["section", "agency", "status"]
    search_fields = ["headline", "body"]
    list_per_page = 50
    exclude_form_fields: list[str] = []


@hooks.register("register_admin_viewset")
def wire_item_viewset() -> WireItemViewSet:
    return WireItemViewSet()


@hooks.register("register_icons")
def bolt_icon(icons: list[str]) -> list[str]:
    return [*icons, "wires/icons/bolt.svg"]


@hooks.register("register_admin_viewset")
def flash_screens() -> FlashGroup:
    return FlashGroup()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    register(actions)
