"""What keeps reads from being counted, as sentences for `kawaraban check` and the desk."""

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawaraban.conf import VALKEY, Configuration
from kawaraban.readership import sites
from kawaraban.readership.lagging import Lag, of_spool
from kawaraban.readership.rolling import SOURCE
from kawaraban.readership.unreachable import Unreachable

if TYPE_CHECKING:
    from kawaraban.readership.stores.valkey import ValkeyStore

PATIENCE = 60.0  # seconds after which reads that wait to be counted are an alarm


def lag(found: Configuration, now: float) -> Lag:
    """What waits on this host, and on the server that hosts share. now: seconds since 1970. Raises OSError, database errors."""
    if found.readership.engine == VALKEY:
        here, there = shared_lags(now, found)
        return Lag(here.records + there.records, max(here.seconds, there.seconds))
    offsets = sites.store().offsets()
    return of_spool(found.reads / "spool", now, {source.removeprefix(SOURCE): offset.place for source, offset in offsets.items()})


def shared_lags(now: float, found: Configuration) -> tuple[Lag, Lag]:
    """What has not been sent, and what has been sent and not been counted."""
    from kawaraban.readership import shared  # with a library that only this engine needs

    store = cast("ValkeyStore", sites.store())
    return shared.unsent(found.reads / "spool", store.server, now), shared.uncounted(store, now)


def alarms(found: Configuration) -> Iterator[str]:
    if found.readership.engine == VALKEY:
        yield from of_server(found)
    else:
        yield from uncounted(lag(found, time.time()))
    if count := in_memory(found):
        told = ngettext(
            "%(count)d read is in the newsstand's memory alone: the disk of %(folder)s takes nothing. Make room before the newsstand is stopped.",
            "%(count)d reads are in the newsstand's memory alone: the disk of %(folder)s takes nothing. Make room before the newsstand is stopped.",
            count,
        )
        yield told % {"count": count, "folder": found.reads}


def uncounted(waiting: Lag) -> Iterator[str]:
    if waiting.seconds > PATIENCE:
        told = ngettext(
            "%(count)d read has been waiting to be counted for %(minutes)d minutes: is the worker running?",
            "%(count)d reads have been waiting to be counted, the first for %(minutes)d minutes: is the worker running?",
            waiting.records,
        )
        yield told % {"count": waiting.records, "minutes": waiting.seconds / 60}


def of_server(found: Configuration) -> Iterator[str]:
    from kawaraban.readership import shared  # with a library that only this engine needs

    try:
        unsent, waiting = shared_lags(time.time(), found)
        yield from shared.faults(cast("ValkeyStore", sites.store()).server)
    except Unreachable as error:
        told = _("Reads can’t be counted and wait in %(folder)s of each host, lists stay as they are: %(error)s.")
        yield told % {"folder": found.reads / "spool", "error": error}
        return
    if unsent.seconds > PATIENCE:
        told = ngettext(
            "%(count)d read of this host has been waiting to be sent for %(minutes)d minutes: is the forwarder running?",
            "%(count)d reads of this host have been waiting to be sent, the first for %(minutes)d minutes: is the forwarder running?",
            unsent.records,
        )
        yield told % {"count": unsent.records, "minutes": unsent.seconds / 60}
    yield from uncounted(waiting)


def in_memory(found: Configuration) -> int:
    """How many reads no disk has taken, as the newsstand's processes last told."""
    count = 0
    for file in (found.data / "run").glob("metrics-*"):
        try:
            if time.time() - file.stat().st_mtime < PATIENCE:
                count += int(json.loads(file.read_text())["sums"].get("unwritten", 0))
        except (OSError, ValueError, KeyError):
            continue
    return count
