"""The wire list and the page of a wire item.

Agency copy is on these pages only, in no feed and no sitemap of ours: it is not ours to pass on.
"""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from kawaraban.pages import when
from kawaraban.pages.contexts import Head, Wire, WireEntry, WireItem
from kawaraban.pages.cutting import cut_characters
from kawaraban.pages.heads import absolute, head, magazine
from kawaraban.pages.inset_contexts import OnThis
from kawaraban.pages.paging import page_of, paging
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.read_also import on_this
from kawaraban.pages.rendering import printing_word
from kawaraban.pages.values import Link
from kawaraban.wires import models

ADDRESS = "/wire"
PAGE, LONGEST = 40, 4_000  # items on a page of the list, and on all of them: older ones keep their own page


def entry(item: models.WireItem, *, cut: bool = False) -> WireEntry:
    return WireEntry(
        title=cut_characters(item.headline, settings.KAWARABAN.lists.wire_title) if cut else item.headline,
        address=f"{ADDRESS}/{item.pk}",
        section=item.section,
        time=when.list_date(item.published),
        iso_time=when.iso(item.published),
    )


def wire(section: str, wanted: str | None) -> Wire:
    """The wire list, of one agency section when one is given. Raises Http404 for a page or section that isn't there."""
    usable = models.WireItem.objects.usable().best()
    chosen = usable.filter(section=section) if section else usable
    address = f"{ADDRESS}?section={quote(section)}" if section else ADDRESS
    found = page_of(chosen.newest_first()[:LONGEST], wanted, PAGE)
    if section and not found.object_list:
        raise Http404  # else whatever anybody makes up would be a page, printed and kept
    where = paging(found, address)
    title = _("Flash: %(section)s") % {"section": section} if section else _("Flash")
    return Wire(
        head=head(title, address, is_hidden=where.number > 1, previous=where.previous, following=where.following),
        crumbs=(Link(_("Flash"), ADDRESS),) if section else (),
        title=title,
        sections=tuple(Link(name, f"{ADDRESS}?section={quote(name)}") for name in usable.sections()),
        current=section,
        entries=tuple(entry(item) for item in found.object_list),
        paging=where,
    )


def item_head(item: models.WireItem, description: str, crumbs: tuple[Link, ...]) -> Head:
    return head(
        item.headline,
        f"{ADDRESS}/{item.pk}",
        description=description,
        kind="article",
        published=when.iso(item.published),
        modified=when.iso(changed(item)),
        section=item.section,
        crumbs=crumbs,
        data=(news_article(item),),
    )


def changed(item: models.WireItem) -> datetime:
    return max(filter(None, (item.published, item.updated, item.corrected_at)))


def news_article(item: models.WireItem) -> dict[str, Any]:
    """The item in schema.org's words. Source: https://schema.org/NewsArticle"""
    front = magazine()
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.headline[:110],
        "inLanguage": item.language,
        "datePublished": when.iso(item.published),
        "dateModified": when.iso(changed(item)),
        "mainEntityOfPage": absolute(f"{ADDRESS}/{item.pk}"),
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "name": front.publisher or front.title, "url": absolute("/")},
    }
    agency = {"@type": "Organization", "name": item.agency}
    told |= {"author": agency, "sourceOrganization": agency} if item.agency else {}
    told |= {"articleSection": item.section} if item.section else {}
    told |= {"copyrightNotice": item.credit} if item.credit else {}
    if item.notice and item.corrected_at:
        told["correction"] = {"@type": "CorrectionComment", "text": item.notice_text, "datePublished": when.iso(item.corrected_at)}
    return told


def dateline(item: models.WireItem) -> str:
    """As it begins a text: in brackets before Japanese, with a dash before others."""
    if not item.dateline:
        return ""
    return f"［{item.dateline}］　" if item.language.startswith(("ja", "zh", "ko")) else f"{item.dateline} — "


def wire_item(item: models.WireItem) -> WireItem:
    crumbs = (Link(_("Flash"), ADDRESS), *((Link(item.section, f"{ADDRESS}?section={quote(item.section)}"),) if item.section else ()))
    paragraphs = tuple(part.strip() for part in item.body.split("\n\n") if part.strip())
    return WireItem(
        head=item_head(item, paragraphs[0] if paragraphs else "", crumbs),
        crumbs=crumbs,
        headline=broken_at_phrases(item.headline),
        language=item.language,
        agency=item.agency,
        date=when.article_date(item.published),
        iso_date=when.iso(item.published),
        byline=item.byline,
        dateline=dateline(item),
        correction=_("Corrected on %(date)s") % {"date": when.article_date(item.corrected_at)} if item.notice and item.corrected_at else "",
        correction_text=item.notice_text if item.notice else "",
        paragraphs=paragraphs,
        credit=item.credit,
        address_at_agency=item.address if item.address.startswith(("https://", "http://")) else "",
        about=f"wire:{item.pk}",
        on_this=OnThis(()) if printing_word.get() else on_this(item.pk),
        others=tuple(Link(f"{other.agency}: {other.headline}", f"{ADDRESS}/{other.pk}") for other in item.others().usable().newest_first()),
    )
