"""What the desk's tables make of an item: its section, whether it is flashed, until when, and where it stands. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kawaraban.wires.copy import Copy
from kawaraban.wires.house import House
from kawaraban.wires.rules import Rule, fitting, sight
from kawaraban.wires.sections import section_of

EVERYTHING = Rule()  # what no rule of the desk fits is flashed


@dataclass(frozen=True, slots=True)
class Steering:
    section: str
    is_flashed: bool
    flash_until: datetime
    position: int = 0
    rule: int = 0  # key of the rule that decided; 0 for none


def steering(copy: Copy, house: House, *, section: str, shown_from: datetime, now: datetime, agency: str = "") -> Steering:
    """section, agency: of the source, for a copy that tells none. shown_from: when readers may first see it; the flash's hours count from then."""
    rule = fitting(house.rules, sight(copy, agency)) if house.rules else None
    chosen = rule or EVERYTHING
    until = shown_from + (house.flash if chosen.hours is None else timedelta(hours=chosen.hours))
    found = chosen.section or section_of(copy.subjects, house.sections) or section
    return Steering(found, chosen.is_flashed and until > now, until, chosen.position, chosen.key)
