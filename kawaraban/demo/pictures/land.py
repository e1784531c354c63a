"""Land: ridges, peaks, hills, dunes, fields and the ground plane."""

from __future__ import annotations

import itertools
from random import Random

from .canvas import Canvas, Point, smooth
from .inks import mix


def rough(rng: Random, x0: float, x1: float, y: float, amp: float, depth: int = 6, fall: float = 0.52) -> list[Point]:
    """Midpoint displacement between two ends."""
    heights = [rng.uniform(-0.4, 0.4) * amp, rng.uniform(-0.4, 0.4) * amp]
    for _ in range(depth):
        nxt = []
        for a, b in itertools.pairwise(heights):
            nxt += [a, (a + b) / 2 + rng.uniform(-amp, amp) * 0.5]
        heights, amp = [*nxt, heights[-1]], amp * fall
    step = (x1 - x0) / (len(heights) - 1)
    return [(x0 + i * step, y + h) for i, h in enumerate(heights)]


def ridge(c: Canvas, y: float, amp: float, colour: str, base: float | None = None, soft: str | None = None, depth: int = 6) -> list[Point]:
    base = c.h if base is None else base
    points = rough(c.r, -20, c.w + 20, y, amp, depth)
    fill = c.fade(colour, soft) if soft else colour
    c.poly([*points, (c.w + 20, base), (-20, base)], fill)
    return points


def hill(c: Canvas, y: float, amp: float, colour: str, soft: str | None = None, bumps: int = 4) -> list[Point]:
    step = (c.w + 200) / bumps
    points = [(-100 + i * step, y + c.r.uniform(-amp, amp)) for i in range(bumps + 1)]
    fill = c.fade(colour, soft) if soft else colour
    c.path(f"{smooth(points)}L{c.w + 100:.0f} {c.h:.0f}L-100 {c.h:.0f}Z", fill)
    return points


def ranges(c: Canvas, horizon: float, count: int = 3, height: float = 200) -> None:
    """Receding mountain ranges, each with mist at its foot."""
    tones = (c.p.far, mix(c.p.far, c.p.mid, 0.55), c.p.mid)[-count:]
    for i, tone in enumerate(tones):
        y = horizon - height * (1 - i / count) * c.r.uniform(0.7, 1.05)
        ridge(c, y, height * 0.62, tone, horizon + 2, mix(tone, c.p.sky[2], 0.5))


def _profile(x: float, y: float, w: float, h: float) -> str:
    top = w * 0.055
    return (
        f"M{x - w:.0f} {y:.0f}C{x - w * 0.55:.0f} {y - h * 0.16:.0f} {x - w * 0.24:.0f} {y - h * 0.55:.0f} {x - top:.0f} {y - h:.0f}"
        f"l{top * 0.6:.0f} {h * 0.02:.0f}l{top * 0.5:.0f} {-h * 0.012:.0f}L{x + top:.0f} {y - h:.0f}"
        f"C{x + w * 0.27:.0f} {y - h * 0.5:.0f} {x + w * 0.6:.0f} {y - h * 0.14:.0f} {x + w:.0f} {y:.0f}Z"
    )


def peak(c: Canvas, x: float, y: float, w: float, h: float, colour: str, cap: str) -> None:
    """A great cone with a ragged snow cap and a shaded flank."""
    shape = _profile(x, y, w, h)
    c.path(shape, c.grad(((0, colour, 1), (0.6, colour, 1), (1, mix(colour, c.p.sky[2], 0.75), 1))))
    with c.clip(shape):
        edge = y - h * c.r.uniform(0.55, 0.7)
        points: list[Point] = [(x - w, edge - h * 0.1)]
        n = 16
        for i in range(n + 1):
            px = x - w * 0.5 + w * i / n
            dip = c.r.uniform(0.08, 0.3) if i % 2 else -c.r.uniform(0.0, 0.1)
            points.append((px, edge + dip * h * (1 - abs(px - x) / w)))
        c.poly([*points, (x + w, edge - h * 0.1), (x + w, y - h * 1.1), (x - w, y - h * 1.1)], cap)
        flank = [
            (x + w * 0.02, y - h * 1.05),
            (x + w * 0.07, y - h * 0.8),
            (x + w * 0.03, y - h * 0.7),
            (x + w * 0.16, y - h * 0.5),
            (x + w * 0.12, y - h * 0.38),
            (x + w * 0.36, y),
            (x + w, y),
            (x + w, y - h * 1.05),
        ]
        c.poly(flank, c.p.dark, 0.16)


def crag(c: Canvas, x: float, y: float, w: float, h: float, colour: str, cap: str) -> None:
    """An alpine peak of facets, lit from one side."""
    left, right = rough(c.r, 0, 1, 0, 0.09, 4), rough(c.r, 0, 1, 0, 0.09, 4)
    up = [(x - w * (1 - t), y - h * t + d * h * (1 - t)) for t, d in left]
    down = [(x + w * t, y - h * (1 - t) + d * h * t) for t, d in right]
    top = (x, y - h)
    c.poly([*up[:-1], top, *down[1:], (x + w, y), (x - w, y)], c.fade(colour, mix(colour, c.p.sky[2], 0.6)))
    spine = [(x + w * t * 0.42 + c.r.uniform(-0.05, 0.05) * w * (t > 0), y - h * (1 - t)) for t in (0, 0.14, 0.3, 0.45, 0.64, 0.8, 1)]
    c.poly([top, *spine[1:], (x + w, y), *reversed(down[1:])], c.p.dark, 0.22)
    k = 5
    ragged = [(x - w * 0.30 * (1 - i / k) + w * 0.02 * i, y - h * (0.70 + 0.1 * c.r.random() - (0.12 if i % 2 else 0))) for i in range(k)]
    c.poly([top, *(p for p in reversed(up) if p[1] < y - h * 0.7), *ragged, spine[2], spine[1]], cap)


def ground(c: Canvas, y: float, colour: str | None = None, soft: str | None = None) -> None:
    tone = colour or c.p.ground
    c.rect(-10, y, c.w + 20, c.h - y + 10, c.fade(tone, soft or mix(tone, c.p.near, 0.45)))


def furrows(c: Canvas, y: float, vanish: float, colour: str, count: int = 26, op: float = 0.8) -> None:
    """Planted rows running to a vanishing point on the horizon."""
    for i in range(-count, count + 1):
        foot = c.w / 2 + i * c.w / count * 0.95 + (vanish - c.w / 2) * -0.4
        wide = 16
        c.poly([(vanish + i * 5, y), (foot + wide, c.h), (foot - wide, c.h)], colour, op)


def strip_fields(c: Canvas, y: float, tones: tuple[str, ...], count: int = 7) -> None:
    """Bands of fields widening towards the viewer."""
    depth, top = c.h - y, y
    for i in range(count):
        nxt = y + depth * ((i + 1) / count) ** 1.7
        tilt = c.r.uniform(-12, 12) * (i + 1) / count
        c.poly([(0, top), (c.w, top + tilt), (c.w, c.h), (0, c.h)], tones[i % len(tones)])
        top = nxt


def dune(c: Canvas, crest: list[Point], lit: str, shade: str, split: list[Point]) -> None:
    c.path(f"{smooth(crest)}L{c.w + 60:.0f} {c.h}L-60 {c.h}Z", lit)
    c.path(f"{smooth(split)}L{c.w + 60:.0f} {c.h}L{split[0][0]:.0f} {c.h}Z", shade)
