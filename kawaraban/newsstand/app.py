"""Answers readers from the edition: `kawaraban.newsstand.app:application` is what granian runs (a factory)."""

import gc
import os
import signal
import threading
import time
from asyncio import AbstractEventLoop, TimerHandle
from collections import deque
from collections.abc import Awaitable
from functools import partial
from pathlib import Path

from kawaraban import conf
from kawaraban.newsstand import beacon, http, media, newsletter, programs, questions, statics
from kawaraban.newsstand.access_log import AccessLog
from kawaraban.newsstand.answers import PAGE, SEARCH, Answer
from kawaraban.newsstand.assets import Assets
from kawaraban.newsstand.chores import Chores
from kawaraban.newsstand.desk import Desk, Outcome
from kawaraban.newsstand.loop import Later, on_the_loop
from kawaraban.newsstand.metrics import Metrics
from kawaraban.newsstand.notices import notice, plain
from kawaraban.newsstand.pages import GZIP_BYTES, Pages
from kawaraban.newsstand.reply import Reply, Request, tell
from kawaraban.newsstand.rsgi import DONE, Header, Proto, Scope
from kawaraban.newsstand.search import Question, Search, Unanswered
from kawaraban.newsstand.stock import Stock, Unreadable
from kawaraban.newsstand.taking import Settled, Taking, settle
from kawaraban.press.records import is_fit

COLLECTED_AFTER = (20_000, 20, 50)  # answers hold no cycles: the interpreter need not look for them after every few
ROOM = "-search"  # what its pages for 429 and 503 are filed under
MOST_CODINGS = 500  # Accept-Encodings that are remembered


class Newsstand:
    """One a process. Whatever takes no waiting is answered before the call returns, in the thread that brought it (see loop.py).

    The rest, and what is done each second, happens on the loop's thread. The lock is held by whichever
    looks at the stock and what is made of it, and never while something is waited for.
    """

    def __init__(self, config: conf.Configuration, *, kept: int = GZIP_BYTES) -> None:
        hsts = config.serve.hsts
        self.stock = Stock(config.edition)
        self.pages = Pages(self.stock, self.ask_later, hsts=hsts, kept=kept)
        package = Path(conf.__file__).parent.parent
        self.statics = statics.Statics(Assets([package / "pages" / "static", config.theme / "static"]), hsts=hsts)
        self.media = media.Media(config.media, hsts=hsts)
        self.taking = Taking(config.reads / "spool", tell) if config.readership.counted else None
        self.settled = self.taking.settled if self.taking else deque[Settled]()
        self.beacon = beacon.Beacon(config, self.taking) if self.taking else None
        self.metrics = Metrics(config.data / "run", self.stock, self.taking)
        self.chores = Chores(tell)
        self.log = AccessLog(config.home / config.serve.access_log) if config.serve.access_log else None
        self.reply = Reply(self.metrics, self.log)
        self.desk = Desk(config, self.metrics.asked)
        self.newsletter = newsletter.Newsletter(self.desk, hsts=hsts)
        self.lock = threading.Lock()
        self.search = Search(config, self.stock, self.desk, self.lock)
        self.codings: dict[str | None, bool] = {None: False}
        self.prefix, self.number = f"{os.getpid():x}-{time.time_ns() // 1000 & 0xFFFFFFFF:x}-", 0
        self.timer: TimerHandle | None = None
        self.loop: AbstractEventLoop | None = None

    # Start and end

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # meant for granian, which starts other processes in place of this one
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        self.loop = loop
        self.stock.open()
        if self.taking is not None and self.beacon is not None:
            self.taking.open()
            self.beacon.see_to_salts()
            self.chores.add(self.beacon.see_to_salts)
        self.write_metrics()
        self.chores.add(self.write_metrics)
        self.chores.open()
        if self.log is not None:
            self.log.open()
        self.tick(loop)

    def __rsgi_del__(self, loop: AbstractEventLoop) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.desk.close()
        self.newsletter.close()
        self.search.close()
        if self.log is not None:
            self.log.close()
        if self.taking is not None:
            self.taking.close()
        self.chores.close()
        with self.lock:
            self.metrics.close()
            self.stock.close()

    def tick(self, loop: AbstractEventLoop) -> None:
        """Once a second. A fault in it is told, and the next second comes all the same."""
        self.timer = loop.call_later(1.0, self.tick, loop)
        try:
            with self.lock:
                self.stock.tend()
                self.desk.absent.forget_after(self.stock.changes())
                self.stock.give_back()
                if self.beacon is not None:
                    self.beacon.look(time.time(), beacon.carried(self.stock.slots(beacon.SLOT, beacon.GENERATIONS)))
                self.pages.tidy(time.monotonic())
                self.search.tidy(time.monotonic())
            if self.taking is not None:
                self.taking.look()
        except Exception as error:
            tell(f"the look that is taken each second failed: {error!r}")

    def write_metrics(self) -> None:
        with self.lock:
            self.metrics.remembered = len(self.desk.absent)
            figures = self.metrics.own()
        self.metrics.write(figures)

    # Requests

    def __rsgi__(self, scope: Scope, proto: Proto) -> Awaitable[None]:
        """What is at hand is given here; the rest is found by route(). 3 µs: nothing here is looked at twice."""
        if self.settled:
            settle(self.settled)
        with self.lock:
            return self.answer(scope, proto)

    def answer(self, scope: Scope, proto: Proto) -> Awaitable[None]:
        began = time.perf_counter()
        headers = scope.headers
        if not (request_id := http.sane_id(headers.get("x-request-id"))):
            self.number += 1
            request_id = f"{self.prefix}{self.number:x}"
        try:
            stock = self.stock
            if stock.look() != stock.seen:
                stock.renew()
            method, path, query = scope.method, scope.path, scope.query_string
            coding = headers.get("accept-encoding")
            if (gzips := self.codings.get(coding)) is None:
                gzips = self.gzips(coding)
            answer = (self.pages.gzipped if gzips else self.pages.plain).get((path, query) if query else path)
            if answer is None or answer.turn != stock.turn or method not in ("GET", "HEAD"):
                return self.route(Request(scope, proto, headers, method, path, query, gzips, began, request_id))
            condition = headers.get("if-none-match")
            if condition is not None and answer.brief and http.matches(condition, answer.tag):
                status, sent = 304, 0
                proto.response_empty(304, answer.told_in_brief(request_id))
            else:
                if (pieces := answer.pieces) is not None:
                    answer.asked += self.pages.favourites.step
                elif (pieces := self.pages.readable_pieces(answer)) is None:
                    return self.route(Request(scope, proto, headers, method, path, query, gzips, began, request_id))
                body = b"".join(pieces)
                status, sent = answer.status, len(body) if method == "GET" else 0
                proto.response_bytes(status, answer.told(request_id), body)
            self.reply.note(scope, request_id, PAGE, status, sent, time.perf_counter() - began, answer.headers)
        except Exception as error:
            self.reply.fail(proto, request_id, error)
        return DONE

    def gzips(self, coding: str) -> bool:
        found = http.accepts_gzip(coding)
        if len(self.codings) < MOST_CODINGS and len(coding) < 100:
            self.codings[coding] = found
        return found

    def route(self, request: Request) -> Awaitable[None]:
        """Answers what isn't at hand, or returns what will once it is awaited."""
        path, method = request.path, request.method
        if path == beacon.PATH and self.beacon is not None:
            told = self.beacon.answer(request)
            return self.reply.give(request, told) if isinstance(told, Answer) else self.kept(request, self.beacon.taking, told)
        if path == newsletter.PATH and method == "POST":
            return self.sign_up(request)
        answer: Answer | None = None
        if method not in ("GET", "HEAD"):
            answer = notice(405, ("allow", "GET, HEAD, POST" if path == newsletter.PATH else "GET, HEAD"))
        elif path.startswith(statics.PREFIX):
            answer = self.statics.answer(path, request.gzips)
        elif path.startswith(media.PREFIX):
            answer = self.media.answer(path, method, request.headers)
        elif path in programs.PATHS:
            answer = programs.answer(path, request.headers, self.stock, self.metrics)
        elif path.startswith("/-/"):
            answer = self.missing(request)
        elif path in questions.PARAMETERS:
            return self.question(request)
        return self.page(request) if answer is None else self.reply.give(request, answer)

    async def kept(self, request: Request, taking: Taking, record: bytes) -> None:
        """A read, answered once it is where it outlives this process."""
        is_written = await Later(partial(taking.take, record))
        try:
            with self.lock:
                self.reply.give(request, beacon.TAKEN if is_written else beacon.IN_MEMORY)
        except Exception as error:
            self.reply.fail(request.proto, request.id, error)

    def page(self, request: Request) -> Awaitable[None]:
        try:
            address = http.address(request.path, request.query)
            if isinstance(address, http.Moved):
                return self.reply.give(request, self.pages.moved(address.location))
            answer = self.missing(request) if address is None else self.pages.find(address, request.gzips)
        except http.TooLong:
            return self.reply.give(request, notice(414))
        except Unreadable:
            return self.unready(request)
        if answer is None and address is not None and is_fit(address.whole) and not self.desk.absent.has(address.whole, time.monotonic()):
            return self.unready(request) if self.desk.is_down() else self.printed(request, address)
        return self.reply.give(request, answer or self.missing(request, address))

    async def printed(self, request: Request, address: http.Address) -> None:
        """A page that the desk may have: printed now, or not there."""
        await on_the_loop()
        try:
            outcome = await self.desk.print(address.whole)
            with self.lock:
                self.told(request, address, outcome)
        except Exception as error:
            self.reply.fail(request.proto, request.id, error)

    def told(self, request: Request, address: http.Address, outcome: Outcome) -> None:
        """Gives what the desk's answer leads to."""
        try:
            self.stock.tend()
            answer = self.missing(request, address) if outcome is Outcome.ABSENT else None
            if outcome is Outcome.PRINTED:
                answer = self.pages.find(address, request.gzips)
        except Unreadable:
            answer = None
        if answer is not None:
            self.reply.give(request, answer)
        else:
            self.unready(request, 1 if outcome is Outcome.BUSY else 5)

    def question(self, request: Request) -> Awaitable[None]:
        """A search: answered as a moment ago, or by the desk."""
        try:
            question = Question(request.path, questions.canonical(request.path, request.query))
        except http.TooLong:
            return self.reply.give(request, notice(414))
        answer = self.search.at_hand(question, request.gzips)
        return self.searched(request, question) if answer is None else self.reply.give(request, answer)

    async def searched(self, request: Request, question: Question) -> None:
        await on_the_loop()
        try:
            kept = await self.search.answer(question, request)
            with self.lock:
                self.search.keep(question, kept)
                self.reply.give(request, self.search.told(kept, request.gzips))
        except Unanswered as reason:
            with self.lock:
                self.reply.give(request, self.unanswered(request, reason.status), ("retry-after", str(reason.seconds)))
        except Exception as error:
            self.reply.fail(request.proto, request.id, error)

    def unanswered(self, request: Request, status: int) -> Answer:
        if request.path == questions.SUGGEST:
            return plain(status, "[]", SEARCH, "application/json")
        return self.pages.special(status, request.gzips, ROOM)

    async def sign_up(self, request: Request) -> None:
        await on_the_loop()
        try:
            with self.lock:
                policy = self.stock.policy(self.stock.generation)
            answer = await self.newsletter.answer(request.scope, request.proto, policy)
            with self.lock:
                if answer is not None:
                    self.reply.give(request, answer)
                else:
                    self.unready(request)
        except Exception as error:
            self.reply.fail(request.proto, request.id, error)

    def ask_later(self, address: str) -> None:
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.desk.print_later, address)

    def missing(self, request: Request, address: http.Address | None = None) -> Answer:
        """404; where only the query makes an address none, the way to the page without it."""
        if address is not None and address.query and self.pages.has(address.path):
            return self.pages.moved(http.quoted(address.path), 302)
        return self.pages.special(404, request.gzips)

    def unready(self, request: Request, seconds: int = 5) -> Awaitable[None]:
        again: Header = ("retry-after", str(seconds))
        return self.reply.give(request, self.pages.special(503, request.gzips), again)


def application() -> Newsstand:
    """The newsstand of the home in KAWARABAN_HOME."""
    return Newsstand(conf.load(Path(os.environ["KAWARABAN_HOME"])))
