"""The stream counted in a thread of its own, so that a server that does not answer keeps nobody waiting."""

import logging
from collections.abc import Callable
from threading import Thread

from kawaraban.readership.days import Days
from kawaraban.readership.stores.store import Outrun
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import count_stream

log = logging.getLogger(__name__)


class Counter:
    """A worker has one."""

    def __init__(self, store: ValkeyStore, days: Days, fold: Callable[[int], object]) -> None:
        self.store, self.days, self.fold = store, days, fold
        self.thread: Thread | None = None
        self.counted = 0
        self.is_away = False

    def begin(self, now: int, is_to_fold: Callable[[], bool]) -> int:
        """Has what waits be counted, unless that goes on still; gives how many records have been since it was last asked."""
        if self.thread is None or not self.thread.is_alive():
            self.thread = Thread(target=self.round, args=(now, is_to_fold()), name="counter", daemon=True)
            self.thread.start()
        counted, self.counted = self.counted, 0
        return counted

    def round(self, now: int, is_folding: bool) -> None:
        try:
            self.counted += count_stream(self.store.server, self.store, self.days, lambda: now)
            if is_folding:
                self.fold(now)
                self.store.pack(now)
        except Outrun:
            log.info("another worker counts, too")
        except OSError as error:
            if not self.is_away:
                log.warning("%s. The lists stay as they are.", error)
            self.is_away = True
        except Exception:
            log.exception("the stream of reads met what was not expected")
            self.is_away = True
        else:
            if self.is_away:
                log.warning("reads are counted again")
            self.is_away = False
