"""Settles an item: gives it the face and the state that all its versions, and all orders about it, make."""

from dataclasses import dataclass, field
from datetime import datetime

from kawaraban.wires import grouping, identity, signals, truth
from kawaraban.wires.copy import Copy, Relation, Status
from kawaraban.wires.face import TEXTS, TOLD_BY_A_KILL, face
from kawaraban.wires.hands import is_touched
from kawaraban.wires.house import House
from kawaraban.wires.memory import Memory
from kawaraban.wires.models import Arrival, Instruction, Source, WireItem, WireVersion
from kawaraban.wires.notices import notify
from kawaraban.wires.records import copy_of, digest_of, told
from kawaraban.wires.steering import steering
from kawaraban.wires.taking_down import take_down
from kawaraban.wires.truth import Mark, Order, Standing, standing


@dataclass(frozen=True, slots=True)
class Filing:
    """Of which payload copies are filed, and when."""

    source: Source
    house: House
    received_at: datetime
    now: datetime
    arrival: Arrival | None = None
    memory: Memory = field(default_factory=Memory)


def version_of(copy: Copy, filing: Filing) -> WireVersion:
    """A version that has no item yet."""
    found = told(copy)
    return WireVersion(
        number=copy.version,
        status=status_of(copy),
        told_at=truth.told_at(copy, filing.received_at),
        received_at=filing.received_at,
        digest=digest_of(found),
        copy=found,
        arrival=filing.arrival,
    )


def status_of(copy: Copy) -> Status:
    """A message that kills another item is for the desk: it repeats what must not be shown."""
    kills = any(link.relation is Relation.KILLS and link.guid != copy.guid for link in copy.links)
    return Status.WITHHELD if kills and copy.status is Status.USABLE else copy.status


def begin(copy: Copy, filing: Filing) -> WireItem:
    """A new item with its first version."""
    item = WireItem(guid=identity.guid_of(copy.guid), namespace=identity.namespace_of(filing.source.agency), source=filing.source)
    version = version_of(copy, filing)
    stands = standing([mark_of(version)], orders_about(item, filing.memory))
    show(item, copy, stands, filing)
    item.save(force_insert=True)
    filing.memory.used(item.guid)
    version.item = item
    version.save()
    WireItem.objects.filter(pk=item.pk).update(face=version)
    item.face = version
    if item.status == Status.USABLE:
        grouping.join_story(item, filing.house, filing.now)
    if item.guid not in filing.memory.unordered:
        grouping.join_updates(item, filing.house, filing.now)
    return item


def settle(item: WireItem, filing: Filing) -> None:
    """Nothing happens when nothing has changed: an older version is only filed."""
    stands = standing([mark_of(version) for version in versions_of(item) or [adopt(item)]], orders_about(item, filing.memory))
    before = (item.face_id, item.status, item.replaced_by_id)
    if before == (stands.face, stands.status, stands.replaced_by):
        return
    version = item.versions.get(pk=stands.face)
    fields = show(item, copy_of(version.copy), stands, filing, version.received_at)
    item.face = version
    item.save(update_fields=["face", *fields])  # the others may just be an editor's
    regroup(item, filing)
    follow(item, before, filing)


def follow(item: WireItem, before: tuple[int | None, str, int | None], filing: Filing) -> None:
    """What a new face or state has for consequences."""
    _, status, replaced_by = before
    if item.status != Status.USABLE:
        if item.status != status:
            take_down(item, filing.arrival, filing.now)
        return
    if status != Status.USABLE:
        notify(item, "revived", filing.now)
        signals.revived.send(sender=WireItem, item=item)
    elif item.notice or item.replaced_by_id != replaced_by:
        notify(item, "corrected", filing.now)
        signals.corrected.send(sender=WireItem, item=item)


def show(item: WireItem, copy: Copy, stands: Standing, filing: Filing, received_at: datetime | None = None) -> list[str]:
    """Sets what readers and desk see of an item; gives the names of the fields. One that does not say when it was sent leaves that as it was."""
    is_usable = stands.status is Status.USABLE
    source, came_at = item.source or filing.source, received_at or filing.received_at
    is_risen = is_usable and item.pk is not None and copy.urgency < item.urgency
    values = face(copy, came_at, agency=source.agency, language=source.language)
    if copy.published is None and item.published:
        values["published"] = item.published
    if not is_usable and item.pk:
        values = {name: values[name] for name in TOLD_BY_A_KILL}
    if stands.status is Status.CANCELED:
        values |= dict.fromkeys(TEXTS, "")
    state = {"status": str(stands.status), "killed_at": None if is_usable else item.killed_at or filing.now, "replaced_by_id": stands.replaced_by}
    values |= state
    for name, value in values.items():
        setattr(item, name, value)
    steered: tuple[str, ...] = ()
    if is_usable or item.pk is None:
        steered = steer(item, copy, filing, min(copy.updated or came_at, came_at) if is_risen else None)
    return [*values, "section", *steered]


def steer(item: WireItem, copy: Copy, filing: Filing, risen_at: datetime | None = None) -> tuple[str, ...]:
    """Its section; and its place in the flash when it is new, or has become more urgent and no editor has decided. Gives the fields of that.

    risen_at: since when it is more urgent; the flash's hours count from then.
    """
    shown_from = max(filter(None, (item.published, item.embargoed_until, risen_at)))
    section, agency = (item.source.section, item.source.agency) if item.source else ("", item.agency)
    found = steering(copy, filing.house, section=section, shown_from=shown_from, now=filing.now, agency=agency)
    item.section = found.section
    if item.pk is not None and (risen_at is None or is_touched(item)):
        return ()
    item.is_flashed, item.flash_until, item.position = found.is_flashed, found.flash_until, found.position
    return "is_flashed", "flash_until", "position"


def regroup(item: WireItem, filing: Filing) -> None:
    grouping.forget_bands(item)
    if item.status == Status.USABLE:
        grouping.join_story(item, filing.house, filing.now)
    elif item.story_id:
        grouping.choose_best(item.story_id, filing.house, filing.now)


def adopt(item: WireItem) -> WireVersion:
    """The first version of an item that did not come by the wires, such as one of the demo."""
    copy = Copy(
        format="",
        guid=item.guid,
        version=item.version,
        status=Status(item.status),
        headline=item.headline,
        language=item.language,
        urgency=item.urgency,
        published=item.published,
        embargoed_until=item.embargoed_until,
        agency=item.agency,
        body_text=item.body,
        address=item.address,
    )
    found = told(copy)
    version = WireVersion(
        item=item, number=item.version, status=item.status, told_at=item.published, received_at=item.received, digest=digest_of(found), copy=found
    )
    version.save()
    return version


def versions_of(item: WireItem) -> list[WireVersion]:
    return list(item.versions.defer("copy"))


def mark_of(version: WireVersion) -> Mark:
    return Mark(version.pk or 0, version.number, version.told_at, version.received_at, Status(version.status))


def orders_about(item: WireItem, memory: Memory) -> list[Order]:
    if item.guid in memory.unordered:
        return []
    found = Instruction.objects.filter(guid=item.guid, namespace=item.namespace).exclude(kind=Instruction.Kind.UPDATES)
    return [Order(order.by_id, order.number, order.given_at, order.kind == Instruction.Kind.KILLS) for order in found]
