"""What the readership says on the desk's home page."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from kawaraban.readership.boards import site_days, site_store
from kawaraban.readership.desk.shown import flags
from kawaraban.readership.figures import stamp
from kawaraban.readership.unreachable import Unreachable


class FlagPanel(Component):
    """Articles that one network reads and nobody has looked at."""

    order = 25
    template_name = "readership/desk/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        try:
            found = flags(site_store(), stamp(timezone.now()), site_days())
        except Unreachable:  # which is told among the alarms
            found = []
        return {"articles": list({flag.article.pk: flag.article for flag in found}.values())}
