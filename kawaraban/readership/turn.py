"""What the worker does for the readership: reads rolled up every 5 seconds, lists reckoned anew, old counts folded, the weekly report mailed."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING, cast

from django.conf import settings

from kawaraban.conf import VALKEY
from kawaraban.readership import posting, sites
from kawaraban.readership.columns import Grain
from kawaraban.readership.lists import rerank
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.unreachable import Unreachable

if TYPE_CHECKING:
    from kawaraban.readership.counter import Counter
    from kawaraban.readership.stores.valkey import ValkeyStore

log = logging.getLogger(__name__)

EVERY, RANKED_EVERY, POSTED_EVERY, FOLDED_EVERY = 5.0, 55.0, 60.0, 3600.0  # seconds
SHARE = 20  # lists are reckoned anew when there are new reads, but in a twentieth of the time at most


class Turn:
    """One worker's turn after turn. It may end at any time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.rolled = self.ranked = self.posted = self.folded = float("-inf")
        self.cost = 0.0
        self.has_news = False
        self.postman: Thread | None = None
        self.counter: Counter | None = None

    def __call__(self, now: datetime, is_over: Callable[[], bool]) -> int:
        """Gives the number of records that were counted. Raises OSError, database errors."""
        began, moment = self.monotonic(), round(now.timestamp() * 1000)
        if began - self.rolled < EVERY:
            return 0
        is_shared = settings.KAWARABAN.readership.engine == VALKEY
        count = self.count_shared(moment) if is_shared else self.count(moment, is_over)
        self.has_news |= count > 0
        if not is_over():
            self.rolled = began
        if not self.is_away:
            self.rank(moment)
        self.post(now)
        return count

    def count(self, now: int, is_over: Callable[[], bool]) -> int:
        count = roll_up(settings.KAWARABAN.reads / "spool", sites.store(), sites.days(), lambda: now, is_over)
        if not is_over() and self.is_to_fold():
            fold(now)
        return count

    def count_shared(self, now: int) -> int:
        """What all hosts sent, counted in a thread; gives what has been counted since the last turn."""
        if self.counter is None:
            from kawaraban.readership.counter import Counter  # with a library that only this engine needs

            self.counter = Counter(cast("ValkeyStore", sites.store()), sites.days(), fold)
        return self.counter.begin(now, self.is_to_fold)

    @property
    def is_away(self) -> bool:
        """Whether the counts can't be read now. Readers see the lists as they were."""
        return self.counter is not None and self.counter.is_away

    def is_to_fold(self) -> bool:
        """Once an hour."""
        began = self.monotonic()
        if began - self.folded <= FOLDED_EVERY:
            return False
        self.folded = began
        return True

    def rank(self, now: int) -> None:
        began = self.monotonic()
        since = began - self.ranked
        if since > RANKED_EVERY or (self.has_news and since > SHARE * self.cost):
            try:
                rerank(now)
            except Unreachable as error:
                log.warning("%s. The lists stay as they are.", error)
            else:
                self.has_news = False
            self.ranked, self.cost = began, self.monotonic() - began

    def post(self, now: datetime) -> None:
        """In a thread: a mail server that does not answer keeps nobody waiting but itself."""
        if self.monotonic() - self.posted < POSTED_EVERY or (self.postman and self.postman.is_alive()):
            return
        self.posted = self.monotonic()
        if posting.due(now):
            self.postman = Thread(target=posting.round_of, args=[now], name="report", daemon=True)
            self.postman.start()


def fold(now: int) -> None:
    """Lets minutes go after 26 hours and hours after 35 days, whose reads their days have, and what is remembered of days that are over."""
    store, days = sites.store(), sites.days()
    store.drop(Grain.MINUTE, days.hour(now - sites.MINUTES_KEPT))
    store.drop(Grain.HOUR, days.day(now - sites.HOURS_KEPT))
    store.forget(now)
