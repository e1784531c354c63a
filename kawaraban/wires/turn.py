"""What the worker does for the wires, turn after turn."""

import time
from collections.abc import Callable
from datetime import datetime

from kawaraban.wires import mails, retention, sweeping
from kawaraban.wires.ingest import archive, bell

EVERY_MAILS, EVERY_SWEEP, EVERY_FORGETTING = 3.0, 5.0, 3600.0  # seconds
FIRST_DAYS, DAYS = 30, 1  # looked through for payloads without a row: when the worker starts, and then


class Turn:
    """One worker's. All that it knows of the past is in archive and database, so it may end at any time."""

    def __init__(self) -> None:
        self.is_first = True
        self.bell = bell()
        self.next: dict[str, float] = {}

    def __call__(self, now: datetime, is_over: Callable[[], bool]) -> int:
        """Gives how many payloads were taken in. Raises Unkept, database errors."""
        self.bell.hear()
        if self.is_due("sweep", EVERY_SWEEP):
            sweeping.note_unknown(now, FIRST_DAYS if self.is_first else DAYS)
            self.is_first = False
        done = sweeping.take_in_waiting(now, is_over)
        if self.is_due("mails", EVERY_MAILS):
            mails.send_waiting(now)
        if self.is_due("forgetting", EVERY_FORGETTING):
            archive().sweep(now)
            retention.forget(now)
            retention.prune(now)
        return done

    def is_called(self) -> bool:
        """Whether a payload has been kept since the last turn began."""
        return self.bell.is_ringing

    def is_due(self, task: str, every: float) -> bool:
        if time.monotonic() < self.next.get(task, 0.0):
            return False
        self.next[task] = time.monotonic() + every
        return True
