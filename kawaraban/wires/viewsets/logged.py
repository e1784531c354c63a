"""What the desk's log says of what editors did to items and banners: who, when and what; never a word of the copy."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("wires.flash", _("Flash"), _("Put into the flash")),
    ("wires.unflash", _("Take out of the flash"), _("Taken out of the flash")),
    ("wires.pin", _("Pin"), _("Pinned in the flash")),
    ("wires.unpin", _("Unpin"), _("Unpinned in the flash")),
    ("wires.hide", _("Hide"), _("Hidden from readers")),
    ("wires.show", _("Show to readers"), _("Shown to readers again")),
    ("wires.place", _("Move in the flash"), _("Moved in the flash")),
    ("wires.spike", _("Spike"), _("Spiked")),
    ("wires.banner.raise", _("Raise a banner"), _("Banner raised")),
    ("wires.banner.edit", _("Change a banner"), _("Banner changed")),
    ("wires.banner.end", _("End a banner"), _("Banner ended")),
)


def register(actions: LogActionRegistry) -> None:
    for action in ACTIONS:
        actions.register_action(*action)
