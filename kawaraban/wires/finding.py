"""Which item a copy is a version of."""

from datetime import timedelta

from django.db.models import Q

from kawaraban.wires import identity
from kawaraban.wires.copy import Copy
from kawaraban.wires.identity import Fingerprint
from kawaraban.wires.models import WireItem
from kawaraban.wires.settling import Filing

MOST = 20  # items of one title that are looked at
RECENT = timedelta(hours=12)  # within which an item may change its text or title; tomorrow's weather at the same address is another item


def known(copy: Copy, filing: Filing) -> WireItem | None:
    """The item of this identifier: the agency's, or of the same source, which may have been another agency's when it came."""
    guid, source = identity.guid_of(copy.guid), filing.source
    if guid in filing.memory.unused:
        return None
    found = list(WireItem.objects.filter(guid=guid))
    namespace = identity.namespace_of(source.agency)
    own = (item for item in found if item.namespace == namespace)
    return next(own, None) or next((item for item in found if item.source_id == source.pk), None)


def recognised(copy: Copy, filing: Filing) -> WireItem | None:
    """The item that a feed has given another identifier."""
    prints = identity.fingerprint(copy)
    if copy.format not in identity.FEEDS or not (prints.address or prints.title):
        return None
    alike = Q(address_digest=prints.address) & ~Q(address_digest="") | Q(title_digest=prints.title) & ~Q(title_digest="")
    found = WireItem.objects.filter(alike, namespace=identity.namespace_of(filing.source.agency)).order_by("-pk")[:MOST]
    return next((item for item in found if is_same(item, prints, filing)), None)


def is_same(item: WireItem, prints: Fingerprint, filing: Filing) -> bool:
    is_recent = abs(filing.received_at - item.received) <= RECENT
    return fingerprint_of(item) == prints or (is_recent and identity.is_same(fingerprint_of(item), prints))


def fingerprint_of(item: WireItem) -> Fingerprint:
    return Fingerprint(item.address_digest, item.title_digest, item.text_digest)
