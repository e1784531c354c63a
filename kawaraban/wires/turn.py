"""What the worker does for the wires, turn after turn."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Thread

from django.db import Error as DatabaseError

from kawaraban.wires import mails, retention, sweeping
from kawaraban.wires.ingest import archive, bell

log = logging.getLogger(__name__)

EVERY_MAILS, EVERY_SWEEP, EVERY_FORGETTING, REST = 3.0, 5.0, 3600.0, 5.0  # seconds
FIRST_DAYS, DAYS = 30, 1  # looked through for payloads without a row: when the worker starts, and then


class Turn:
    """One worker's. All that it knows of the past is in archive and database, so it may end at any time."""

    def __init__(self) -> None:
        self.days = FIRST_DAYS
        self.bell = bell()
        self.postman: Thread | None = None
        self.next: dict[str, float] = {}

    def __call__(self, now: datetime, is_over: Callable[[], bool]) -> int:
        """Gives how many payloads were taken in. What nobody foresaw does not keep the press from printing. Raises database errors."""
        if time.monotonic() < self.next.get("rested", 0.0):
            return 0
        try:
            return self.work(now, is_over)
        except DatabaseError:
            raise
        except Exception:
            log.exception("the wires met what they did not expect and go on")
            self.next["rested"] = time.monotonic() + REST
            return 0

    def work(self, now: datetime, is_over: Callable[[], bool]) -> int:
        self.bell.hear()
        if self.is_due("sweep", EVERY_SWEEP):
            sweeping.note_unknown(now, self.days)
            self.days = DAYS
        done = sweeping.take_in_waiting(now, is_over)
        if self.is_due("mails", EVERY_MAILS):
            self.post(now)
        if self.is_due("forgetting", EVERY_FORGETTING):
            archive().sweep(now)
            retention.forget(now)
            retention.prune(now)
        return done

    def post(self, now: datetime) -> None:
        """In a thread: a mail server that does not answer keeps nobody waiting but itself."""
        if (self.postman and self.postman.is_alive()) or not mails.are_waiting():
            return
        self.postman = Thread(target=mails.round_of, args=[now], name="postman", daemon=True)
        self.postman.start()

    def is_called(self) -> bool:
        """Whether a payload has been kept since the last turn began."""
        return self.bell.is_ringing

    def is_due(self, task: str, every: float) -> bool:
        if time.monotonic() < self.next.get(task, 0.0):
            return False
        self.next[task] = time.monotonic() + every
        return True
