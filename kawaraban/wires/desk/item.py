"""An item with all that came of it: text, versions and what changed between two, its story, its links, its receipts."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from kawaraban.wires import diffing, identity
from kawaraban.wires.copy import Copy
from kawaraban.wires.desk import told
from kawaraban.wires.desk.filters import number
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.desk.rows import for_rows, rows
from kawaraban.wires.models import Instruction, KillReceipt, WireItem, WireVersion
from kawaraban.wires.records import copy_of
from kawaraban.wires.secrecy import Rights, rights_of

MOST = 100  # versions listed


@dataclass(frozen=True, slots=True)
class Linked:
    """Another item, as far as it is known. title is empty for who may not read it."""

    relation: str
    key: int
    title: str
    agency: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between two versions."""

    old: WireVersion
    new: WireVersion
    headline: list[diffing.Piece]
    text: list[diffing.Piece]


@require_GET
@for_desk()
def item(request: HttpRequest, key: int) -> HttpResponse:
    rights, now = rights_of(request.user), timezone.now()
    found = get_object_or_404(WireItem.objects.select_related("source", "replaced_by"), pk=key)
    [row] = rows(for_rows(WireItem.objects.filter(pk=key)), rights, now)
    versions = list(found.versions.newest_first().select_related("arrival", "arrival__source")[:MOST])
    readable = rights.readable(versions, found)
    copy = copy_shown(found, versions, readable)
    legible = [version for version in versions if version.pk in readable]
    return page(
        request,
        "item.html",
        _("Item No. %d") % key,
        item=found,
        row=row,
        rights=rights,
        text=told.text(copy) if copy else "",
        media=told.media(copy) if copy else [],
        fields=told.fields(copy) if copy else [],
        versions=[(version, version.pk in readable) for version in versions],
        change=change(legible, request.GET),
        may_compare=change(legible, {}) is not None,
        story=rows(for_rows(found.others().newest_first()), rights, now),
        links=linked(found, copy, rights),
        receipts=[(receipt, addresses(receipt), places(receipt)) for receipt in found.kill_receipts.all()],
        origins=found.origins.select_related("article", "made_by"),
        banners=found.banners.all(),
    )


def addresses(receipt: KillReceipt) -> list[str]:
    """Of the pages and feeds that showed it, without the insets of pages, which have none."""
    return [address for address in receipt.addresses if address.startswith("/")]


def places(receipt: KillReceipt) -> str:
    """The names of the pieces of pages that showed what was killed."""
    names = {"wire": _("the flash"), "banner": _("the banner")}
    return pgettext("between names", ", ").join(names.get(slot, slot) for slot in receipt.slots)


def copy_shown(item: WireItem, versions: list[WireVersion], readable: set[int]) -> Copy | None:
    """Its face; of what was killed the last version that has a text, for those who may read it. One without versions tells what its row does."""
    found = [version for version in versions if version.pk in readable]
    if item.status == WireItem.Status.USABLE:
        faces = [version for version in found if version.pk == item.face_id]
        return copy_of(faces[0].copy) if faces else row_copy(item)
    texts = [version for version in found if version.copy.get("body_text")] or found
    return copy_of(texts[0].copy) if texts else None


def row_copy(item: WireItem) -> Copy:
    names = ("guid", "version", "headline", "slugline", "byline", "dateline", "language", "urgency", "published", "agency", "address")
    return Copy(format="", body_text=item.body, embargoed_until=item.embargoed_until, **{name: getattr(item, name) for name in names})


def change(versions: list[WireVersion], asked: "dict[str, str]") -> Change | None:
    """Between the two that were asked for, else between the last two that have a text. versions: readable, the newest first."""
    by_key = {version.pk: version for version in versions}
    told = [version for version in versions if version.copy.get("body_text") or version.status == WireItem.Status.USABLE]
    new = by_key.get(number(asked.get("new", ""))) or (told[0] if told else None)
    old = by_key.get(number(asked.get("old", ""))) or (told[1] if len(told) > 1 else None)
    if new is None or old is None or new == old:
        return None
    return compared(old, new)


def compared(old: WireVersion, new: WireVersion) -> Change:
    texts = [(version.copy.get("headline", ""), version.copy.get("body_text", "")) for version in (old, new)]
    return Change(old, new, diffing.diff(texts[0][0], texts[1][0]), diffing.diff(texts[0][1], texts[1][1]))


def linked(item: WireItem, copy: Copy | None, rights: Rights) -> list[Linked]:
    """What the copy names, what replaces the item, what it replaces, and what has ordered something about it."""
    names = {"updates": _("updates"), "corrects": _("corrects"), "kills": _("kills"), "see_also": _("see also")}
    wanted = {identity.guid_of(link.guid): names[link.relation] for link in (copy.links if copy else ()) if link.guid != item.guid}
    items = {found.guid: found for found in WireItem.objects.filter(guid__in=wanted, namespace=item.namespace)}
    found = [entry(relation, items.get(guid), rights, guid if rights.reads_killed else "") for guid, relation in wanted.items()]
    orders = Instruction.objects.filter(guid=item.guid, namespace=item.namespace).exclude(by=item).select_related("by")
    given = {"kills": _("killed by"), "corrects": _("corrected by"), "updates": _("updated by")}
    found += [entry(given[order.kind], order.by, rights) for order in orders]
    return found


def entry(relation: str, item: WireItem | None, rights: Rights, guid: str = "") -> Linked:
    if item is None:
        return Linked(relation, 0, guid or _("an item that has not come"), "")
    title = (item.headline or item.guid) if rights.reads(item) and (item.headline or rights.reads_killed) else ""
    return Linked(relation, item.pk, title, item.agency)
