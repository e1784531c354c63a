from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WiresConfig(AppConfig):
    name = "kawaraban.wires"
    label = "wires"
    verbose_name = _("Wires")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from kawaraban.wires.models import WireItem
        from kawaraban.wires.permissions import LookOnly

        register_permission_policy(WireItem, LookOnly(WireItem))
