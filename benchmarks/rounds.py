"""Interleaved rounds: what is compared is measured in turn, so that a slow minute of the machine meets all alike. Pure."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from benchmarks.load import Load
from benchmarks.plan import Figure


def interleaved(names: Sequence[str], count: int, measure: Callable[[str, int], Load]) -> dict[str, list[Load]]:
    found: dict[str, list[Load]] = {name: [] for name in names}
    for number in range(count):
        turn = number % len(names)
        for name in (*names[turn:], *names[:turn]):
            found[name].append(measure(name, number))
    return found


def figures(name: str, loads: Iterable[Load]) -> list[Figure]:
    told = list(loads)
    return [
        figure(f"{name}: requests a second", "1/s", [load.rate for load in told], 0),
        figure(f"{name}: p50", "ms", [load.p50 * 1000 for load in told], 2),
        figure(f"{name}: p99", "ms", [load.p99 * 1000 for load in told], 2),
    ]


def figure(name: str, unit: str, values: Iterable[float], digits: int = 3) -> Figure:
    rounds = tuple(round(value, digits) for value in values)
    return Figure(name, unit, round(median(rounds), digits), rounds)


def ratio(name: str, above: Sequence[Load], below: Sequence[Load]) -> Figure:
    """The median of the rounds' own ratios."""
    return figure(name, "×", [one.rate / other.rate for one, other in zip(above, below, strict=True)])
