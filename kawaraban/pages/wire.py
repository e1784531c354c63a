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
    """The wire list, of one agency section when one is given. Raises Http404 for a page that isn't there."""
    usable = models.WireItem.objects.usable().best()
    chosen = usable.filter(section=section) if section else usable
    address = f"{ADDRESS}?section={quote(section)}" if section else ADDRESS
    found = page_of(chosen.newest_first()[:LONGEST], wanted, PAGE)
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
        byline=item.byline,
        dateline=item.dateline,
        correction=_("Corrected on %(date)s") % {"date": when.article_date(item.corrected_at)} if item.notice and item.corrected_at else "",
        correction_text=item.notice_text if item.notice else "",
        paragraphs=paragraphs,
        credit=item.credit,
        address_at_agency=item.address if item.address.startswith(("https://", "http://")) else "",
        others=tuple(Link(f"{other.agency}: {other.headline}", f"{ADDRESS}/{other.pk}") for other in item.others().usable().newest_first()),
    )
