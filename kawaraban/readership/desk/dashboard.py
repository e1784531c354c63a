"""The readership dashboard: now, today, the lists, what is flagged and what editors have set."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kawaraban.desk.models import Article, Section
from kawaraban.readership.boards import Board, boards, site_days, site_store
from kawaraban.readership.charts import percent
from kawaraban.readership.columns import U32, Column, Grain
from kawaraban.readership.days import HOUR
from kawaraban.readership.desk import wording
from kawaraban.readership.desk.forms import spans
from kawaraban.readership.desk.rights import for_desk, page
from kawaraban.readership.desk.shown import Row, captions, flags, share_rows, steering
from kawaraban.readership.desk.summary import summary
from kawaraban.readership.explaining import by_the_clock
from kawaraban.readership.figures import reads, stamp
from kawaraban.readership.lists import listed
from kawaraban.readership.models import Hold, Window
from kawaraban.readership.movement import Move


@dataclass(frozen=True, slots=True)
class ListRow:
    rank: int
    article: Article
    reads: str
    percent: float
    move: Move
    is_pinned: bool
    is_flagged: bool

    @property
    def move_text(self) -> str:
        places = abs(self.move.places or 0)
        if self.move.kind == "up":
            return ngettext("up %d place", "up %d places", places) % places
        return ngettext("down %d place", "down %d places", places) % places if places else _("where it was")


@dataclass(frozen=True, slots=True)
class ListShown:
    window: str
    label: str
    compared: str
    rows: list[ListRow]
    hold: Hold | None
    note: str = ""


@require_GET
@for_desk()
def index(request: HttpRequest) -> HttpResponse:
    """section: a key; the whole magazine without."""
    now, store, days = timezone.now(), site_store(), site_days()
    sections = list(Section.objects.order_by("path"))
    section = next((found for found in sections if str(found.pk) == request.GET.get("section", "")), None)
    among = keys_of(section) if section else None
    told = summary(store, now, days, among)
    flagged = flags(store, stamp(now), days)
    found = boards(store, section.pk if section else None, now)
    lately = reads(store, Grain.HOUR, days.hour(stamp(now) - 23 * HOUR), stamp(now) + 1)
    return page(
        request,
        "index.html",
        "",
        sections=sections,
        section=section,
        query=f"?section={section.pk}" if section else "",
        told=told,
        flags=flagged,
        flag_share=settings.KAWARABAN.readership.flag_share,
        lists=lists_shown(found, {flag.article.pk for flag in flagged}),
        by_section=by_section(found[0].counts, sections) if section is None else [],
        referrers=share_rows(lately.referrers, wording.referrer) if section is None else [],
        rejected=share_rows(lately.rejected, wording.verdict) if section is None else [],
        captions=captions(),
        steering=steering(now),
        spans=spans(),
    )


def keys_of(section: Section) -> U32:
    return np.fromiter(Article.objects.in_section(section).order_by().values_list("pk", flat=True), np.uint32)


def lists_shown(found: Iterable[Board], flagged: set[int]) -> list[ListShown]:
    """One query for the articles of all lists."""
    known = list(found)
    keys = {rank.article for board in known for rank in board.ranks}
    articles = Article.objects.select_related("section").defer_streamfields().in_bulk(list(keys))
    return [list_shown(board, articles, flagged) for board in known]


def list_shown(board: Board, articles: dict[int, Article], flagged: set[int]) -> ListShown:
    _keys, as_of = listed(board.window, board.section or 0)
    note = _("Too little was read: readers still see the list of %s.") % by_the_clock(as_of) if as_of else ""
    return ListShown(board.window.value, str(board.window.label), compared(board.window), rows(board, articles, flagged), board.hold, note)


def compared(window: Window) -> str:
    return _("against an hour ago") if window is Window.DAY else _("against a day ago")


def rows(board: Board, articles: dict[int, Article], flagged: set[int]) -> list[ListRow]:
    most = max((rank.reads for rank in board.ranks), default=0)
    return [
        ListRow(
            rank.rank,
            articles[rank.article],
            wording.number(rank.reads),
            percent(rank.reads, most),
            board.moves[rank.article],
            rank.article in board.pinned,
            rank.article in flagged,
        )
        for rank in board.ranks
        if rank.article in articles
    ]


def by_section(counts: Column, sections: list[Section]) -> list[Row]:
    """Reads of 24 hours, the section with most first. What is gone from the site is left out."""
    sums: Counter[int] = Counter()
    for key, section in section_of(counts.keys.tolist()):
        sums[section] += counts.of(key)
    whole = sum(sums.values())
    found = [Row(section.title, sums[section.pk], percent(sums[section.pk], whole)) for section in sections if sums[section.pk]]
    return sorted(found, key=lambda row: -row.count)


def section_of(keys: list[int], batch: int = 5000) -> Iterable[tuple[int, int]]:
    for place in range(0, len(keys), batch):
        yield from Article.objects.among(keys[place : place + batch]).order_by().values_list("pk", "section_id")
