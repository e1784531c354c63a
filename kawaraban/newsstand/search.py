"""Searches: live answers, made by the desk, kept for a moment, and held to limits of their own so that no page waits for them.

What the desk makes has marks for its slots, which are filled whenever the answer is given: they are never older than on any page.
See docs/decisions/0022-the-search-page.md.
"""

import asyncio
import json
import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import NamedTuple

from kawaraban.conf import Configuration, listed
from kawaraban.newsstand.allowance import Allowance, Allowances
from kawaraban.newsstand.answers import SEARCH, Answer
from kawaraban.newsstand.desk import Desk
from kawaraban.newsstand.http import HSTS, SECURITY
from kawaraban.newsstand.pages import VARY
from kawaraban.newsstand.questions import SUGGEST
from kawaraban.newsstand.reply import Request
from kawaraban.newsstand.stock import Stock
from kawaraban.press import stitch
from kawaraban.press.compress import Part, compressed
from kawaraban.press.marks import Inset, Piece, Slot, cut
from kawaraban.readership.readers import Hops, network

ASK = "/-/search"
FRESH = 10.0  # seconds that an answer is kept, if nothing is changed before
SOON = 0.5  # seconds within which an answer is still given although something was changed while it was made
PATIENCE = 3.0  # seconds that a reader waits
STARTING = 30.0  # seconds after its own start in which a newsstand waits for a desk that was started with it, and takes longer
AGAIN = 0.1  # seconds after which it tries again
GREATEST = 1 << 20  # bytes of an answer
MOST_KEPT = 4 << 20  # bytes of all that are kept
FILLED = 24 << 10  # bytes that an answer with its slots takes, compressed
MOST_WAITING = 40
SUGGESTION = 1 / 6  # of what a search counts
HEADERS = [("cache-control", "public, max-age=1"), ("x-robots-tag", "noindex"), VARY]


class Question(NamedTuple):
    path: str
    query: str


class Unanswered(Exception):
    """There is no answer now: 429 when the reader has asked too much, else 503. There may be one in so many seconds."""

    def __init__(self, status: int, seconds: int) -> None:
        super().__init__(status, seconds)
        self.status, self.seconds = status, seconds


@dataclass(slots=True)
class Kept:
    """An answer of the desk's. changes: how many had been told when it was asked for, and since: when that was."""

    status: int
    mime: str
    pieces: tuple[Piece, ...]
    changes: int
    since: float
    may_be_kept: bool = True
    turn: int = -1  # of the stock, when `part` was right
    part: Part | None = None  # all of it, its slots filled in

    @property
    def weight(self) -> int:
        return FILLED + sum(len(piece) for piece in self.pieces if isinstance(piece, bytes))


class Search:
    """What takes no waiting is called with the newsstand's lock held, answer() without it on the loop's thread."""

    def __init__(self, config: Configuration, stock: Stock, desk: Desk, lock: threading.Lock) -> None:
        serve = config.serve
        self.stock, self.desk, self.lock = stock, desk, lock
        self.headers = [*HEADERS, *SECURITY, HSTS] if serve.hsts else [*HEADERS, *SECURITY]
        self.threads = ThreadPoolExecutor(serve.searches_at_once, "search")
        self.hops = Hops(listed(serve.proxies))
        self.allowance = Allowance(serve.searches_a_second, 2 * serve.searches_a_second, time.monotonic())
        self.of_readers = Allowances(serve.searches_a_reader / 60, max(1, serve.searches_a_reader / 2))
        self.kept: dict[Question, Kept] = {}
        self.weight = 0
        self.asked: dict[tuple[Question, int], asyncio.Future[Kept]] = {}
        self.started, self.has_been_answered = time.monotonic(), False

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)

    # What is kept

    def at_hand(self, question: Question, gzips: bool) -> Answer | None:
        kept = self.kept.get(question)
        if kept is None:
            return None
        if time.monotonic() - kept.since > FRESH or (kept.turn != self.stock.turn and kept.changes != self.stock.changes()):
            self.drop(question)
            return None
        return self.told(kept, gzips)

    def keep(self, question: Question, kept: Kept) -> None:
        """Unless something was changed since it was asked for: nobody can say whether the desk had seen that."""
        if kept.status == 200 and kept.may_be_kept and kept.changes == self.stock.changes():
            self.drop(question)
            self.kept[question] = kept
            self.weight += kept.weight
            while self.weight > MOST_KEPT:
                self.drop(next(iter(self.kept)))

    def drop(self, question: Question) -> None:
        if (before := self.kept.pop(question, None)) is not None:
            self.weight -= before.weight

    def tidy(self, now: float) -> None:
        """Once a second."""
        for question in [question for question, kept in self.kept.items() if now - kept.since > FRESH]:
            self.drop(question)
        self.of_readers.forget(now)

    def told(self, kept: Kept, gzips: bool) -> Answer:
        part = self.filled(kept)
        brief = [*self.headers, ("content-security-policy", self.stock.policy(self.stock.generation))]
        headers = [("content-type", kept.mime), *([("content-encoding", "gzip")] if gzips else ()), *brief]
        body = stitch.gzipped([part]) if gzips else stitch.identity([part])
        if kept.status != 200:
            return Answer(kept.status, headers, body, SEARCH)
        digest = stitch.tag([part])
        return Answer(200, headers, body, SEARCH, f'"{digest}-g"' if gzips else f'"{digest}"', brief)

    def filled(self, kept: Kept) -> Part:
        """With the slots of this moment, compressed once for each."""
        if kept.part is None or kept.turn != self.stock.turn:
            whole = b"".join(self.stock.slot(piece.name) if isinstance(piece, Slot) else piece for piece in kept.pieces)
            kept.part, kept.turn = compressed(whole), self.stock.turn
        return kept.part

    # What is asked of the desk

    async def answer(self, question: Question, request: Request) -> Kept:
        """Raises Unanswered. What was asked before something was changed, and took longer than SOON, is asked again."""
        for _ in range(2):
            kept = await self.once(question, request)
            if time.monotonic() - kept.since < SOON or kept.changes == self.changes():
                return kept
        raise Unanswered(503, 1)

    async def once(self, question: Question, request: Request) -> Kept:
        """Who asks the same at the same time gets the same answer."""
        changes = self.changes()
        if (asked := self.asked.get((question, changes))) is None:
            self.allow(question, request)
            asked = self.ask(question, changes)
        done, _ = await asyncio.wait({asked}, timeout=PATIENCE)
        if not done:
            raise Unanswered(503, 2)
        return asked.result()

    def changes(self) -> int:
        with self.lock:
            return self.stock.changes()

    def allow(self, question: Question, request: Request) -> None:
        """Raises Unanswered when the desk is gone, or has been asked enough by this reader, or by all."""
        now, cost = time.monotonic(), SUGGESTION if question.path == SUGGEST else 1.0
        if self.desk.is_down() and not self.awaits_desk():
            raise Unanswered(503, 5)
        address = self.hops.address(request.scope.client, request.headers.get("x-forwarded-for", ""))
        if not self.hops.is_trusted(address) and (seconds := self.of_readers.take(network(address, 32, 56), cost, now)):
            raise Unanswered(429, math.ceil(seconds))
        if len(self.asked) >= MOST_WAITING:
            raise Unanswered(503, 2)
        if seconds := self.allowance.take(cost, now):
            raise Unanswered(503, math.ceil(seconds))

    def ask(self, question: Question, changes: int) -> "asyncio.Future[Kept]":
        until = time.monotonic() + PATIENCE
        asked = asyncio.get_running_loop().run_in_executor(self.threads, self.fetch, question, changes, until)
        self.asked[question, changes] = asked
        asked.add_done_callback(lambda done: self.over(question, changes, done))
        return asked

    def over(self, question: Question, changes: int, done: "asyncio.Future[Kept]") -> None:
        del self.asked[question, changes]
        if not done.cancelled():
            done.exception()  # which whoever still waits is told; a reader who went away takes it along

    def fetch(self, question: Question, changes: int, until: float) -> Kept:
        """In a thread of its own. Raises Unanswered."""
        if time.monotonic() >= until:
            raise Unanswered(503, 2)  # nobody waits for it any more
        body = json.dumps(question._asdict()).encode()
        try:
            since, status, told, content = self.posted(body, until)
        except ConnectionRefusedError:
            self.desk.leave_alone()
            raise Unanswered(503, 1 if self.awaits_desk() else 5) from None
        except (OSError, HTTPException):
            raise Unanswered(503, 5) from None
        word = told.get("x-kawaraban-word", "")
        if status >= 500 or not word or len(content) > GREATEST:
            raise Unanswered(503, 5)
        pieces = tuple(piece for piece in cut(content.decode("utf-8", "replace"), word) if not isinstance(piece, Inset))  # of which it has none
        return Kept(status, told.get("content-type", ""), pieces, changes, since, told.get("cache-control") != "no-store")

    def posted(self, body: bytes, until: float) -> tuple[float, int, dict[str, str], bytes]:
        """When it was asked, and what came of it. Raises OSError or HTTPException."""
        while True:
            since = time.monotonic()
            try:
                answer = self.desk.post(ASK, body, {"Content-Type": "application/json"}, patience=PATIENCE, most=GREATEST + 1)
            except ConnectionRefusedError:
                if not self.awaits_desk() or time.monotonic() + AGAIN > until:
                    raise
                time.sleep(AGAIN)
            else:
                self.has_been_answered = True
                return (since, *answer)

    def awaits_desk(self) -> bool:
        return not self.has_been_answered and time.monotonic() - self.started < STARTING
