"""What this magazine makes of copy: its settings and the desk's tables, read once for a payload."""

from dataclasses import dataclass, field
from datetime import timedelta

from kawaraban.conf import Configuration
from kawaraban.wires.rules import Rules, rules
from kawaraban.wires.sections import Table, table


@dataclass(frozen=True, slots=True)
class House:
    sections: Table = field(default_factory=dict)
    language: str = "ja"
    flash: timedelta = timedelta(hours=48)
    group: timedelta = timedelta(hours=36)
    item_bytes: int = 1 << 20
    rules: Rules = ()


def house(found: Configuration) -> House:
    wires = found.wires
    flash, group = timedelta(hours=wires.flash_hours), timedelta(hours=wires.group_hours)
    return House(table(), found.site.language, flash, group, wires.item_bytes, rules())
