"""What keeps readers from seeing what has changed, as sentences for `kawaraban check` and the desk."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawaraban.conf import Configuration
from kawaraban.pages.models import Change
from kawaraban.press.edition import Counts, Edition
from kawaraban.press.room import EditionFull
from kawaraban.readership import alarms as reads
from kawaraban.search.site import alarms as search
from kawaraban.wires import alarms as wires
from kawaraban.wires.models import Source

PATIENCE = 30.0  # seconds after which something that waits is an alarm
HEARTBEAT = Path("run") / "worker"


def beat(found: Configuration) -> None:
    """The worker is alive."""
    file = found.data / HEARTBEAT
    file.parent.mkdir(exist_ok=True)
    file.touch()


def is_worker_alive(found: Configuration) -> bool:
    try:
        return time.time() - (found.data / HEARTBEAT).stat().st_mtime < PATIENCE
    except FileNotFoundError:
        return False


def alarms(found: Configuration, edition: Edition) -> list[str]:
    return [*of_writing(edition), *of_worker(found, edition.counts()), *of_changes(), *of_sources(found), *reads.alarms(found), *search.alarms(found)]


def of_writing(edition: Edition) -> Iterator[str]:
    try:
        edition.note("written at", str(time.time()))
    except EditionFull:
        yield _("Nothing can be printed: there is no room left for %(folder)s. Make room; readers still get what has been printed.") % {
            "folder": edition.folder
        }


def of_worker(found: Configuration, counts: Counts) -> Iterator[str]:
    if counts.waiting and not is_worker_alive(found):
        yield ngettext(
            "%(number)d page waits to be printed and no worker is running. Start one: kawaraban … worker.",
            "%(number)d pages wait to be printed and no worker is running. Start one: kawaraban … worker.",
            counts.waiting,
        ) % {"number": counts.waiting}
    if failed := counts.by_urgency.get("retry", 0):
        yield ngettext(
            "%(number)d page can’t be printed; the log of desk and worker says why. It is tried again every minute.",
            "%(number)d pages can’t be printed; the log of desk and worker says why. They are tried again every minute.",
            failed,
        ) % {"number": failed}


def of_sources(found: Configuration) -> Iterator[str]:
    yield from wires.alarms(timezone.now())
    if Source.objects.on().exists() and not is_worker_alive(found):
        yield _("No worker is running, so nothing is taken in from agencies. Start one: kawaraban … worker.")


def of_changes() -> Iterator[str]:
    late = Change.objects.filter(created__lt=timezone.now() - timedelta(seconds=PATIENCE)).count()
    if late:
        yield ngettext(
            "%(number)d change has not reached the press yet. Is the worker running?",
            "%(number)d changes have not reached the press yet. Is the worker running?",
            late,
        ) % {"number": late}
