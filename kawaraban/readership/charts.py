"""Numbers to what an SVG draws of them. Pure; a chart is 1000 units wide and high and is stretched by the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

SIZE = 1000


@dataclass(frozen=True, slots=True)
class Tick:
    """at: percent from the left, or from the top."""

    at: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """line, area: `d` of a path, of what is known so far; usual: of what is compared with."""

    line: str
    area: str
    usual: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    last: tuple[float, float] | None  # percent from left and top


@dataclass(frozen=True, slots=True)
class Bar:
    """A column from the ground: x and width, the top of each of its two parts and their heights."""

    x: float
    width: float
    y: float
    height: float
    upper_y: float
    upper_height: float


@dataclass(frozen=True, slots=True)
class Columns:
    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def ceiling(greatest: float) -> tuple[int, int]:
    """The end of the scale, and the step of its lines: of two, three or four steps of 1, 2, 5, 10, 20 …, those that end lowest."""
    power = 10 ** max(floor(log10(max(greatest, 1))) - 1, 0)
    found = [(max(ceil(greatest / step), 2) * step, step) for step in (many * power for many in (1, 2, 5, 10, 20, 50))]
    return min((top, step) for top, step in found if top <= 4 * step)


def steps(top: int, step: int) -> tuple[Tick, ...]:
    return tuple(Tick(round(100 - value * 100 / top, 2), f"{value:,}") for value in range(top, -1, -step))


def curve(known: Sequence[float], usual: Sequence[float], labels: Sequence[str], every: int = 3) -> Curve:
    """known: as far as there is any, from the first slot; usual: of all slots, or none. labels: of the slots' beginnings."""
    slots = max(len(labels), 1)
    top, step = ceiling(max([*known, *usual], default=0))
    points = [spot(number, value, slots, top) for number, value in enumerate(known)]
    line = path(points)
    area = f"{line}L{points[-1][0]:g} {SIZE}L{points[0][0]:g} {SIZE}Z" if points else ""
    last = (round(points[-1][0] * 100 / SIZE, 2), round(points[-1][1] * 100 / SIZE, 2)) if points else None
    return Curve(
        line, area, path([spot(number, value, slots, top) for number, value in enumerate(usual)]), ticks(labels, every), steps(top, step), last
    )


def spot(number: int, value: float, slots: int, top: int) -> tuple[float, float]:
    """In the middle of its slot."""
    return round((number + 0.5) * SIZE / slots, 1), round(SIZE - value * SIZE / top, 1)


def path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def ticks(labels: Sequence[str], every: int) -> tuple[Tick, ...]:
    """Every so many slots; each second one only where there is room."""
    shown = range(0, len(labels), max(every, 1))
    return tuple(Tick(round((number + 0.5) * 100 / len(labels), 2), labels[number], place % 2 == 1) for place, number in enumerate(shown))


def columns(lower: Sequence[float], upper: Sequence[float], labels: Sequence[str], every: int = 3) -> Columns:
    """Columns of two parts, one upon the other; all of one length."""
    top, step = ceiling(max((one + other for one, other in zip(lower, upper, strict=True)), default=0))
    wide = SIZE / max(len(labels), 1)
    bars = []
    for number, (one, other) in enumerate(zip(lower, upper, strict=True)):
        height, above = one * SIZE / top, other * SIZE / top
        x, width = round(number * wide + wide * 0.12, 1), round(wide * 0.76, 1)
        bars.append(Bar(x, width, round(SIZE - height, 1), round(height, 1), round(SIZE - height - above, 1), round(above, 1)))
    return Columns(tuple(bars), ticks(labels, every), steps(top, step))


def percent(part: float, whole: float) -> float:
    return round(part * 100 / whole, 1) if whole else 0.0
