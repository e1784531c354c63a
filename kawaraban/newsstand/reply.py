"""Handing an answer over, counted and logged."""

import sys
import time
from collections.abc import Awaitable
from dataclasses import dataclass

from kawaraban.newsstand import http
from kawaraban.newsstand.access_log import AccessLog
from kawaraban.newsstand.answers import OTHER, Answer, FileAnswer
from kawaraban.newsstand.metrics import Metrics
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.rsgi import DONE, Header, Headers, Proto, Scope


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


class Reply:
    def __init__(self, metrics: Metrics, log: AccessLog | None) -> None:
        self.metrics, self.log = metrics, log

    def give(self, request: Request, answer: Answer, *more: Header) -> Awaitable[None]:
        headers = [*answer.told(request.id), *more]
        condition = request.headers.get("if-none-match") if answer.brief else None
        if condition is not None and http.matches(condition, answer.tag):
            status, sent = 304, 0
            request.proto.response_empty(304, answer.told_in_brief(request.id))
        else:
            status, sent = answer.status, self.hand_over(request, answer, headers)
        self.note(request.scope, request.id, answer.kind, status, sent, time.perf_counter() - request.began, headers)
        return DONE

    def hand_over(self, request: Request, answer: Answer, headers: list[Header]) -> int:
        """How many bytes of body went out. The server leaves out the body of an answer to HEAD, but not a file."""
        proto, is_head = request.proto, request.method == "HEAD"
        if isinstance(answer, FileAnswer) and not is_head:
            if answer.span is None:
                proto.response_file(answer.status, headers, answer.file)
            else:
                proto.response_file_range(answer.status, headers, answer.file, *answer.span)
            return answer.size
        if body := answer.body:
            proto.response_bytes(answer.status, headers, body)
            return 0 if is_head else len(body)
        proto.response_empty(answer.status, headers)
        return 0

    def note(self, scope: Scope, request_id: str, kind: str, status: int, sent: int, seconds: float, headers: list[Header]) -> None:
        self.metrics.count(kind, status, sent, seconds)
        if self.log is not None:
            self.log.line(scope, request_id, status, sent, seconds, dict(headers).get("content-encoding", ""))

    def fail(self, proto: Proto, request_id: str, error: Exception) -> None:
        """The last resort: a sentence to the reader, a line to whoever runs this."""
        tell(f"request {request_id} could not be answered: {error!r}")
        self.metrics.count(OTHER, 500, 0, 0.0)
        try:
            answer = notice(500)
            proto.response_bytes(500, [*answer.headers, ("x-request-id", request_id)], answer.body)
        except Exception as second:
            tell(f"nor could the reader of request {request_id} be told: {second!r}")


def tell(line: str) -> None:
    print(f"kawaraban newsstand: {line}", file=sys.stderr, flush=True)
