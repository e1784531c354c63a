"""Plants: pines, conifers, broadleaf trees, grass, blossom and reeds."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .inks import mix


def conifer(c: Canvas, x: float, y: float, h: float, colour: str, snow: bool = False) -> None:
    w, layers = h * c.r.uniform(0.17, 0.24), 5
    c.rect(x - h * 0.014, y - h * 0.15, h * 0.028, h * 0.16, c.p.dark)
    for i in range(layers):
        t = i / layers
        base, half = y - h * (0.08 + 0.74 * t), w * (1 - t * 0.82)
        top = base - h * (0.36 - 0.1 * t)
        c.path(
            f"M{x:.0f} {top:.0f}Q{x + half * 0.4:.0f} {base - h * 0.1:.0f} {x + half:.0f} {base:.0f}Q{x:.0f} {base - h * 0.05:.0f} {x - half:.0f} {base:.0f}Q{x - half * 0.4:.0f} {base - h * 0.1:.0f} {x:.0f} {top:.0f}Z",
            colour,
        )
        if snow:
            c.path(
                f"M{x:.0f} {top:.0f}Q{x - half * 0.4:.0f} {base - h * 0.1:.0f} {x - half:.0f} {base:.0f}Q{x - half * 0.3:.0f} {base - h * 0.06:.0f} {x + half * 0.1:.0f} {base - h * 0.11:.0f}Z",
                c.p.light,
                0.92,
            )


def treeline(c: Canvas, points: list[Point], colour: str, size: float = 40, step: float = 0.5) -> None:
    """Small conifer silhouettes standing on a line."""
    d, x, k = "", points[0][0], 0
    while x < points[-1][0]:
        while k < len(points) - 2 and points[k + 1][0] < x:
            k += 1
        (x0, y0), (x1, y1) = points[k], points[k + 1]
        y = y0 + (y1 - y0) * (x - x0) / ((x1 - x0) or 1)
        h = size * c.r.uniform(0.5, 1.2)
        d += f"M{x - h * 0.26:.0f} {y + 8:.0f}L{x:.0f} {y - h:.0f}L{x + h * 0.26:.0f} {y + 8:.0f}Z"
        x += size * step * c.r.uniform(0.4, 1.3)
    c.path(d, colour)


def pad(c: Canvas, x: float, y: float, w: float, colour: str) -> None:
    """A flat cushion of pine needles."""
    n = 7
    d = f"M{x - w:.0f} {y:.0f}"
    for i in range(n):
        step = 2 * w / n
        d += f"a{step * 0.5:.0f} {step * (0.5 + 0.35 * math.sin((i + 0.5) / n * math.pi)):.0f} 0 0 1 {step:.0f} 0"
    c.path(d + f"Q{x:.0f} {y + w * 0.22:.0f} {x - w:.0f} {y:.0f}Z", colour)


def pine(c: Canvas, x: float, y: float, h: float, lean: float, colour: str, trunk: str) -> None:
    """A bent coastal pine with cushions of needles."""

    def spine(t: float) -> Point:
        return x + lean * h * (t**1.5) + math.sin(t * 5) * h * 0.06, y - h * t

    for i in range(14):
        (x0, y0), (x1, y1) = spine(i / 14), spine((i + 1) / 14)
        c.line((x0, y0), (x1, y1), trunk, h * 0.07 * (1 - i / 17))
    light = mix(colour, c.p.second, 0.25)
    for i, t in enumerate((0.5, 0.62, 0.74, 0.86, 0.98)):
        px, py = spine(t)
        side = (1 if i % 2 else -1) * h * 0.2 * (1.15 - t) * 1.6
        ex, ey = px + side, py - h * 0.02
        c.line((px, py), (ex, ey), trunk, h * 0.022)
        w = h * (0.34 - 0.2 * (t - 0.4)) * c.r.uniform(0.8, 1.1)
        pad(c, ex, ey, w, colour)
        pad(c, ex - w * 0.15, ey - h * 0.035, w * 0.6, light)


def round_tree(c: Canvas, x: float, y: float, h: float, leaf: str, trunk: str) -> None:
    """A broadleaf tree whose crown is built of small dabs."""
    c.path(
        f"M{x - h * 0.04:.0f} {y:.0f}Q{x:.0f} {y - h * 0.3:.0f} {x - h * 0.02:.0f} {y - h * 0.6:.0f}H{x + h * 0.02:.0f}Q{x + h * 0.01:.0f} {y - h * 0.3:.0f} {x + h * 0.05:.0f} {y:.0f}Z",
        trunk,
    )
    c.stroke(
        f"M{x:.0f} {y - h * 0.34:.0f}Q{x + h * 0.1:.0f} {y - h * 0.42:.0f} {x + h * 0.2:.0f} {y - h * 0.6:.0f}M{x:.0f} {y - h * 0.28:.0f}Q{x - h * 0.1:.0f} {y - h * 0.38:.0f} {x - h * 0.2:.0f} {y - h * 0.56:.0f}",
        trunk,
        h * 0.025,
    )
    lobes = [(c.r.uniform(-0.3, 0.3), c.r.uniform(-0.92, -0.5), c.r.uniform(0.1, 0.17)) for _ in range(9)]
    for tone, shift, count in ((mix(leaf, c.p.dark, 0.35), 0.03, 20), (leaf, 0, 22), (mix(leaf, c.p.light, 0.2), -0.04, 11)):
        d = ""
        for lx, ly, lr in lobes:
            for _ in range(count):
                a, q = c.r.random() * math.tau, lr * c.r.random() ** 0.5
                r = h * c.r.uniform(0.014, 0.034)
                px, py = x + h * (lx + math.cos(a) * q * 1.25 + shift), y + h * (ly + math.sin(a) * q * 0.8 + shift)
                d += f"M{px - r:.1f} {py:.1f}a{r:.1f} {r:.1f} 0 1 1 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 1 {-2 * r:.1f} 0z"
        c.path(d, tone)


def branch(c: Canvas, x: float, y: float, length: float, angle: float, depth: int, colour: str, tips: list[Point], width: float = 16) -> None:
    ex, ey = x + math.cos(angle) * length, y + math.sin(angle) * length
    c.line((x, y), (ex, ey), colour, width)
    if depth == 0:
        tips.append((ex, ey))
        return
    tips.append(((x + ex) / 2, (y + ey) / 2))
    for turn in (-0.55, 0.3) if c.r.random() < 0.75 else (0.15,):
        branch(c, ex, ey, length * c.r.uniform(0.62, 0.82), angle + turn + c.r.uniform(-0.2, 0.2), depth - 1, colour, tips, width * 0.62)


def blossom_branch(c: Canvas, x: float, y: float, size: float, angle: float, petal: str) -> None:
    """A foreground branch that enters from an edge, with flowers or leaves."""
    tips: list[Point] = []
    branch(c, x, y, size, angle, 4, c.p.dark, tips, size * 0.11)
    for px, py in tips:
        for _ in range(3):
            fx, fy, r = px + c.r.uniform(-26, 26), py + c.r.uniform(-22, 22), c.r.uniform(6, 13)
            for k in range(5):
                a = k * math.tau / 5 + fx
                c.disc(fx + math.cos(a) * r * 0.75, fy + math.sin(a) * r * 0.75, r * 0.62, petal)
            c.disc(fx, fy, r * 0.3, c.p.accent if petal != c.p.accent else c.p.second)


def grass(c: Canvas, y: float, h: float, colour: str, count: int = 160, x0: float = 0, x1: float | None = None) -> None:
    d, end = "", c.w if x1 is None else x1
    for _ in range(count):
        x, tall = c.r.uniform(x0, end), h * c.r.uniform(0.4, 1.1)
        bend = c.r.uniform(-0.1, 0.45) * tall
        d += f"M{x - 4:.0f} {y:.0f}Q{x:.0f} {y - tall * 0.6:.0f} {x + bend:.0f} {y - tall:.0f}Q{x + 6:.0f} {y - tall * 0.5:.0f} {x + 5:.0f} {y:.0f}Z"
    c.path(d, colour)


def pampas(c: Canvas, x: float, y: float, h: float, count: int, stem: str, plume: str) -> None:
    for _ in range(count):
        sx, tall = x + c.r.uniform(-90, 90), h * c.r.uniform(0.55, 1.1)
        bend = c.r.uniform(0.05, 0.4) * tall
        ex, ey = sx + bend, y - tall
        c.stroke(f"M{sx:.0f} {y:.0f}Q{sx:.0f} {y - tall * 0.6:.0f} {ex:.0f} {ey:.0f}", stem, 3)
        c.path(
            f"M{ex - bend * 0.2:.0f} {ey + tall * 0.12:.0f}Q{ex - 4:.0f} {ey - tall * 0.1:.0f} {ex + tall * 0.16:.0f} {ey - tall * 0.03:.0f}Q{ex + tall * 0.06:.0f} {ey + tall * 0.02:.0f} {ex - bend * 0.2:.0f} {ey + tall * 0.12:.0f}Z",
            plume,
        )


def bamboo(c: Canvas, x: float, y: float, h: float, width: float, colour: str) -> None:
    joints = 7
    for i in range(joints):
        top = y - h * (i + 1) / joints
        c.rect(x - width / 2, top + 3, width, h / joints - 4, colour, 1, 3)
        c.rect(x + width * 0.15, top + 3, width * 0.3, h / joints - 4, c.p.dark, 0.2)
        if i > 2:
            for _ in range(3):
                dx, dy = c.r.choice((-1, 1)) * c.r.uniform(40, 110), c.r.uniform(-20, 60)
                c.path(
                    f"M{x:.0f} {top:.0f}q{dx * 0.5:.0f} {dy * 0.2 - 14:.0f} {dx:.0f} {dy:.0f}q{-dx * 0.6:.0f} {-dy * 0.2 + 6:.0f} {-dx:.0f} {-dy:.0f}Z",
                    colour,
                )
