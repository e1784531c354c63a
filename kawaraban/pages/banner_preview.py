"""A banner as readers would see it, for the desk's form."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.auth import require_admin_access

from kawaraban.pages import slot_contexts
from kawaraban.pages.rendering import rendered
from kawaraban.pages.slots import banner_line, slot_html
from kawaraban.wires.models import Banner


@require_admin_access
@xframe_options_sameorigin
def banner_preview(request: HttpRequest) -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        lines = (banner_line(typed(request)),)
        slots = [slot_html("style"), rendered(slot_contexts.Banner(lines), "slots/"), slot_html("masthead")]
    body = mark_safe("".join(slots))  # noqa: S308 - made by our own templates
    return HttpResponse(format_html('<!doctype html><html lang="{}"><meta charset="utf-8">{}', settings.LANGUAGE_CODE, body))


def typed(request: HttpRequest) -> Banner:
    """What the form holds, however incomplete."""
    level, item = request.GET.get("level", ""), request.GET.get("item", "")
    known = level if level in map(str, Banner.Level.values) else Banner.Level.BREAKING
    text = request.GET.get("text", "")[:120]
    return Banner(text=text, level=int(known), item_id=int(item) if item.isdecimal() and len(item) < 19 else None, starts=moment(request))


def moment(request: HttpRequest) -> datetime:
    try:
        found = parse_datetime(request.GET.get("starts", "").replace(" ", "T"))
    except ValueError:
        found = None
    if found is None:
        return timezone.now()
    return found if timezone.is_aware(found) else timezone.make_aware(found)
