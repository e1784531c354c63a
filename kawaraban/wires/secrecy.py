"""Who may read what: text that an agency has taken back, older versions of it included, and payloads as they came."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from kawaraban.wires.models import Arrival, Instruction, KillReceipt, WireItem, WireVersion

USABLE = WireItem.Status.USABLE


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody at the desk may do on the wires."""

    reads_killed: bool = False
    steers: bool = False
    reads_payloads: bool = False

    def reads(self, item: WireItem) -> bool:
        """Whether they may read what an item says now."""
        return self.reads_killed or item.status == USABLE

    def readable(self, versions: Sequence[WireVersion], item: WireItem) -> set[int]:
        """Keys of the versions that they may read. Of an item that was ever taken back only what it says now is free, when it is usable again."""
        if self.reads_killed:
            return {version.pk for version in versions}
        if item.status != USABLE:
            return set()
        has_secrets = was_taken_back(item)
        return {version.pk for version in versions if version.status == USABLE and (version.pk == item.face_id or not has_secrets)}

    def reads_payload(self, arrival: Arrival) -> bool:
        """A payload may hold several items, and all of them are in it. Of those that were known already nobody notes which they are."""
        if not self.reads_payloads or self.reads_killed:
            return self.reads_payloads
        if arrival.versions.count() < arrival.items:
            return False
        return not any(map(is_or_was_taken_back, WireItem.objects.filter(versions__arrival=arrival).distinct()))


def rights_of(user: AbstractUser) -> Rights:
    return Rights(user.has_perm("wires.read_killed"), user.has_perm("wires.steer_flash"), user.has_perm("wires.read_payloads"))


def is_or_was_taken_back(item: WireItem) -> bool:
    return item.status != USABLE or was_taken_back(item)


def was_taken_back(item: WireItem) -> bool:
    """By a version of its own, by another item's order, or both."""
    ordered = Instruction.objects.filter(kind=Instruction.Kind.KILLS, guid=item.guid, namespace=item.namespace)
    return item.versions.exclude(status=USABLE).exists() or ordered.exists() or KillReceipt.objects.filter(item=item).exists()
