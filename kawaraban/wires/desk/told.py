"""All that a copy tells, for the eyes of an editor."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kawaraban.desk.clock import local
from kawaraban.wires.copy import Copy, Media, Subject
from kawaraban.wires.words import clean_html, html_of


@dataclass(frozen=True, slots=True)
class Told:
    label: str
    value: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium as a line: nothing of another site is loaded into the desk."""

    name: str
    address: str
    caption: str
    credit: str
    measure: str


def text(copy: Copy) -> SafeString:
    """Its text, sanitised once more."""
    return mark_safe(clean_html(copy.body_html or html_of(copy.body_text)))  # noqa: S308


def fields(copy: Copy) -> list[Told]:
    """What it tells besides headline, text and media; what it doesn't tell stays out."""
    lines = [
        Told(_("slugline"), copy.slugline),
        Told(_("byline"), copy.byline),
        Told(_("dateline"), copy.dateline),
        Told(_("agency"), copy.agency),
        Told(_("copyright"), copy.copyright),
        Told(_("usage terms"), copy.usage_terms),
        Told(_("note to editors"), copy.editorial_note),
        Told(_("urgency"), str(copy.urgency)),
        Told(_("language"), copy.language),
        Told(_("sent at"), moment(copy.published)),
        Told(_("changed"), moment(copy.updated)),
        Told(_("embargoed until"), moment(copy.embargoed_until)),
        Told(_("subjects"), " / ".join(map(subject, copy.subjects))),
        Told(_("places"), "、".join(copy.places)),
        Told(_("people"), "、".join(copy.people)),
        Told(_("address at the agency"), copy.address, web(copy.address)),
        Told(_("format"), copy.format),
        Told(_("identifier"), copy.guid),
    ]
    return [line for line in lines if line.value]


def moment(told: datetime | None) -> str:
    return date_format(local(told), "DATETIME_FORMAT") if told else ""


def subject(found: Subject) -> str:
    code = ":".join(filter(None, (found.scheme, found.code)))
    return f"{found.name} ({code})" if found.name and found.name != found.code else code


def media(copy: Copy) -> list[Medium]:
    return [medium(found) for found in copy.media]


def medium(found: Media) -> Medium:
    pixels = f"{found.width}×{found.height}" if found.width and found.height else ""
    size = f"{found.size / 1000:,.0f} kB" if found.size else ""
    return Medium(found.address, web(found.address), found.caption, found.credit, "、".join(filter(None, (found.mime, pixels, size))))


def web(address: str) -> str:
    """An address that may be a link."""
    return address if address.startswith(("https://", "http://")) else ""
