"""What the desk's tables make of an item: its section, whether it is flashed, until when, and where it stands. Pure."""

from dataclasses import dataclass
from datetime import datetime

from kawaraban.wires.copy import Copy
from kawaraban.wires.house import House
from kawaraban.wires.sections import section_of


@dataclass(frozen=True, slots=True)
class Steering:
    section: str
    is_flashed: bool
    flash_until: datetime
    position: int = 0


def steering(copy: Copy, house: House, *, section: str, shown_from: datetime, now: datetime) -> Steering:
    """section: of the source, for a copy whose subjects tell none. shown_from: when readers may first see it; the flash's hours count from then."""
    until = shown_from + house.flash
    return Steering(section_of(copy.subjects, house.sections) or section, until > now, until)
