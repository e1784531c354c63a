from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WiresConfig(AppConfig):
    name = "kawaraban.wires"
    label = "wires"
    verbose_name = _("Wires")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from kawaraban.wires.models import Source, WireItem
        from kawaraban.wires.permissions import LookOnly, SourcePolicy

        register_permission_policy(WireItem, LookOnly(WireItem))
        register_permission_policy(Source, SourcePolicy(Source))
