"""What is wrong with the sources of agency copy, as sentences for `kawaraban check` and the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawaraban.wires.models import Source
from kawaraban.wires.sources.refused import Refused, refused

FAILURES = 3  # in a row: one or two are the net's, and pass


def alarms(now: datetime) -> Iterator[str]:
    for source in Source.objects.on():
        if source.failures_in_a_row >= FAILURES:
            yield failing(source)
        elif source.is_silent(now):
            told = {"source": source.name, "time": timesince(source.last_item or source.created, now)}
            yield _("%(source)s: nothing has come for %(time)s, which is longer than usual. Ask the agency.") % told
        if (found := refused(source)).number:
            yield unread(source, found)


def unread(source: Source, found: Refused) -> str:
    told = {"source": source.name, "number": found.number, "folder": str(found.folder), "most": settings.KAWARABAN.wires.payload_bytes}
    return (
        ngettext(
            "%(source)s: %(number)d file in %(folder)s was too large and nobody has read it. "
            "Delete it, or set wires.payload_bytes (now %(most)d) higher and move it back.",
            "%(source)s: %(number)d files in %(folder)s were too large and nobody has read them. "
            "Delete them, or set wires.payload_bytes (now %(most)d) higher and move them back.",
            found.number,
        )
        % told
    )


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
