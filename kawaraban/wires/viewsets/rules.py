"""The desk's screen of the flash rules: their order, and what they would make of the last items."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from kawaraban.wires.house import house
from kawaraban.wires.models import FlashRule
from kawaraban.wires.rules import Rules, rule_of, rules
from kawaraban.wires.trying import trials

FIELDS = ("name", "is_on", "agency", "scheme", "code", "max_urgency", "words", "section", "is_flashed", "hours", "position")

ON, FLASHED = BooleanColumn("is_on", label=_("On")), BooleanColumn("is_flashed", label=_("Flashed"))


class MakeView(generic.CreateView):
    def save_instance(self) -> FlashRule:
        """A new rule is tried last."""
        self.form.instance.order = 1 + (FlashRule.objects.aggregate(last=Max("order"))["last"] or 0)
        return super().save_instance()


class RuleViewSet(ModelViewSet):
    model = FlashRule
    name = "flash_rules"
    icon = "list-ol"
    menu_label = _("Flash rules")
    menu_order = 30
    add_to_reference_index = False
    copy_view_enabled = False
    sort_order_field = "order"
    ordering = "order"
    add_view_class = MakeView
    form_fields = FIELDS
    list_display = ["__str__", ON, "agency", "code", "max_urgency", "section", FLASHED]
    index_template_name = "wires/flash/rules.html"
    create_template_name = edit_template_name = "wires/flash/rule.html"

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("try/", try_rules, name="try")]


class Candidate(forms.ModelForm):
    """A rule as it stands in the form, not stored."""

    class Meta:
        model = FlashRule
        fields = FIELDS


def may_see(user: Any) -> bool:
    return any(user.has_perm(f"wires.{verb}_flashrule") for verb in ("add", "change", "delete", "view"))


@user_passes_test(may_see)
def try_rules(request: HttpRequest) -> HttpResponse:
    """POST: with the rule of the form in place of the stored one, or after the others."""
    names = {rule.pk: str(rule) for rule in FlashRule.objects.all()}
    known, faults = rules(), {}
    if request.method == "POST":
        key = request.GET.get("rule", "")
        stored = FlashRule.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        form = Candidate(request.POST, instance=stored)
        if form.is_valid():
            known = with_candidate(known, form.save(commit=False))
            names[form.instance.pk or 0] = str(form.instance)
        faults = {form.fields[name].label if name in form.fields else "": errors for name, errors in form.errors.items()}
    told = {"trials": trials(known, house(settings.KAWARABAN), timezone.now()), "names": names, "faults": faults, "count": len(known)}
    title = _("Try on the last 50 items")
    crumbs = [{"url": reverse("flash_rules:index"), "label": _("Flash rules")}, {"url": "", "label": title}]
    return render(request, "wires/flash/trials.html", {"breadcrumbs_items": crumbs, "header_icon": "list-ol", "header_title": title, **told})


def with_candidate(known: Rules, row: FlashRule) -> Rules:
    candidate = rule_of(row)
    if row.pk is None:
        return (*known, replace(candidate, key=-1)) if row.is_on else known
    others = tuple(rule for rule in known if rule.key != row.pk)
    if not row.is_on:
        return others
    before = set(FlashRule.objects.filter(order__lt=row.order).values_list("pk", flat=True))
    before |= set(FlashRule.objects.filter(order=row.order, pk__lt=row.pk).values_list("pk", flat=True))
    return (*(rule for rule in others if rule.key in before), candidate, *(rule for rule in others if rule.key not in before))
