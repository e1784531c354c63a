"""An article's own page of reads: its hours, where it stands and why, what was not counted, what editors did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.models import PageLogEntry

from kawaraban.desk.clock import local
from kawaraban.desk.models import Article
from kawaraban.readership import charts
from kawaraban.readership.boards import boards, moment, site_days, site_store, standing
from kawaraban.readership.columns import Grain
from kawaraban.readership.days import HOUR, Days
from kawaraban.readership.desk import wording
from kawaraban.readership.desk.forms import spans
from kawaraban.readership.desk.rights import for_desk, page
from kawaraban.readership.desk.shown import captions, flags, share_rows, shares_of_networks, steering
from kawaraban.readership.explaining import by_the_clock, explained, joined, question
from kawaraban.readership.figures import Bucket, buckets, days_until, hours_until, reads, stamp
from kawaraban.readership.models import Window
from kawaraban.readership.stores.store import Store

HOURS, DAYS = 48, 30
ENTRIES = 30


@dataclass(frozen=True, slots=True)
class Why:
    window: str
    label: str
    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    accepted: str
    rejected: str


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    heading: str
    title: str
    desc: str
    unit: str
    columns: charts.Columns
    rows: list[Row]
    is_empty: bool


@require_GET
@for_desk()
def article(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.select_related("section"), pk=key)
    now, store, days = timezone.now(), site_store(), site_days()
    at = stamp(now)
    lately = reads(store, Grain.HOUR, days.hour(at - 23 * HOUR), at + 1, found.pk)
    return page(
        request,
        "article.html",
        _("Reads of “%s”") % found.title,
        article=found,
        standings=standings(store, found, now),
        charts=[hourly(store, at, days, found), daily(store, at, days, found)],
        referrers=share_rows(lately.referrers, wording.referrer),
        rejected=share_rows(lately.rejected, wording.verdict),
        largest=shares_of_networks(store, at, days, found),
        flags=[flag for flag in flags(store, at, days) if flag.article.pk == found.pk],
        flag_share=settings.KAWARABAN.readership.flag_share,
        captions=captions(),
        steering=steering(now, found),
        history=history(found),
        spans=spans(),
        windows=Window.choices,
        length=settings.KAWARABAN.lists.ranking,
    )


def standings(store: Store, found: Article, now: datetime) -> list[Why]:
    told = [(board.window, standing(board, found)) for board in boards(store, None, now)]
    return [Why(window.value, str(window.label), question(where), explained(where)) for window, where in told]


def hourly(store: Store, at: int, days: Days, found: Article) -> Chart:
    known = buckets(store, Grain.HOUR, hours_until(at, HOURS, days), found.pk)
    ticks = [f"{local(moment(bucket.start)).hour}" for bucket in known]
    labels = [by_the_clock(moment(bucket.start)) for bucket in known]
    return chart("reads-hours", _("The last %d hours") % HOURS, _("Hour"), known, (ticks, labels), 6)


def daily(store: Store, at: int, days: Days, found: Article) -> Chart:
    known = buckets(store, Grain.DAY, days_until(at, DAYS, days), found.pk)
    ticks = [f"{there.month}/{there.day}" for bucket in known for there in [local(moment(bucket.start))]]
    labels = [date_format(local(moment(bucket.start)), "SHORT_DATE_FORMAT") for bucket in known]
    return chart("reads-days", _("The last %d days") % DAYS, _("Day"), known, (ticks, labels), 4)


def chart(name: str, heading: str, unit: str, known: Sequence[Bucket], texts: tuple[list[str], list[str]], every: int) -> Chart:
    ticks, labels = texts
    accepted, rejected = sum(bucket.accepted for bucket in known), sum(bucket.rejected for bucket in known)
    return Chart(
        name,
        heading,
        _("Reads: %s") % heading,
        described(known, labels, accepted, rejected),
        unit,
        charts.columns([bucket.accepted for bucket in known], [bucket.rejected for bucket in known], ticks, every),
        [Row(label, wording.number(bucket.accepted), wording.number(bucket.rejected)) for label, bucket in zip(labels, known, strict=True)],
        not (accepted or rejected),
    )


def described(known: Sequence[Bucket], labels: Sequence[str], accepted: int, rejected: int) -> str:
    told = _("%(accepted)s counted, %(rejected)s rejected.") % {"accepted": wording.number(accepted), "rejected": wording.number(rejected)}
    if not accepted:
        return told
    best = max(range(len(known)), key=lambda number: known[number].accepted)
    return joined([told, _("Most at %(when)s: %(count)s.") % {"when": labels[best], "count": wording.number(known[best].accepted)}])


def history(found: Article) -> list[Any]:
    """What was done about its ranks, the last first; pages keep it for good."""
    entries = PageLogEntry.objects.filter(page_id=found.pk, action__startswith="readership.").select_related("user", "user__wagtail_userprofile")
    return list(entries.order_by("-timestamp", "-pk")[:ENTRIES])
