"""How a source is, at a glance."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kawaraban.wires.models import Source


@dataclass(frozen=True, slots=True)
class Condition:
    words: str
    is_good: bool = False


def condition(source: Source, now: datetime) -> Condition:
    if not source.is_on:
        return Condition(pgettext("source", "off"))
    if source.failures_in_a_row:
        return Condition(_("does not answer"))
    if source.is_silent(now):
        return Condition(_("silent for longer than usual"))
    if source.last_seen is None:
        return Condition(_("nothing yet"))
    return Condition(_("in order"), is_good=True)
