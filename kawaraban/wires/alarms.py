"""What is wrong with the sources of agency copy, as sentences for `kawaraban check` and the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawaraban.wires.models import Source

FAILURES = 3  # in a row: one or two are the net's, and pass


def alarms(now: datetime) -> Iterator[str]:
    for source in Source.objects.on():
        if source.failures_in_a_row >= FAILURES:
            yield failing(source)
        elif source.is_silent(now):
            told = {"source": source.name, "time": timesince(source.last_item or source.created, now)}
            yield _("%(source)s: nothing has come for %(time)s, which is longer than usual. Ask the agency.") % told


def failing(source: Source) -> str:
    told = {"source": source.name, "number": source.failures_in_a_row, "fault": source.last_fault}
    return (
        ngettext(
            "%(source)s: it failed %(number)d time in a row. %(fault)s",
            "%(source)s: it failed %(number)d times in a row. %(fault)s",
            source.failures_in_a_row,
        )
        % told
    )
