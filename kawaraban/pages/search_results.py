"""What each kind of piece looks like among the results of a search."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kawaraban.desk import models
from kawaraban.pages import when
from kawaraban.pages.contexts import SearchResult
from kawaraban.pages.images import image
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.wire import ADDRESS as WIRE
from kawaraban.search.site import Result, Span
from kawaraban.wires.models import WireItem


def kind_names() -> dict[str, str]:
    """The kinds of pieces, in the order in which they can be chosen."""
    return {"article": _("Articles"), "wire": _("Wire items"), "topic": _("Topics"), "author": _("Authors"), "issue": _("Issues")}


def result(found: Result) -> SearchResult:
    return SHOWN[found.kind](found)


def article(found: Result) -> SearchResult:
    thing: models.Article = found.thing
    headline, deck = marked(found.title, broken_at_phrases), beside(found, "deck", thing.deck, broken_at_phrases)
    return SearchResult(
        kind=found.kind,
        label=beside(found, "kicker", thing.kicker),
        headline=format_html("{}{}{}", headline, settings.KAWARABAN.headlines.dash, deck) if deck else headline,
        address=thing.address,
        language="",
        original=beside(found, "original", thing.original_title),
        original_language=thing.original_language,
        extract=marked(found.around),
        place=thing.section.title,
        byline=byline(found),
        date=when.day(thing.published_at) if thing.published_at else "",
        iso_date=when.iso(thing.published_at) if thing.published_at else "",
        is_sponsored=thing.is_sponsored,
        image=image(thing.picture, "card", sizes="(min-width: 700px) 180px, 30vw"),
    )


def wire(found: Result) -> SearchResult:
    thing: WireItem = found.thing
    return SearchResult(
        kind=found.kind,
        label=_("Flash"),
        headline=marked(found.title, broken_at_phrases),
        address=f"{WIRE}/{thing.pk}",
        language=thing.language,
        original="",
        original_language="",
        extract=marked(found.around),
        place=" ".join(filter(None, (thing.section, thing.agency))),
        byline="",
        date=when.day(thing.published),
        iso_date=when.iso(thing.published),
        is_sponsored=False,
        image=None,
    )


def topic(found: Result) -> SearchResult:
    thing: models.Topic = found.thing
    return page(found, thing.get_kind_display(), is_sponsored=thing.is_sponsored)


def author(found: Result) -> SearchResult:
    thing: models.Author = found.thing
    return page(found, pgettext("kind of result", "Author"), place=beside(found, "job", thing.job))


def issue(found: Result) -> SearchResult:
    thing: models.Issue = found.thing
    return page(found, _("Issue"), place=when.issue_dates(thing.cover_date, thing.on_sale_date))


def page(found: Result, label: str, *, place: str = "", is_sponsored: bool = False) -> SearchResult:
    """A page that is about more than one piece."""
    return SearchResult(
        kind=found.kind,
        label=label,
        headline=marked(found.title, broken_at_phrases),
        address=found.thing.address,
        language="",
        original="",
        original_language="",
        extract=marked(found.around),
        place=place,
        byline="",
        date="",
        iso_date="",
        is_sponsored=is_sponsored,
        image=None,
    )


def beside(found: Result, name: str, text: str, shown: Callable[[str], Any] = str) -> str:
    """A text that is shown besides, what was asked for marked."""
    return marked(found.beside[name], shown) if name in found.beside else str(shown(text))


def byline(found: Result) -> str:
    """By whom it is, when that is what was asked for."""
    names = found.beside.get("byline", ())
    return marked(names) if any(span.is_match for span in names) else ""


SHOWN: dict[str, Callable[[Result], SearchResult]] = {"article": article, "wire": wire, "topic": topic, "author": author, "issue": issue}


def marked(spans: Iterable[Span], shown: Callable[[str], Any] = str) -> SafeString:
    """Spans as HTML, what was asked for in <mark>."""
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", shown(span.text)) if span.is_match else shown(span.text),) for span in spans))
