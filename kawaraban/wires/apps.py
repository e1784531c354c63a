from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WiresConfig(AppConfig):
    name = "kawaraban.wires"
    label = "wires"
    verbose_name = _("Wires")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from kawaraban.desk.models import Article
        from kawaraban.wires.desk.panels import OriginPanel
        from kawaraban.wires.models import Source, WireItem
        from kawaraban.wires.permissions import LookOnly, SourcePolicy

        register_permission_policy(WireItem, LookOnly(WireItem))
        register_permission_policy(Source, SourcePolicy(Source))
        Article.content_panels.insert(0, OriginPanel())
