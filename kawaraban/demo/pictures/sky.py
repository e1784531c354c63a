"""Skies: gradations, sun and moon, haze, clouds, stars and weather."""

from __future__ import annotations

import math

from .canvas import Canvas, smooth
from .inks import mix


def sky(c: Canvas, horizon: float) -> None:
    top, middle, low = c.p.sky
    kind = c.r.random()
    if kind < 0.45:
        stops = ((0, top, 1), (0.3, mix(top, middle, 0.75), 1), (0.5, middle, 1), (1, low, 1))
    elif kind < 0.75:
        stops = ((0, top, 1), (0.16, mix(top, middle, 0.6), 1), (0.34, middle, 1), (1, middle, 1))
    else:
        stops = ((0, mix(top, middle, 0.5), 1), (0.5, middle, 1), (0.82, low, 1), (1, mix(low, top, 0.35), 1))
    c.rect(0, 0, c.w, horizon + 2, c.grad(stops))
    stipple(c, 0, 0, c.w, horizon * 0.55, mix(top, c.p.dark, 0.25), 900, 0.35)
    if c.p.night:
        stars(c, horizon * 0.8, 70)


def stipple(c: Canvas, x: float, y: float, w: float, h: float, colour: str, count: int, op: float = 0.5, size: float = 2.4) -> None:
    """Dots thinning downwards, like a riso gradation."""
    parts = []
    for _ in range(count):
        px, py = x + c.r.random() * w, y + h * c.r.random() ** 2.2
        s = size * (0.5 + c.r.random() * 0.6)
        parts.append(f"M{px:.0f} {py:.0f}h{s:.1f}v{s:.1f}h-{s:.1f}z")
    c.path("".join(parts), colour, op)


def luminary(c: Canvas, x: float, y: float, r: float) -> None:
    if c.p.night:
        c.glow(x, y, r * 3, c.p.disc, 0.35)
        if c.r.random() < 0.35:
            crescent(c, x, y, r)
            return
    c.disc(x, y, r, c.p.disc)


def crescent(c: Canvas, x: float, y: float, r: float) -> None:
    c.path(
        f"M{x - r * 0.3:.1f} {y - r:.1f}A{r} {r} 0 1 1 {x - r * 0.3:.1f} {y + r:.1f}"
        f"A{r * 0.82:.1f} {r * 1.1:.1f} 0 1 0 {x - r * 0.3:.1f} {y - r:.1f}Z",
        c.p.disc,
    )


def stars(c: Canvas, depth: float, count: int, colour: str | None = None) -> None:
    for _ in range(count):
        size = 0.9 + c.r.random() ** 4 * 2.6
        c.disc(c.r.random() * c.w, c.r.random() * depth, size, colour or c.p.light, 0.85)


def haze(c: Canvas, y: float, colour: str, count: int = 3, op: float = 0.8, spread: float = 90) -> None:
    """Long pill-shaped mist bands of the old picture scrolls."""
    for _ in range(count):
        long, thick = c.w * c.r.uniform(0.35, 0.8), c.r.uniform(12, 34)
        x, top = c.r.uniform(-0.2, 0.8) * c.w, y + c.r.uniform(-spread, spread)
        c.rect(x, top, long, thick, colour, op, thick / 2)
        c.rect(x + long * c.r.uniform(0.15, 0.5), top + thick * 0.72, long * 0.6, thick * 0.8, colour, op, thick * 0.4)


def mist(c: Canvas, y: float, depth: float, colour: str, op: float = 0.9) -> None:
    c.rect(0, y, c.w, depth, c.grad(((0, colour, 0), (0.6, colour, op), (1, colour, 0))))


def cloud(c: Canvas, x: float, y: float, size: float, colour: str, op: float = 1) -> None:
    """A flat-bottomed heap of overlapping rounds, cut as one shape."""
    d = f"M{x - size:.0f} {y:.0f}H{x + size:.0f}v{size * 0.07:.0f}H{x - size:.0f}z"
    for k in range(9):
        t = -0.88 + 1.76 * k / 8
        r = size * (0.1 + 0.24 * (1 - t * t)) * c.r.uniform(0.65, 1.1)
        d += f"M{x + t * size - r:.0f} {y:.0f}a{r:.0f} {r * 0.9:.0f} 0 0 1 {2 * r:.0f} 0z"
    c.path(d, colour, op)
    c.rect(x - size * c.r.uniform(0.6, 1.4), y + size * 0.12, size * 1.5, size * 0.05, colour, op, size * 0.025)


def clouds(c: Canvas, y: float, count: int) -> None:
    tone = mix(c.p.sky[1], c.p.light, 0.75) if not c.p.night else mix(c.p.sky[1], c.p.sky[2], 0.6)
    for k in range(count):
        x = c.w * (k + c.r.uniform(0, 1)) / count
        cloud(c, x, y + c.r.uniform(-60, 40), c.r.uniform(80, 210), tone)


def rain(c: Canvas, count: int = 240, colour: str | None = None, slant: float = -0.18) -> None:
    d = ""
    for _ in range(count):
        x, y, long = c.r.random() * c.w * 1.2, c.r.random() * c.h, c.r.uniform(50, 190)
        d += f"M{x:.0f} {y:.0f}l{slant * long:.0f} {long:.0f}"
    c.stroke(d, colour or c.p.light, 1.5, 0.5)


def snowfall(c: Canvas, count: int = 220) -> None:
    for _ in range(count):
        c.disc(c.r.random() * c.w, c.r.random() * c.h, 1.5 + c.r.random() ** 3 * 7, "#fffaf0", 0.92)


def flock(c: Canvas, x: float, y: float, count: int, colour: str, size: float = 15) -> None:
    d = ""
    for i in range(count):
        px, py = x + i * size * 2.3 + c.r.uniform(-9, 9), y + math.sin(i * 0.9) * size + c.r.uniform(-9, 9)
        s = size * c.r.uniform(0.7, 1.1)
        d += (
            f"M{px - s:.1f} {py - s * 0.35:.1f}q{s * 0.6:.1f} {-s * 0.25:.1f} {s:.1f} {s * 0.4:.1f}"
            f"q{s * 0.4:.1f} {-s * 0.65:.1f} {s:.1f} {-s * 0.4:.1f}"
        )
    c.stroke(d, colour, 2.6)


def open_sky(c: Canvas, horizon: float, low: bool = False) -> None:
    """A sky with its luminary and a choice of haze, clouds or nothing."""
    sky(c, horizon)
    rise = c.r.uniform(0.75, 0.95) if low else c.r.uniform(0.25, 0.62)
    radius = c.r.choice((44, 60, 84, 120)) * (0.75 if c.p.night else 1)
    x = c.w * c.r.uniform(0.14, 0.86)
    luminary(c, x, horizon * rise, radius)
    dress = c.r.random()
    tone = mix(c.p.sky[1], c.p.light, 0.6) if not c.p.night else c.p.sky[2]
    if dress < 0.4:
        haze(c, horizon * rise + radius * 0.4, tone, 3, 0.75)
    elif dress < 0.7:
        clouds(c, horizon * c.r.uniform(0.35, 0.7), 3)
    if not c.p.night and c.r.random() < 0.45:
        flock(c, c.w * c.r.uniform(0.1, 0.7), horizon * c.r.uniform(0.2, 0.5), c.r.randint(3, 7), c.p.dark)


def wind_lines(c: Canvas, y: float, colour: str, count: int = 3) -> None:
    for _ in range(count):
        x, w = c.r.uniform(0, 0.6) * c.w, c.r.uniform(0.2, 0.4) * c.w
        yy = y + c.r.uniform(-60, 60)
        c.stroke(smooth(((x, yy), (x + w * 0.3, yy - 12), (x + w * 0.7, yy + 8), (x + w, yy - 6))), colour, 3, 0.7)


def weather(c: Canvas, chance: float = 0.22) -> None:
    roll = c.r.random()
    if c.p.sky[0] == "#5f7590":
        snowfall(c)
    elif roll < chance:
        rain(c, colour=c.p.light)
