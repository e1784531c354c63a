"""The live list: a page, and what the page asks for every few seconds."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from kawaraban.wires.desk.choices import choices
from kawaraban.wires.desk.filters import Place, below, chosen, filters_of, lately, moment_of, number, place_of
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.desk.rows import Row, for_rows, rows
from kawaraban.wires.models import Arrival, WireItem
from kawaraban.wires.secrecy import Rights, rights_of

PAGE = 60  # items
MOST = 200  # rows of a page that are looked at again


@require_GET
@for_desk()
def index(request: HttpRequest) -> HttpResponse:
    filters, place, rights, now = filters_of(request.GET), place_of(request.GET.get("before", "")), rights_of(request.user), timezone.now()
    items = list(for_rows(below(chosen(filters, rights.reads_killed, now), place))[: PAGE + 1])
    shown = rows(items[:PAGE], rights, now)
    last = items[PAGE - 1] if len(items) > PAGE else None
    return page(
        request,
        "list.html",
        "",
        rows=shown,
        filters=filters,
        choices=choices(filters),
        query=filters.query(),
        is_newest=place is None,
        since=now.isoformat(),
        before=str(place or ""),
        older=str(Place(last.received, last.pk)) if last else "",
        quarantined=Arrival.objects.quarantined().count() if rights.reads_payloads else 0,
        rights=rights,
        has_keys=has_keys(request.user),
    )


def has_keys(user: Any) -> bool:
    """Whether somebody has left Wagtail's keyboard shortcuts on."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or bool(getattr(profile, "keyboard_shortcuts", True))


@require_GET
@for_desk()
def news(request: HttpRequest) -> JsonResponse:
    """shown: key.stamp of each row that the page has; since: when it was made. Gives those that it lacks or that look different now.

    is_apart: none of the newest is known to the page, so that others may have come between.
    """
    filters, rights, now = filters_of(request.GET), rights_of(request.user), timezone.now()
    known = stamps(request.GET.get("shown", ""))
    place = place_of(request.GET.get("before", ""))
    found = lately(below(chosen(filters, rights.reads_killed, now), place), filters, moment_of(request.GET.get("since", "")))
    newest = rows(for_rows(found)[:PAGE], rights, now)
    changed = [found for found in newest + others(known, newest, rights, now) if known.get(found.key) != found.stamp]
    return JsonResponse(
        {
            "rows": [told(found, rights) for found in changed],
            "is_apart": bool(known) and len(newest) == PAGE and not any(found.key in known for found in newest),
            "quarantined": Arrival.objects.quarantined().count() if rights.reads_payloads else 0,
        }
    )


def others(known: dict[int, str], newest: list[Row], rights: Rights, now: datetime) -> list[Row]:
    """The rows further down on the page; what has left the list by its filters is still shown there as it is now."""
    keys = list(known.keys() - {found.key for found in newest})[:MOST]
    return rows(for_rows(WireItem.objects.filter(pk__in=keys)), rights, now) if keys else []


def stamps(text: str) -> dict[int, str]:
    pairs = (part.partition(".") for part in text.split("-")[: 2 * MOST])
    return {number(key): stamp for key, _, stamp in pairs if number(key)}


def told(found: Row, rights: Rights) -> dict[str, Any]:
    html = render_to_string("wires/desk/row.html", {"row": found, "rights": rights})
    return {"key": found.key, "order": found.order, "is_urgent": found.is_urgent, "html": html}


@require_GET
@for_desk()
def story(request: HttpRequest, key: int) -> HttpResponse:
    """The rows of the other copies of an item's story."""
    rights, now = rights_of(request.user), timezone.now()
    item = get_object_or_404(WireItem.objects.only("story_id"), pk=key)
    return render(request, "wires/desk/rows.html", {"rows": rows(for_rows(item.others().newest_first()), rights, now), "rights": rights})


def one_row(key: int, rights: Rights, now: datetime) -> dict[str, Any]:
    return told(rows(for_rows(WireItem.objects.filter(pk=key)), rights, now)[0], rights)
