"""The desk's screen of the banners: raise one, from an item or free, change it, end it."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput

from kawaraban.wires.actions.end_banner import end_banner
from kawaraban.wires.actions.handling import Refused
from kawaraban.wires.actions.raise_banner import USUAL, raise_banner
from kawaraban.wires.models import Banner, WireItem

LABEL = re.compile(r"(?:【[^】]{0,8}速報[^】]{0,8}】|速報[：:／/]|(?:BREAKING|URGENT|FLASH)\s*[:：-])\s*", re.I)  # which the banner has already


class BannerForm(WagtailAdminModelForm):
    class Meta:
        model = Banner
        fields = ("text", "level", "starts", "ends", "item")
        widgets = {"starts": AdminDateTimeInput, "ends": AdminDateTimeInput, "item": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].required = True  # it goes away by itself
        self.fields["item"].queryset = WireItem.objects.filter(status=WireItem.Status.USABLE)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean()
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("A banner ends after it begins."))
        return found


class Raising:
    """Saves by our verb, which checks and logs without the text."""

    form: Any
    request: Any
    produced_error_code: str
    produced_error_message: str

    def save_instance(self) -> Banner:
        return raise_banner(self.form.save(commit=False), self.request.user, timezone.now())

    def form_valid(self, form: BannerForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Refused as refused:
            form.add_error(None, str(refused))
            self.produced_error_code, self.produced_error_message = "refused", str(refused)
            return super().form_invalid(form)  # type: ignore[misc]


class RaiseView(Raising, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        now = timezone.now()
        initial = {"level": Banner.Level.BREAKING, "starts": now, "ends": now + USUAL}
        key = self.request.GET.get("item", "")
        item = WireItem.objects.usable().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        return initial | ({"item": item.pk, "text": text_of(item)} if item else {})


def text_of(item: WireItem) -> str:
    """What a banner of it says at first."""
    headline = item.headline
    return (LABEL.sub("", headline, count=1) if LABEL.match(headline) else headline)[: Banner._meta.get_field("text").max_length]


class ChangeView(Raising, generic.EditView):
    def get_queryset(self) -> Any:
        return readable(super().get_queryset(), self.request.user)


class BannerIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return readable(super().get_base_queryset(), self.request.user)


def readable(banners: Any, user: Any) -> Any:
    """What was raised from copy that its agency has taken back is for those who may read it."""
    free = Q(item__isnull=True) | Q(item__status=WireItem.Status.USABLE)
    return banners if user.has_perm("wires.read_killed") else banners.filter(free)


def moment(at: datetime | None) -> str:
    """Wagtail's column of dates calls whatever is to come “just now”."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else "—"


class BannerViewSet(ModelViewSet):
    model = Banner
    name = "banners"
    icon = "warning"
    menu_label = gettext_lazy("Banners")
    menu_order = 20
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class, add_view_class, edit_view_class = BannerIndex, RaiseView, ChangeView
    create_template_name = edit_template_name = "wires/flash/banner.html"
    list_display = [
        "text",
        Column("get_level_display", label=gettext_lazy("level")),
        Column("starts", label=gettext_lazy("from"), accessor=lambda banner: moment(banner.starts), sort_key="starts"),
        Column("ends", label=gettext_lazy("until"), accessor=lambda banner: moment(banner.ends), sort_key="ends"),
        BooleanColumn("is_standing", label=gettext_lazy("on every page"), accessor=lambda banner: banner.is_standing(timezone.now())),
    ]

    def get_form_class(self, for_update: bool = False) -> type[BannerForm]:
        return BannerForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("end/<int:pk>/", end, name="end")]


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    banner = get_object_or_404(Banner, pk=pk)
    try:
        end_banner(banner, request.user, timezone.now())
        messages.success(request, _("The banner is down."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("banners:index")
