"""What editors do from the dashboard: pin, exclude, hold, settle a flag, and each undone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawaraban.desk.models import Article, Section
from kawaraban.readership.actions.exclude import exclude
from kawaraban.readership.actions.hold import Shown, hold
from kawaraban.readership.actions.include import include
from kawaraban.readership.actions.pin import Place, pin
from kawaraban.readership.actions.release import release
from kawaraban.readership.actions.settle import settle
from kawaraban.readership.actions.steering import STEER, Refused
from kawaraban.readership.actions.unpin import unpin
from kawaraban.readership.actions.unsettle import unsettle
from kawaraban.readership.desk.forms import HoldForm, ListForm, PinForm, SettleForm
from kawaraban.readership.desk.rights import for_desk
from kawaraban.readership.models import Clearance, Exclusion, Hold, Pin, Window
from kawaraban.readership.rankings import most_read

UNDOING: dict[str, tuple[Any, Callable[..., None]]] = {
    "pin": (Pin, unpin),
    "exclusion": (Exclusion, include),
    "hold": (Hold, release),
    "clearance": (Clearance, unsettle),
}


@require_POST
@for_desk(STEER)
def pin_article(request: HttpRequest, key: int) -> HttpResponse:
    article, now = get_object_or_404(Article, pk=key), timezone.now()
    form = PinForm(request.POST, sections=Section.objects.filter(pk=article.section_id))

    def deed() -> None:
        told = form.cleaned_data
        pin(article, request.user, now, Place(told["position"], form.window_asked(), told["section"]), told["reason"], form.until(now))

    return done(request, form, deed, _("Pinned. Readers see it within a minute."), reverse("readership:article", args=(key,)))


@require_POST
@for_desk(STEER)
def exclude_article(request: HttpRequest, key: int) -> HttpResponse:
    article, now = get_object_or_404(Article, pk=key), timezone.now()
    form = ListForm(request.POST)

    def deed() -> None:
        exclude(article, request.user, now, form.cleaned_data["reason"], window=form.window_asked(), until=form.until(now))

    return done(request, form, deed, _("Excluded. Readers see it within a minute."), reverse("readership:article", args=(key,)))


@require_POST
@for_desk(STEER)
def hold_list(request: HttpRequest) -> HttpResponse:
    form, now = HoldForm(request.POST), timezone.now()

    def deed() -> None:
        window, section = Window(form.cleaned_data["window"]), form.cleaned_data["section"]
        articles = most_read(window, settings.KAWARABAN.lists.ranking, section.pk if section else 0).articles
        shown = Shown(window, section, [article.pk for article in articles])
        hold(shown, request.user, now, form.cleaned_data["reason"], form.until(now))

    return done(request, form, deed, _("The list is held as it is."), reverse("readership:index"))


@require_POST
@for_desk(STEER)
def settle_flag(request: HttpRequest, key: int) -> HttpResponse:
    article, form = get_object_or_404(Article, pk=key), SettleForm(request.POST)

    def deed() -> None:
        for day in form.cleaned_data["day"]:
            settle(article, day, request.user, timezone.now(), form.cleaned_data["reason"])

    return done(request, form, deed, _("The flag is settled."), reverse("readership:index"))


@require_POST
@for_desk(STEER)
def undo(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    model, verb = UNDOING[kind]
    found = get_object_or_404(model, pk=key)
    return done(request, None, lambda: verb(found, request.user), _("Undone."), reverse("readership:index"))


def done(request: HttpRequest, form: Any, deed: Callable[[], None], sentence: str, back: str) -> HttpResponse:
    """Does it, or says why not, and leads back to where it was asked for."""
    if form is not None and not form.is_valid():
        messages.error(request, form.fault())
    else:
        try:
            deed()
            messages.success(request, sentence)
        except Refused as refused:
            messages.error(request, str(refused))
    asked = request.POST.get("next", "")
    return redirect(asked if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else back)
