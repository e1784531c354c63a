"""Paper grain, missed ink and wood grain laid over a finished print."""

from __future__ import annotations

from functools import cache
from random import Random

TILE = 400


def _flecks(rng: Random, count: int, big: float) -> str:
    parts = []
    for _ in range(count):
        x, y = rng.random() * TILE, rng.random() * TILE
        size = 0.7 + rng.random() ** 3 * big
        parts.append(f"M{x:.0f} {y:.0f}h{size:.1f}v{size * 0.8:.1f}h-{size:.1f}z")
    return "".join(parts)


@cache
def _tile(kind: int) -> str:
    rng = Random(f"grain{kind}")
    return (
        f'<pattern id="grain" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">'
        f'<path d="{_flecks(rng, 1500, 1.8)}" fill="#fff6e4" fill-opacity=".2"/>'
        f'<path d="{_flecks(rng, 1300, 1.3)}" fill="#1a1c24" fill-opacity=".13"/></pattern>'
    )


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
def grain_overlay(kind: int, width: float, height: float) -> tuple[str, str]:
    wood = _wood(Random(f"wood{kind}"), width, height)
    return _tile(kind), (
        f'<path d="{wood}" fill="none" stroke="#fff6e4" stroke-opacity=".1" stroke-width="1.6"/>'
        '<rect width="100%" height="100%" fill="url(#grain)"/>'
    )
