"""Answers for programs that watch this machine. The public, which comes through a proxy, gets none."""

from kawaraban.newsstand.answers import Answer
from kawaraban.newsstand.metrics import MIME, Metrics
from kawaraban.newsstand.notices import plain
from kawaraban.newsstand.rsgi import Headers
from kawaraban.newsstand.stock import Stock, Unreadable

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})


def answer(path: str, headers: Headers, stock: Stock, metrics: Metrics) -> Answer:
    if headers.get("x-forwarded-for") is not None:
        return plain(404, "not found\n")
    if path == "/healthz":
        return plain(200, "ok\n")
    if path == "/metrics":
        return plain(200, metrics.text(), mime=MIME)
    reason = unreadiness(stock)
    return plain(503, f"{reason}\n") if reason else plain(200, "ok\n")


def unreadiness(stock: Stock) -> str:
    """Why readers would get no front page, or nothing."""
    try:
        return "" if stock.page("/") is not None else "the front page has not been printed yet"
    except Unreadable as error:
        return str(error)
