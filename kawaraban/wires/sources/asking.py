"""Asks a source once, and notes what came of it and when it is asked again."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Q

from kawaraban.wires import health
from kawaraban.wires.archive import Unkept
from kawaraban.wires.fault import Fault
from kawaraban.wires.models import Source
from kawaraban.wires.sources import mailbox, polling
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.pauses import pause

log = logging.getLogger(__name__)

ASK: dict[str, Callable[[Source, datetime], None]] = {"poll": polling.ask, "mailbox": mailbox.ask}
LEASE = timedelta(minutes=5)  # after which a source whose asker was killed is asked by another


def due(now: datetime) -> list[Source]:
    """The sources that are to be asked now, those that send by themselves left out."""
    return list(Source.objects.due(now).filter(kind__in=ASK))


def claim(source: Source, now: datetime) -> bool:
    """Whether it is ours to ask: of several processes one gets it."""
    unchanged = Q(next_at=source.next_at) if source.next_at else Q(next_at__isnull=True)
    return bool(Source.objects.filter(unchanged, pk=source.pk, is_on=True).update(next_at=now + LEASE))


def ask(source: Source, clock: Callable[[], datetime], chance: Callable[[], float] = random.random) -> str:
    """Asks a source that was claimed; gives the sentence of what went wrong, in English, or nothing. Raises database errors."""
    fault, seconds = None, 0.0
    try:
        ASK[source.kind](source, clock())
    except Unanswered as error:
        fault, seconds = error.fault, error.seconds
    except Unkept as error:
        fault = error.fault
    except Error:
        raise
    except Exception as error:
        log.exception("the source %s met what it did not expect", source.key)
        fault = Fault("Something went wrong that should not: %(error)s.", {"error": f"{type(error).__name__}: {error}"})
    if fault:
        health.failed(source, fault)
    plan(source, clock(), seconds, chance())
    return str(fault or "")


def plan(source: Source, now: datetime, seconds: float, chance: float) -> None:
    """seconds: that the source asked to be left alone for, at least. Who pressed “look now” meanwhile is not put off."""
    failures = Source.objects.values_list("failures_in_a_row", flat=True).get(pk=source.pk)
    until = now + max(pause(source.schedule, failures, chance), timedelta(seconds=seconds))
    Source.objects.filter(pk=source.pk, next_at__isnull=False).update(next_at=until)


def look_now(source: Source) -> None:
    """The worker asks it within a second or two."""
    Source.objects.filter(pk=source.pk).update(next_at=None)
