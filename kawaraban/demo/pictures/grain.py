"""Paper grain, missed ink and wood grain laid over a finished print."""

from __future__ import annotations

from functools import cache
from random import Random

FLECKS_PER_UNIT = 0.006


def _flecks(rng: Random, width: float, height: float, big: float) -> str:
    parts = []
    for _ in range(int(width * height * FLECKS_PER_UNIT)):
        x, y = rng.random() * width, rng.random() * height
        size = 0.8 + rng.random() ** 4 * big
        parts.append(f"M{x:.0f} {y:.0f}h{size:.1f}v{size:.1f}h-{size:.1f}z")
    return "".join(parts)


def _wood(rng: Random, width: float, height: float) -> str:
    parts = []
    for _ in range(26):
        y, x = rng.random() * height, -20.0
        d = f"M{x:.0f} {y:.0f}"
        while x < width:
            step = 160 + rng.random() * 260
            d += f"q{step / 2:.0f} {rng.uniform(-9, 9):.1f} {step:.0f} {rng.uniform(-3, 3):.1f}"
            x += step
        parts.append(d)
    return "".join(parts)


@cache
def grain_overlay(kind: int, width: float, height: float) -> str:
    rng = Random(f"grain{kind}")
    wood = _wood(rng, width, height)
    pale, dark = _flecks(rng, width, height, 1.5), _flecks(rng, width, height, 1.0)
    return (
        f'<path d="{wood}" fill="none" stroke="#fff6e4" stroke-opacity=".1" stroke-width="1.6"/>'
        f'<path d="{pale}" fill="#fff6e4" fill-opacity=".17" shape-rendering="crispEdges"/>'
        f'<path d="{dark}" fill="#1a1c24" fill-opacity=".13" shape-rendering="crispEdges"/>'
    )
