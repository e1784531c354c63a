"""Sources at the desk: list, forms, the page of one with its health, “look now”, tokens."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from kawaraban.wires.models import Source
from kawaraban.wires.permissions import SourcePolicy
from kawaraban.wires.sources.asking import look_now
from kawaraban.wires.sources.condition import condition
from kawaraban.wires.sources.forms import FORMS, SourceForm
from kawaraban.wires.sources.tokens import OVERLAP, rotate

NAME = "sources"


def page_of(source: Source) -> str:
    return reverse(f"{NAME}:source", args=[source.pk])


class SourceIndex(IndexView):
    def get_edit_url(self, instance: Source) -> str:
        """The name leads to the source's page, from which who may goes on to the form."""
        return page_of(instance)

    def get_list_more_buttons(self, instance: Source) -> list[Any]:
        return []


class KindMixin:
    kind = ""

    def get_form_class(self) -> type[SourceForm]:
        return FORMS.get(self.kind, SourceForm)

    def get_success_url(self) -> str:
        source: Source = self.object  # type: ignore[attr-defined]
        if source.kind == Source.Kind.PUSH and not source.token_hash:
            return reverse(f"{NAME}:token", args=[source.pk])
        return page_of(source)


class SourceCreate(KindMixin, CreateView):
    """Asks first which kind it is to be."""

    def setup(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        asked = request.POST.get("kind") or request.GET.get("kind") or ""
        self.kind = asked if asked in FORMS else ""
        super().setup(request, *arguments, **named)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "kind": self.kind}

    def get_template_names(self) -> list[str]:
        return super().get_template_names() if self.kind else ["wires/sources/kinds.html"]

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        return {**super().get_context_data(**named), "kinds": Source.Kind.choices}


class AllowedMixin:
    """Wagtail's views ask about the model only."""

    action_allowed = ""

    def get_object(self, queryset: Any = None) -> Source:
        source: Source = super().get_object(queryset)  # type: ignore[misc]
        if not SourcePolicy(Source).user_has_permission_for_instance(self.request.user, self.action_allowed, source):  # type: ignore[attr-defined]
            raise PermissionDenied
        return source


class SourceEdit(AllowedMixin, KindMixin, EditView):
    action_allowed = "change"

    def get_form_class(self) -> type[SourceForm]:
        self.kind = self.object.kind
        return super().get_form_class()


class SourceDelete(AllowedMixin, DeleteView):
    action_allowed = "delete"


class SourceViewSet(ModelViewSet):
    model = Source
    name = NAME
    icon = "download"
    menu_label = gettext_lazy("Sources")
    menu_order = 155
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class, add_view_class = SourceIndex, SourceCreate
    edit_view_class, delete_view_class = SourceEdit, SourceDelete
    list_per_page = 50
    list_display = [
        TitleColumn("name", label=gettext_lazy("Name"), get_url=page_of, sort_key="name"),
        StatusTagColumn(
            "condition",
            label=gettext_lazy("Condition"),
            accessor=lambda source: condition(source, timezone.now()).words,
            primary=lambda source: condition(source, timezone.now()).is_good,
        ),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("agency", label=gettext_lazy("Agency"), sort_key="agency"),
        DateColumn("last_item", label=gettext_lazy("Last item"), sort_key="last_item"),
        NumberColumn("items", label=gettext_lazy("Items"), sort_key="items"),
        NumberColumn("failures", label=gettext_lazy("Failures"), sort_key="failures"),
        NumberColumn("quarantined", label=gettext_lazy("Quarantined"), sort_key="quarantined"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[SourceForm]:
        return SourceForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", source_page, name="source"),
            path("<int:pk>/look/", look, name="look"),
            path("<int:pk>/token/", token, name="token"),
        ]


def chosen(request: HttpRequest, pk: int, action: str) -> Source:
    """The source, for who may do so much. Raises PermissionDenied."""
    policy = SourcePolicy(Source)
    if not policy.user_has_any_permission(request.user, [action] if action != "view" else ["view", "add", "change", "delete"]):
        raise PermissionDenied
    return get_object_or_404(Source, pk=pk)


@require_admin_access
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    source = chosen(request, pk, "view")
    return render(request, "wires/sources/source.html", told(request, source, timezone.now()))


def told(request: HttpRequest, source: Source, now: datetime) -> dict[str, Any]:
    policy = SourcePolicy(Source)
    return {
        "source": source,
        "condition": condition(source, now),
        "is_asked": source.kind in (Source.Kind.POLL, Source.Kind.MAILBOX),
        "is_push": source.kind == Source.Kind.PUSH,
        "has_former": bool(source.previous_until and source.previous_until > now),
        "may_act": policy.user_has_permission(request.user, "change"),
        "may_edit": policy.user_has_permission_for_instance(request.user, "change", source),
        "address": push_address(source),
        "breadcrumbs_items": [
            {"url": reverse(f"{NAME}:index"), "label": _("Sources")},
            {"url": page_of(source), "label": source.name},
        ],
        "header_icon": "download",
    }


def push_address(source: Source) -> str:
    """By the readers' name where nginx stands in front and passes it on; else at the desk's own port."""
    found = settings.KAWARABAN
    return f"{(found.site.address or found.desk_address).rstrip('/')}/-/push/{source.key}"


@require_admin_access
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The worker does it: an agency that does not answer keeps no editor waiting."""
    source = chosen(request, pk, "change")
    if request.method == "POST":
        look_now(source)
        messages.success(request, _("%(source)s is being asked. Reload this page in a moment.") % {"source": source.name})
    return redirect(page_of(source))


@require_admin_access
@never_cache
def token(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token is shown in the answer to the form that asked for it, and never again."""
    source, now = chosen(request, pk, "change"), timezone.now()
    made = ""
    if source.kind != Source.Kind.PUSH:
        return redirect(page_of(source))
    if request.method == "POST":
        made = rotate(source, now, OVERLAP * ("leaked" not in request.POST))
    return render(request, "wires/sources/token.html", {**told(request, source, now), "token": made, "days": OVERLAP.days})
