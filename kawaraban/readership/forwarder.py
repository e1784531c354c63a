"""`kawaraban forwarder`: sends what a host's newsstand took to the server that all hosts share, second by second. No Django, no numpy."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from zoneinfo import ZoneInfo

from kawaraban.conf import Configuration
from kawaraban.readership import spool
from kawaraban.readership.forwarding import forward, sent_of
from kawaraban.readership.lagging import UNSENT, of_spool
from kawaraban.readership.readers import Salts
from kawaraban.readership.server import Server
from kawaraban.readership.sharing import share
from kawaraban.readership.unreachable import Unreachable

EVERY, SHARED_EVERY, TOLD_EVERY = 1.0, 60.0, 60.0  # seconds


class Forwarder:
    def __init__(self, config: Configuration, tell: Callable[[str], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        rules = config.readership
        self.config, self.tell, self.monotonic = config, tell, monotonic
        self.server, self.salts, self.zone = Server(rules.valkey, rules.valkey_prefix), Salts(config.reads), ZoneInfo(config.site.time_zone)
        self.shared = self.told = float("-inf")
        self.is_away = False
        self.places: dict[str, int] = {}  # how far files have been sent

    def run(self, stop: Event) -> None:
        """Until stopped; then once more, so that what a newsstand took last does not wait."""
        while not stop.wait(EVERY):
            self.turn(stop.is_set)
        self.turn(lambda: False)
        self.server.close()

    def turn(self, is_over: Callable[[], bool]) -> None:
        """What can't be sent waits in the spool, and is said once a minute."""
        try:
            self.share()
            forward(self.config.reads / "spool", self.server, lambda: time.time_ns() // 1_000_000, is_over)
        except OSError as error:
            self.fail(error)
        else:
            if self.is_away:
                self.tell("reads are sent again.")
            self.is_away, self.told = False, float("-inf")
        self.note()

    def share(self) -> None:
        """What another secret has sealed, or a disk does not take, keeps no read from being sent."""
        if self.monotonic() - self.shared <= SHARED_EVERY:
            return
        try:
            share(self.salts, self.server, self.config.reads_key, self.zone, time.time())
        except Unreachable:
            raise
        except OSError as error:
            self.tell(str(error))
        self.shared = self.monotonic()

    def note(self) -> None:
        """What waits here, for the newsstand's figures."""
        with suppress(OSError):
            files = spool.files(self.config.reads / "spool")
            if not self.is_away:
                self.places = {file.name: sent.place for file, sent in zip(files, sent_of(files, self.server), strict=True)}
            waiting = of_spool(self.config.reads / "spool", time.time(), self.places)
            file = self.config.data / UNSENT
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_suffix(".new")
            partial.write_text(f"{waiting.records} {waiting.seconds:.0f}")
            partial.replace(file)

    def fail(self, error: OSError) -> None:
        self.is_away = True
        if self.monotonic() - self.told > TOLD_EVERY:
            self.told = self.monotonic()
            self.tell(f"{error}. Reads wait in {self.config.reads / 'spool'}.")


def run(config: Configuration, stop: Event) -> None:
    Forwarder(config, lambda sentence: print(f"kawaraban forwarder: {sentence}", file=sys.stderr)).run(stop)
