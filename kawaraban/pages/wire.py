"""The wire list and the page of a wire item."""

from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from kawaraban.pages import when
from kawaraban.pages.contexts import Wire, WireEntry, WireItem
from kawaraban.pages.cutting import cut_characters
from kawaraban.pages.heads import head
from kawaraban.pages.paging import page_of, paging
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.values import Link
from kawaraban.wires import models

ADDRESS = "/wire"
PAGE = 40


def entry(item: models.WireItem, *, cut: bool = False) -> WireEntry:
    return WireEntry(
        title=cut_characters(item.headline, settings.KAWARABAN.lists.wire_title) if cut else item.headline,
        address=f"{ADDRESS}/{item.pk}",
        section=item.section,
        time=when.list_date(item.published),
        iso_time=when.iso(item.published),
    )


def wire(section: str, wanted: str | None) -> Wire:
    """The wire list, of one agency section when one is given. Raises Http404 for a page that isn't there."""
    usable = models.WireItem.objects.usable()
    chosen = usable.filter(section=section) if section else usable
    address = f"{ADDRESS}?section={quote(section)}" if section else ADDRESS
    found = page_of(chosen.newest_first(), wanted, PAGE)
    where = paging(found, address)
    title = _("Flash: %(section)s") % {"section": section} if section else _("Flash")
    names = usable.exclude(section="").order_by("section").values_list("section", flat=True).distinct()
    return Wire(
        head=head(title, address, is_hidden=where.number > 1, previous=where.previous, following=where.following),
        crumbs=(Link(_("Flash"), ADDRESS),) if section else (),
        title=title,
        sections=tuple(Link(name, f"{ADDRESS}?section={quote(name)}") for name in names),
        current=section,
        entries=tuple(entry(item) for item in found.object_list),
        paging=where,
    )


def wire_item(item: models.WireItem) -> WireItem:
    crumbs = (Link(_("Flash"), ADDRESS), *((Link(item.section, f"{ADDRESS}?section={quote(item.section)}"),) if item.section else ()))
    paragraphs = tuple(part.strip() for part in item.body.split("\n\n") if part.strip())
    return WireItem(
        head=head(item.headline, f"{ADDRESS}/{item.pk}", description=paragraphs[0] if paragraphs else "", kind="article", crumbs=crumbs),
        crumbs=crumbs,
        headline=broken_at_phrases(item.headline),
        agency=item.agency,
        date=when.article_date(item.published),
        iso_date=when.iso(item.published),
        paragraphs=paragraphs,
        address_at_agency=item.address if item.address.startswith(("https://", "http://")) else "",
    )
