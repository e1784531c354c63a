"""Several payloads that came as one: the good ones are read, whatever the others are."""

from collections.abc import Callable, Iterable

from kawaraban.wires.copy import Copy, Partly, Unreadable, in_short
from kawaraban.wires.fault import Fault


def gathered(readings: Iterable[tuple[str, Callable[[], list[Copy]]]]) -> list[Copy]:
    """The copies of named payloads. Raises Partly when something of them can't be read, Unreadable when nothing can; reasons begin with the name."""
    found: list[Copy] = []
    faults: list[Fault] = []
    for name, read in readings:
        try:
            found += read()
        except Partly as partly:
            found += partly.read
            faults += (named(name, fault) for fault in partly.faults)
        except Unreadable as error:
            faults.append(named(name, error.fault))
    if faults and found:
        raise Partly(found, faults)
    if faults:
        raise Unreadable(in_short(faults))
    return found


def named(name: str, reason: Fault) -> Fault:
    return Fault("%(name)s: %(reason)s", {"name": name, "reason": reason})
