"""The worker's threads that look at sources: one for folders, one that empties them of what is past its time, one that asks what is due, each
source in a thread of its own.

They only archive. What has been archived is read by the worker's turn, so that a slow agency holds up neither printing nor filing.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from kawaraban.wires.models import Source
from kawaraban.wires.sources import emptying
from kawaraban.wires.sources.asking import ask, claim, due
from kawaraban.wires.sources.from_file import merge
from kawaraban.wires.sources.picking_up import Folders

log = logging.getLogger(__name__)

LOOK_EVERY, RENEW_EVERY, ASK_EVERY, EMPTY_EVERY = 0.15, 2.0, 1.0, 86_400.0  # seconds
FIRST_EMPTYING = 300.0  # seconds after the start: there is more urgent work then
AT_ONCE = 6
AFTER_A_FAULT = 5.0


class Watch:
    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.stop = threading.Event()
        self.folders = Folders()
        self.renew_at = 0.0
        self.is_merged = False
        self.asking: dict[int, threading.Thread] = {}
        self.at_once = at_once
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        """Threads that end with the process: whatever they are at may be ended at any time."""
        self.threads += [
            started("folders", self.again_and_again, self.look, LOOK_EVERY),
            started("sources", self.again_and_again, self.ask_due, ASK_EVERY),
            started("emptying", self.again_and_again, self.empty, EMPTY_EVERY, FIRST_EMPTYING),
        ]

    def end(self, patience: float = 1.0) -> None:
        self.stop.set()
        until = time.monotonic() + patience
        for thread in [*self.threads, *self.asking.values()]:
            thread.join(max(0.0, until - time.monotonic()))

    def again_and_again(self, work: Callable[[], None], every: float, first: float = 0.0) -> None:
        self.stop.wait(first)
        while not self.stop.is_set():
            pause = every
            try:
                close_old_connections()
                work()
            except Error as error:
                log.warning("sources can't be looked at, the database did not answer: %s", error)
                connection.close()
                pause = AFTER_A_FAULT
            except Exception:
                log.exception("looking at sources met what it did not expect and goes on")
                pause = AFTER_A_FAULT
            self.stop.wait(pause)
        connection.close()

    def look(self) -> None:
        if time.monotonic() >= self.renew_at:
            self.folders.renew()
            self.renew_at = time.monotonic() + RENEW_EVERY
        self.folders.look(timezone.now())

    def empty(self) -> None:
        emptying.empty(timezone.now())
        connection.close()  # not needed for a day

    def ask_due(self) -> None:
        """Begins to ask what is due; what there is no thread for waits a second."""
        if not self.is_merged:
            merge(settings.KAWARABAN)
            self.is_merged = True
        self.asking = {key: thread for key, thread in self.asking.items() if thread.is_alive()}
        for source in due(timezone.now()):
            if len(self.asking) >= self.at_once:
                break
            if source.pk not in self.asking and claim(source, timezone.now()):
                source.refresh_from_db()
                self.asking[source.pk] = started(f"source {source.key}", self.ask_one, source)

    def ask_one(self, source: Source) -> None:
        try:
            ask(source, timezone.now)
        except Error as error:
            log.warning("the source %s could not be noted: %s", source.key, error)
        finally:
            connection.close()


def started(name: str, work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments, name=name, daemon=True)
    thread.start()
    return thread
