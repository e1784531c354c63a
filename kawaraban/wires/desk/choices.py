"""What the filters of the list offer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawaraban.desk.models import Section
from kawaraban.wires.desk.filters import Filters
from kawaraban.wires.models import FlashRule, Source, SubjectSection

LANGUAGES = {"ja": "日本語", "en": "English", "fr": "Français", "de": "Deutsch", "es": "Español", "zh": "中文", "ko": "한국어"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of the form: its name, its label, and value, label and whether chosen of each option."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def choices(filters: Filters) -> list[Choice]:
    """Two queries."""
    sources = list(Source.objects.values_list("pk", "name", "language"))
    return [
        choice(filters, "source", _("Source"), [(str(key), name) for key, name, _language in sources]),
        choice(filters, "section", _("Section"), [(name, name) for name in sections(filters.section)]),
        choice(filters, "urgency", _("Urgency"), [("2", _("urgent (1–2)")), ("3", _("up to 3")), ("5", _("up to 5"))]),
        choice(filters, "language", _("Language"), languages(filters.language, [language for _key, _name, language in sources])),
        choice(filters, "hours", _("Came within"), spans()),
        choice(filters, "state", _("State"), states()),
    ]


def choice(filters: Filters, name: str, label: str, options: list[tuple[str, str]]) -> Choice:
    chosen = str(getattr(filters, name) or "")
    if chosen and chosen not in dict(options):
        options = [*options, (chosen, chosen)]
    return Choice(name, label, [("", _("all"), not chosen), *((value, text, value == chosen) for value, text in options)])


def spans() -> list[tuple[str, str]]:
    return [("1", _("1 hour")), ("6", _("6 hours")), ("24", _("24 hours")), ("72", _("3 days")), ("168", _("7 days"))]


def states() -> list[tuple[str, str]]:
    return [("embargoed", _("embargoed")), ("taken_back", _("taken back")), ("spiked", _("spiked")), ("all", _("spiked ones too"))]


def sections(chosen: str) -> list[str]:
    """Every section that an item can be of, by the desk's tables. One query."""
    tables = [model.objects.order_by().values_list("section", flat=True) for model in (Source, FlashRule)]
    own = Section.objects.order_by().values_list("title", flat=True)
    found = SubjectSection.objects.order_by().values_list("section", flat=True).union(*tables, own)
    return sorted({*found, chosen} - {""})


def languages(chosen: str, known: list[str]) -> list[tuple[str, str]]:
    codes = dict.fromkeys(["ja", "en", *(language.partition("-")[0] for language in known), *([chosen] if chosen else [])])
    return [(code, LANGUAGES.get(code, code)) for code in codes if code]
