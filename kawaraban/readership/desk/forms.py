"""What the dashboard's forms send."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kawaraban.desk.models import Section
from kawaraban.readership.actions.steering import LONGEST
from kawaraban.readership.models import Window

HOURS = (6, 24, 72, 168)


def spans() -> list[tuple[int, str]]:
    """For how long something is steered; 0: until somebody undoes it."""
    hours, days = HOURS[0], [hours // 24 for hours in HOURS[1:]]
    told = [(hours, ngettext("%d hour", "%d hours", hours) % hours), *((24 * count, ngettext("%d day", "%d days", count) % count) for count in days)]
    return [*told, (0, _("until it is undone"))]


class SteeringForm(forms.Form):
    hours = forms.TypedChoiceField(choices=[(number, number) for number in (*HOURS, 0)], coerce=int)
    reason = forms.CharField(label=gettext_lazy("reason"), max_length=LONGEST)

    def until(self, now: datetime) -> datetime | None:
        hours = self.cleaned_data["hours"]
        return now + timedelta(hours=hours) if hours else None

    def fault(self) -> str:
        """The first, as a sentence."""
        name, sentences = next(iter(self.errors.items()))
        label = self.fields[name].label if name in self.fields else ""
        return f"{label}: {sentences[0]}" if label else str(sentences[0])


class ListForm(SteeringForm):
    window = forms.ChoiceField(label=gettext_lazy("window"), choices=[("", ""), *Window.choices], required=False)

    def window_asked(self) -> Window | None:
        return Window(self.cleaned_data["window"]) if self.cleaned_data["window"] else None


class PinForm(ListForm):
    position = forms.IntegerField(label=gettext_lazy("rank"), min_value=1)
    section = forms.ModelChoiceField(Section.objects.none(), label=gettext_lazy("section"), required=False)

    def __init__(self, *args: Any, sections: "QuerySet[Section]", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["section"].queryset = sections
        self.fields["position"].max_value = settings.KAWARABAN.lists.ranking


class HoldForm(SteeringForm):
    window = forms.ChoiceField(label=gettext_lazy("window"), choices=Window.choices)
    section = forms.ModelChoiceField(Section.objects.all(), label=gettext_lazy("section"), required=False)


class DaysField(forms.DateField):
    """One or more."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> Any:
        return [super(DaysField, self).to_python(day) for day in value or ()]


class SettleForm(forms.Form):
    day = DaysField(label=gettext_lazy("day"), input_formats=["%Y-%m-%d"])
    reason = forms.CharField(label=gettext_lazy("reason"), max_length=LONGEST)

    fault = SteeringForm.fault
