"""Several payloads that came as one: the good ones are read, whatever the others are."""

from collections.abc import Callable, Iterable

from kawaraban.wires.copy import Copy, Partly, Unreadable, in_short


def gathered(readings: Iterable[tuple[str, Callable[[], list[Copy]]]]) -> list[Copy]:
    """The copies of named payloads. Raises Partly when something of them can't be read, Unreadable when nothing can; reasons begin with the name."""
    found: list[Copy] = []
    reasons: list[str] = []
    for name, read in readings:
        try:
            found += read()
        except Partly as partly:
            found += partly.read
            reasons += (f"{name}: {reason}" for reason in partly.reasons)
        except Unreadable as reason:
            reasons.append(f"{name}: {reason}")
    if reasons and found:
        raise Partly(found, reasons)
    if reasons:
        raise Unreadable(in_short(reasons))
    return found
