"""What the dashboard calls what is counted."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def referrer(name: str) -> str:
    names = {
        "direct": pgettext("referrer", "direct"),
        "internal": _("from this magazine"),
        "search": _("search engines"),
        "social": _("social networks"),
        "other": _("other sites"),
    }
    return names.get(name, name)


def verdict(name: str) -> str:
    names = {
        "method": _("asked in a way that no reader does"),
        "size": _("too long"),
        "malformed": _("unreadable"),
        "token": _("without our token"),
        "expired": _("token too old"),
        "unknown_article": _("of no article of ours"),
        "robot": _("robots"),
        "privacy": _("readers who ask not to be counted"),
        "ceiling": _("too many from one network"),
        "repeated": _("the same reader, article and day again"),
        "clock": _("a clock that can’t be right"),
    }
    return names.get(name, name)


def number(count: float) -> str:
    return f"{round(count):,}"
