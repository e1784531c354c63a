"""Files a copy: as a new item, as a version of one that is there, or not again."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import connection, transaction

from kawaraban.wires import grouping, identity, records
from kawaraban.wires.copy import Copy, Link, Relation, Status
from kawaraban.wires.finding import fingerprint_of, known, recognised
from kawaraban.wires.models import Instruction, WireItem
from kawaraban.wires.settling import Filing, adopt, begin, settle, version_of

LOCK = 0x6B61_7761_7261  # one at a time files: an item and its kill may come at once by two ways
KINDS = {Relation.KILLS: Instruction.Kind.KILLS, Relation.CORRECTS: Instruction.Kind.CORRECTS, Relation.UPDATES: Instruction.Kind.UPDATES}
ROUND_UP = 20  # items that one updates: one that names more is no newer telling of any of them


class Outcome(StrEnum):
    NEW = "new"
    VERSION = "version"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Filed:
    item: WireItem
    outcome: Outcome


def lock() -> None:
    """Within a transaction, before the first copy is filed. SQLite's transactions are one at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def file(copy: Copy, filing: Filing) -> Filed:
    """Files a copy in a savepoint of its own. `lock` has been called."""
    copy = records.storable(copy)
    item = known(copy, filing)
    if item is None and (item := recognised(copy, filing)):
        copy = replace(copy, guid=item.guid)
        if says_the_same(item, copy):
            return Filed(item, Outcome.SAME)
    if item is None:
        filed = Filed(begin(copy, filing), Outcome.NEW)
    elif item.versions.filter(digest=records.digest(copy)).exists():
        return Filed(item, Outcome.SAME)
    else:
        filed = Filed(add_version(item, copy, filing), Outcome.VERSION)
    obey(filed.item, copy, filing)
    return filed


def says_the_same(item: WireItem, copy: Copy) -> bool:
    """Whether a feed tells nothing new but an identifier and a date."""
    is_alike = fingerprint_of(item) == identity.fingerprint(copy) and copy.embargoed_until == item.embargoed_until
    return is_alike and copy.status is Status.USABLE


def add_version(item: WireItem, copy: Copy, filing: Filing) -> WireItem:
    if item.face_id is None:
        adopt(item)
    version = version_of(copy, filing)
    version.item = item
    version.save()
    settle(item, filing)
    return item


def obey(item: WireItem, copy: Copy, filing: Filing) -> None:
    """Notes what the copy orders about other items, and does it to those that are there."""
    for link in telling(copy):
        guid = identity.guid_of(link.guid)
        if guid == item.guid:
            continue
        target = known(replace(copy, guid=link.guid), filing)
        namespace = target.namespace if target else item.namespace
        about = {"kind": KINDS[link.relation], "namespace": namespace, "guid": guid, "number": link.version}
        filing.memory.ordered(guid)
        Instruction.objects.get_or_create(by=item, **about, defaults={"given_at": filing.received_at, "arrival": filing.arrival})
        if target is not None and link.relation is Relation.UPDATES:
            grouping.join_updated(item, target, filing.house, filing.now)
        elif target is not None:
            settle(target, filing)


def telling(copy: Copy) -> list[Link]:
    """The links that something follows from."""
    is_round_up = sum(link.relation is Relation.UPDATES for link in copy.links) > ROUND_UP
    return [link for link in copy.links if link.relation in KINDS and not (is_round_up and link.relation is Relation.UPDATES)]
