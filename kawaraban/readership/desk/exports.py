"""Lists and an article's hours as CSV and JSON."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Section
from kawaraban.readership.boards import Board, boards, moment, site_days, site_store
from kawaraban.readership.columns import ACCEPTED, NONE, Column, Grain
from kawaraban.readership.desk.rights import EXPORT, for_desk
from kawaraban.readership.figures import stamp
from kawaraban.readership.stores.store import Store
from kawaraban.readership.verdicts import Referrer, Verdict

MOST = 200  # ranks of a list
RANKING = ("rank", "article", "reads", "headline", "section", "address", "published_at")
MEASURES = (ACCEPTED, *(verdict.measure for verdict in Verdict if verdict), *(kind.measure for kind in Referrer))
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@for_desk(EXPORT)
def ranking(request: HttpRequest, window: str, form: str) -> HttpResponse:
    """As readers see the list, and on to rank 200. section: a key."""
    now = timezone.now()
    section = Section.objects.filter(pk=request.GET["section"]).first() if request.GET.get("section", "").isdecimal() else None
    board = next(found for found in boards(site_store(), section and section.pk, now) if found.window == window)
    rows = ranking_rows(board)
    return sent(
        form, f"ranking-{window}-{local(now):%Y%m%d-%H%M}", RANKING, rows, {"window": window, "section": section and section.title, "at": now}
    )


def ranking_rows(board: Board) -> list[tuple[Any, ...]]:
    shown = {rank.article for rank in board.ranks}
    beyond = [rank for rank in board.made if rank.article not in shown]
    ranks = [*board.ranks, *(rank._replace(rank=place) for place, rank in enumerate(beyond, len(board.ranks) + 1))][:MOST]
    articles = Article.objects.select_related("section").defer_streamfields().in_bulk([rank.article for rank in ranks])
    told = ((rank, articles[rank.article]) for rank in ranks if rank.article in articles)
    return [(*rank, found.full_headline, found.section.title, address(found), iso(found.published_at)) for rank, found in told]


def address(found: Article) -> str:
    return settings.KAWARABAN.readers_address.rstrip("/") + found.address


def iso(at: datetime | None) -> str:
    return local(at).isoformat(timespec="seconds") if at else ""


@require_GET
@for_desk(EXPORT)
def article(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Every hour of it that is kept, and every day before, by measure."""
    found, now, store = get_object_or_404(Article, pk=key), timezone.now(), site_store()
    names = ("grain", "start", *(measure.replace(":", "_") for measure in MEASURES))
    return sent(form, f"reads-{found.pk}-{local(now):%Y%m%d-%H%M}", names, measured(store, found.pk, stamp(now)), {"article": found.pk, "at": now})


def measured(store: Store, key: int, until: int) -> list[tuple[Any, ...]]:
    """Hours, then days; those in which nothing happened are left out."""
    found: list[tuple[Any, ...]] = []
    days = site_days()
    for grain, name, since in ((Grain.HOUR, "hour", days.hour(until - 35 * 24 * 3_600_000)), (Grain.DAY, "day", 0)):
        columns = {measure: store.columns(grain, measure, since, until + 1) for measure in MEASURES}
        for start in sorted({start for column in columns.values() for start in column}):
            counts = [count(columns[measure], start, key) for measure in MEASURES]
            if any(counts):
                found.append((name, iso(moment(start)), *counts))
    return found


def count(columns: dict[int, Column], start: int, key: int) -> int:
    return columns.get(start, NONE).of(key)


def sent(form: str, name: str, names: Sequence[str], rows: Iterable[Sequence[Any]], about: dict[str, Any]) -> HttpResponse:
    if form == "json":
        answer: HttpResponse = JsonResponse(
            {**about, "rows": [dict(zip(names, row, strict=True)) for row in rows]}, json_dumps_params={"ensure_ascii": False}
        )
    else:
        answer = HttpResponse(csv_text(names, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def csv_text(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """With the mark by which spreadsheets know UTF-8, and no text that one would take for a formula."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue()


def harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
