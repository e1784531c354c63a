"""What rules would make of the last items, without doing it."""

from dataclasses import dataclass, replace
from datetime import datetime

from kawaraban.wires.copy import Copy
from kawaraban.wires.house import House
from kawaraban.wires.models import WireItem
from kawaraban.wires.records import copy_of
from kawaraban.wires.rules import Rules, fits, sight
from kawaraban.wires.steering import Steering, steering

ITEMS = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """An item and what would become of it. fitting: keys of all rules that fit, of which the first decides."""

    item: WireItem
    steering: Steering
    fitting: tuple[int, ...]

    @property
    def is_other_section(self) -> bool:
        return self.steering.section != self.item.section


def trials(known: Rules, house: House, now: datetime) -> list[Trial]:
    """Of the last items that readers may see or will."""
    items = WireItem.objects.filter(status=WireItem.Status.USABLE).select_related("face", "source").order_by("-received", "-pk")
    return [trial(item, known, replace(house, rules=known), now) for item in items[:ITEMS]]


def trial(item: WireItem, known: Rules, house: House, now: datetime) -> Trial:
    copy = copy_of(item.face.copy) if item.face else plain_copy(item)
    section, agency = (item.source.section, item.source.agency) if item.source else (item.section, item.agency)
    shown_from = max(filter(None, (item.published, item.embargoed_until)))
    found = steering(copy, house, section=section, shown_from=shown_from, now=now, agency=agency)
    seen = sight(copy, agency)
    return Trial(item, found, tuple(rule.key for rule in known if fits(rule, seen)))


def plain_copy(item: WireItem) -> Copy:
    """Of an item that did not come by the wires."""
    return Copy(format="", guid=item.guid, headline=item.headline, body_text=item.body, urgency=item.urgency, agency=item.agency)
