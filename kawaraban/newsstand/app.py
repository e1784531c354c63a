"""Answers readers from the edition: `kawaraban.newsstand.app:application` is what granian runs (a factory)."""

import os
import sys
import time
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

from kawaraban import conf
from kawaraban.newsstand import http, media, newsletter, programs, statics
from kawaraban.newsstand.access_log import AccessLog
from kawaraban.newsstand.answers import OTHER, PAGE, Answer
from kawaraban.newsstand.assets import Assets
from kawaraban.newsstand.desk import Desk, Outcome
from kawaraban.newsstand.memory import give_back
from kawaraban.newsstand.metrics import Metrics
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.pages import GZIP_BYTES, Pages
from kawaraban.newsstand.rsgi import DONE, Header, Headers, Proto, Scope
from kawaraban.newsstand.stock import Stock, Unreadable

Given = Awaitable[None]
MOST_CODINGS = 500  # Accept-Encodings that are remembered


@dataclass(slots=True)
class Request:
    scope: Scope
    proto: Proto
    headers: Headers
    method: str
    path: str
    query: str
    gzips: bool
    began: float
    id: str


class Newsstand:
    """One a process. Whatever takes no waiting is answered before the call returns."""

    def __init__(self, config: conf.Configuration, *, kept: int = GZIP_BYTES) -> None:
        hsts = config.serve.hsts
        self.config = config
        self.stock = Stock(config.edition)
        self.pages = Pages(self.stock, self.ask_later, hsts=hsts, kept=kept)
        package = Path(conf.__file__).parent
        self.statics = statics.Statics(Assets([package / "pages" / "static", config.theme / "static"]), hsts=hsts)
        self.media = media.Media(config.media, hsts=hsts)
        self.metrics = Metrics(config.data / "run", self.stock)
        self.log = AccessLog(config.home / config.serve.access_log) if config.serve.access_log else None
        self.desk = Desk(config, self.metrics.asked)
        self.newsletter = newsletter.Newsletter(self.desk, hsts=hsts)
        self.codings: dict[str | None, bool] = {None: False}
        self.prefix, self.number = f"{os.getpid():x}-{time.time_ns() // 1000 & 0xFFFFFFFF:x}-", 0
        self.timer: TimerHandle | None = None

    # Start and end

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        self.stock.open()
        if self.log is not None:
            self.log.open(loop)
        self.tick(loop)

    def __rsgi_del__(self, loop: AbstractEventLoop) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.desk.close()
        self.newsletter.close()
        if self.log is not None:
            self.log.close()
        self.metrics.close()
        self.stock.close()

    def tick(self, loop: AbstractEventLoop) -> None:
        """Once a second. A fault in it is told, and the next second comes all the same."""
        self.timer = loop.call_later(1.0, self.tick, loop)
        try:
            self.stock.tend()
            self.desk.absent.forget_after(self.stock.changes())
            give_back(self.stock.folder / "data.mdb")
            self.metrics.write(remembered=len(self.desk.absent))
        except Exception as error:
            tell(f"the newsstand's second look at the edition failed: {error!r}")

    # Requests

    def __rsgi__(self, scope: Scope, proto: Proto) -> Given:
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
            pages = self.pages
            answer = (pages.gzipped if gzips else pages.plain).get((path, query) if query else path)
            if answer is None or answer.turn != stock.turn or method not in ("GET", "HEAD"):
                return self.route(Request(scope, proto, headers, method, path, query, gzips, began, request_id))
            condition = headers.get("if-none-match")
            if condition is not None and answer.tag and http.matches(condition, answer.tag) and answer.brief:
                status, sent = 304, 0
                proto.response_empty(304, [*answer.brief, ("x-request-id", request_id)])
            else:
                status, sent = answer.status, len(answer.body) if method == "GET" else 0
                proto.response_bytes(status, [*answer.headers, ("x-request-id", request_id)], answer.body)
            seconds = time.perf_counter() - began
            self.metrics.count(PAGE, status, sent, seconds)
            if self.log is not None:
                self.log.line(scope, request_id, status, sent, seconds, "gzip" if gzips else "")
        except Exception as error:
            self.fail(proto, request_id, error)
        return DONE

    def gzips(self, coding: str) -> bool:
        found = http.accepts_gzip(coding)
        if len(self.codings) < MOST_CODINGS and len(coding) < 100:
            self.codings[coding] = found
        return found

    def route(self, request: Request) -> Given:
        """Everything that isn't at hand."""
        path = request.path
        if request.method not in ("GET", "HEAD"):
            return self.unusual_method(request)
        if path.startswith("/static/"):
            return self.give(request, self.statics.answer(path, request.gzips))
        if path.startswith("/media/"):
            return self.give(request, self.media.answer(path, request.method, request.headers))
        if path in programs.PATHS:
            return self.give(request, programs.answer(path, request.headers, self.stock, self.metrics))
        if path.startswith("/-/"):
            return self.missing(request)
        return self.page(request)

    def unusual_method(self, request: Request) -> Given:
        if request.path == newsletter.PATH and request.method == "POST":
            return self.sign_up(request)
        allowed = "GET, HEAD, POST" if request.path == newsletter.PATH else "GET, HEAD"
        return self.give(request, notice(405, ("allow", allowed)))

    def page(self, request: Request) -> Given:
        try:
            address = http.address(request.path, request.query)
        except http.TooLong:
            return self.give(request, notice(414))
        if address is None:
            return self.missing(request)
        if isinstance(address, http.Moved):
            return self.give(request, self.pages.moved(address.location))
        try:
            answer = self.pages.find(address, request.gzips)
        except Unreadable:
            return self.unready(request, 5)
        if answer is not None:
            return self.give(request, answer)
        if self.desk.absent.has(address.whole, time.monotonic()):
            return self.missing(request)
        if self.desk.is_down():
            return self.unready(request, 5)
        return self.printed(request, address)

    async def printed(self, request: Request, address: http.Address) -> None:
        """A page that the desk may have: printed now, or not there."""
        try:
            outcome = await self.desk.print(address.whole)
            if outcome is Outcome.PRINTED:
                self.stock.renew()
                answer = self.pages.find(address, request.gzips)
                self.give(request, answer) if answer is not None else self.unready(request, 5)
            elif outcome is Outcome.ABSENT:
                self.missing(request)
            else:
                self.unready(request, 1 if outcome is Outcome.BUSY else 5)
        except Exception as error:
            self.fail(request.proto, request.id, error)

    async def sign_up(self, request: Request) -> None:
        try:
            answer = await self.newsletter.answer(request.scope, request.proto, self.stock.policy(self.stock.generation))
            self.unready(request, 5) if answer is None else self.give(request, answer)
        except Exception as error:
            self.fail(request.proto, request.id, error)

    def ask_later(self, address: str) -> None:
        self.desk.print_later(address)

    # Answers

    def missing(self, request: Request) -> Given:
        return self.give(request, self.pages.special(404, request.gzips))

    def unready(self, request: Request, seconds: int) -> Given:
        return self.give(request, self.pages.special(503, request.gzips), ("retry-after", str(seconds)))

    def give(self, request: Request, answer: Answer, *more: Header) -> Given:
        headers = [*answer.headers, *more, ("x-request-id", request.id)]
        status, sent, proto = answer.status, len(answer.body), request.proto
        condition = request.headers.get("if-none-match") if answer.tag and answer.brief else None
        if condition is not None and http.matches(condition, answer.tag):
            status, sent = 304, 0
            proto.response_empty(304, [*answer.brief, ("x-request-id", request.id)])
        elif request.method == "HEAD" and answer.file:
            proto.response_empty(status, headers)
        elif answer.span is not None:
            sent = answer.size
            proto.response_file_range(status, headers, answer.file, *answer.span)
        elif answer.file:
            sent = answer.size
            proto.response_file(status, headers, answer.file)
        elif answer.body:
            proto.response_bytes(status, headers, answer.body)
        else:
            proto.response_empty(status, headers)
        seconds = time.perf_counter() - request.began
        sent = 0 if request.method == "HEAD" else sent
        self.metrics.count(answer.kind, status, sent, seconds)
        if self.log is not None:
            self.log.line(request.scope, request.id, status, sent, seconds, dict(headers).get("content-encoding", ""))
        return DONE

    def fail(self, proto: Proto, request_id: str, error: Exception) -> None:
        """The last resort: a sentence to the reader, a line to whoever runs this."""
        tell(f"the newsstand could not answer request {request_id}: {error!r}")
        self.metrics.count(OTHER, 500, 0, 0.0)
        try:
            answer = notice(500)
            proto.response_bytes(500, [*answer.headers, ("x-request-id", request_id)], answer.body)
        except Exception as second:
            tell(f"nor could it say so to the reader: {second!r}")


def tell(line: str) -> None:
    print(f"kawaraban newsstand: {line}", file=sys.stderr, flush=True)


def application() -> Newsstand:
    """The newsstand of the home in KAWARABAN_HOME."""
    return Newsstand(conf.load(Path(os.environ["KAWARABAN_HOME"])))
