"""Asking the desk to print a page: each address once at a time, never more than the desk can bear."""

import asyncio
import heapq
import itertools
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPConnection, HTTPException

from kawaraban.conf import Configuration
from kawaraban.newsstand.absent import Absent

PATIENCE = 10.0  # seconds
THREADS = 4
A_SECOND, BURST = 20, 40
RESERVE = 20  # of the burst, which pages that can wait leave to readers who do
MOST_WAITING, MOST_OUTDATED = 200, 1_000
LEFT_ALONE = 1.0  # seconds after the desk refused a connection
READER, LATER = 0, 1


class Outcome(Enum):
    PRINTED = "ok"
    ABSENT = "absent"
    FAILED = "failed"
    DOWN = "refused"
    BUSY = "busy"


@dataclass(order=True)
class Wish:
    urgency: int
    number: int
    address: str = field(compare=False)
    until: float = field(compare=False)
    told: "asyncio.Future[Outcome]" = field(compare=False)
    taken: bool = field(default=False, compare=False)


class Desk:
    """One thread, the loop's; the connections have threads of their own."""

    def __init__(self, config: Configuration, count: Callable[[Outcome], None] = lambda outcome: None) -> None:
        self.host, self.port = config.serve.host, config.serve.desk_port
        self.authorization = f"Bearer {config.token}"
        self.count = count
        self.absent = Absent()
        self.left_alone = Absent(MOST_OUTDATED)  # outdated pages that were asked for a moment ago
        self.wishes: dict[str, Wish] = {}
        self.queue: list[Wish] = []
        self.numbers = itertools.count()
        self.waiting = [0, 0]
        self.asking = 0
        self.tokens, self.filled = float(BURST), time.monotonic()
        self.down_until = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self.threads = ThreadPoolExecutor(THREADS, "desk")

    def close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.threads.shutdown(wait=False, cancel_futures=True)

    def leave_alone(self) -> None:
        """It refused a connection."""
        self.down_until = time.monotonic() + LEFT_ALONE

    def is_down(self) -> bool:
        return time.monotonic() < self.down_until

    async def print(self, address: str) -> Outcome:
        """Has a page printed that a reader waits for."""
        wish = self.wish(address, READER)
        if wish is None:
            return Outcome.BUSY
        done, _ = await asyncio.wait({wish.told}, timeout=PATIENCE)
        return wish.told.result() if done else Outcome.FAILED

    def print_later(self, address: str) -> None:
        """Has an outdated page printed when there is time."""
        now = time.monotonic()
        if not self.left_alone.has(address, now) and self.wish(address, LATER) is not None:
            self.left_alone.add(address, now)

    def wish(self, address: str, urgency: int) -> Wish | None:
        """The one wish for an address; None when too many are waiting."""
        known = self.wishes.get(address)
        if known is not None and (known.taken or known.urgency <= urgency):
            return known
        if self.waiting[urgency] >= (MOST_OUTDATED if urgency else MOST_WAITING):
            return None
        told = known.told if known is not None else asyncio.get_running_loop().create_future()
        made = self.wishes[address] = Wish(urgency, next(self.numbers), address, time.monotonic() + PATIENCE, told)
        heapq.heappush(self.queue, made)
        self.waiting[urgency] += 1
        self.pump()
        return made

    def pump(self) -> None:
        """Takes up what may be asked now, and comes again when the next may be."""
        while self.queue and self.asking < THREADS:
            wish = self.queue[0]
            if self.is_stale(wish):
                heapq.heappop(self.queue)
                self.waiting[wish.urgency] -= 1
                continue
            if self.is_down():
                self.take(wish).set_result(Outcome.DOWN)
                continue
            if (missing := self.missing(wish.urgency)) > 0:
                self.come_again(missing / A_SECOND)
                return
            self.tokens -= 1
            self.asking += 1
            told = self.take(wish, keeps=True)
            future = asyncio.get_running_loop().run_in_executor(self.threads, self.ask, wish.address)
            future.add_done_callback(lambda done, wish=wish, told=told: self.answered(wish, told, done))  # type: ignore[misc]

    def is_stale(self, wish: Wish) -> bool:
        """Replaced by a more urgent one, or nobody waits for it any more."""
        if self.wishes.get(wish.address) is not wish:
            return True
        if wish.urgency == READER and time.monotonic() > wish.until:
            del self.wishes[wish.address]
            wish.told.set_result(Outcome.FAILED)
            return True
        return False

    def take(self, wish: Wish, *, keeps: bool = False) -> "asyncio.Future[Outcome]":
        heapq.heappop(self.queue)
        self.waiting[wish.urgency] -= 1
        wish.taken = True
        if not keeps:
            del self.wishes[wish.address]
        return wish.told

    def missing(self, urgency: int) -> float:
        """How much of a token is missing before one may be asked."""
        now = time.monotonic()
        self.tokens = min(BURST, self.tokens + (now - self.filled) * A_SECOND)
        self.filled = now
        return 1.0 + (RESERVE if urgency else 0) - self.tokens

    def come_again(self, seconds: float) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(max(seconds, 0.001), self.pump)

    def answered(self, wish: Wish, told: "asyncio.Future[Outcome]", done: "asyncio.Future[Outcome]") -> None:
        outcome = Outcome.FAILED if done.cancelled() or done.exception() else done.result()
        now = time.monotonic()
        self.asking -= 1
        self.wishes.pop(wish.address, None)
        self.count(outcome)
        if outcome is Outcome.DOWN:
            self.leave_alone()
        elif outcome is Outcome.ABSENT:
            self.absent.add(wish.address, now)
        if not told.done():
            told.set_result(outcome)
        self.pump()

    def ask(self, address: str) -> Outcome:
        """In a thread of its own."""
        body = json.dumps({"address": address}).encode()
        try:
            status, _, answer = self.post("/-/print", body, {"Content-Type": "application/json"})
            printed = json.loads(answer)["printed"] if status == 200 else None
        except ConnectionRefusedError:
            return Outcome.DOWN
        except (OSError, HTTPException, ValueError, KeyError, TypeError):
            return Outcome.FAILED
        return Outcome.PRINTED if printed is True else Outcome.ABSENT if printed is False else Outcome.FAILED

    def post(
        self, path: str, body: bytes, headers: dict[str, str], *, patience: float = PATIENCE, most: int | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """In a thread of its own: status, headers in lower case, body up to so many bytes. Raises OSError or HTTPException."""
        connection = HTTPConnection(self.host, self.port, timeout=patience)
        try:
            connection.request("POST", path, body, {"Authorization": self.authorization, "Connection": "close", **headers})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read(most)
        finally:
            connection.close()
