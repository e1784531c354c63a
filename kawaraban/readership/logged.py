"""What the desk's log says of what editors did to the rankings, in each article's history too."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter


class Steered(LogFormatter):
    def __init__(self, label: Any, message: Any) -> None:
        self.label, self.message = label, message

    def format_message(self, log_entry: Any) -> str:
        """With the list and the rank, when it is about some."""
        told = log_entry.data or {}
        of_list = told.get("list") or told.get("day") or ""
        rank = _("rank %d") % told["position"] if told.get("position") else ""
        return ": ".join(filter(None, (str(self.message), ", ".join(filter(None, (of_list, rank))))))

    def format_comment(self, log_entry: Any) -> str:
        return str((log_entry.data or {}).get("comment", ""))


ACTIONS = (
    ("readership.pin", gettext_lazy("Pin in the ranking"), gettext_lazy("Pinned in the ranking")),
    ("readership.unpin", gettext_lazy("Unpin in the ranking"), gettext_lazy("Unpinned in the ranking")),
    ("readership.exclude", gettext_lazy("Exclude from the ranking"), gettext_lazy("Excluded from the ranking")),
    ("readership.include", gettext_lazy("Let into the ranking again"), gettext_lazy("Let into the ranking again")),
    ("readership.hold", gettext_lazy("Hold a ranking"), gettext_lazy("Ranking held")),
    ("readership.release", gettext_lazy("Release a ranking"), gettext_lazy("Ranking released")),
    ("readership.settle", gettext_lazy("Settle a flag of reads"), gettext_lazy("Flag of reads settled")),
    ("readership.unsettle", gettext_lazy("Flag reads again"), gettext_lazy("Reads flagged again")),
)


def register(actions: LogActionRegistry) -> None:
    for action, label, message in ACTIONS:
        actions.register_action(action)(lambda label=label, message=message: Steered(label, message))
