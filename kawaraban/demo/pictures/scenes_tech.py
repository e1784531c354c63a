"""Scenes of machines, rooms and halls."""

from __future__ import annotations

import math

from . import figures, sky, things
from .canvas import Canvas
from .inks import mix
from .scenes_still import lean, room


def satellite(c: Canvas) -> None:
    space = mix(c.p.dark, c.p.near, 0.25)
    c.rect(0, 0, c.w, c.h, c.fade(c.p.dark, space))
    sky.stars(c, c.h, 220, "#f4ead8")
    side = c.r.choice((-1, 1))
    r, ex, ey = 1250 * c.v, c.w * (0.5 - side * 0.2), c.h * c.r.uniform(1.55, 1.75)
    for k, op in ((90, 0.12), (50, 0.2), (20, 0.35)):
        c.disc(ex, ey, r + k, c.p.sky[2], op)
    c.disc(ex, ey, r, c.fade(mix(c.p.water, c.p.light, 0.3), c.p.near))
    with c.clip(f"M{ex - r:.0f} {ey:.0f}a{r:.0f} {r:.0f} 0 1 1 {2 * r:.0f} 0a{r:.0f} {r:.0f} 0 1 1 {-2 * r:.0f} 0z"):
        for _ in range(9):
            x, y, w = c.w * c.r.random(), ey - r + c.r.uniform(60, 420), c.r.uniform(90, 260)
            c.blob(
                [
                    (x + math.cos(a) * w * c.r.uniform(0.6, 1.2), y + math.sin(a) * w * 0.35 * c.r.uniform(0.5, 1.2))
                    for a in (0, 0.8, 1.6, 2.4, 3.2, 4, 4.8, 5.6)
                ],
                mix(c.p.ground, c.p.mid, 0.3),
                0.9,
            )
        sky.haze(c, ey - r + 190, c.p.light, 7, 0.85, 150)
    c.disc(c.w * (0.5 + side * 0.36), c.h * c.r.uniform(0.14, 0.26), c.r.uniform(46, 86), c.r.choice((c.p.accent, "#f6e7bd")))
    _craft(c, c.w * c.r.uniform(0.42, 0.56), c.h * c.r.uniform(0.34, 0.44), 1.15 * max(c.u, 0.72), c.r.uniform(-32, 32))


def _craft(c: Canvas, x: float, y: float, s: float, turn: float) -> None:
    p = c.p
    with c.at(x, y, s, turn):
        c.rect(-150, -8, 300, 16, p.light)
        for k in (-1, 1):
            x0 = 130 if k > 0 else -490
            c.rect(x0, -84, 360, 168, "#2f5b8f")
            c.rect(x0, 20, 360, 64, p.dark, 0.3)
            d = "".join(f"M{x0 + i * 60} -84V84" for i in range(7)) + "".join(f"M{x0} {-84 + i * 56}H{x0 + 360}" for i in range(4))
            c.stroke(d, "#f4ead8", 4)
        c.rect(-80, -110, 160, 220, "#d9a441")
        c.rect(20, -110, 60, 220, p.dark, 0.3)
        c.rect(-80, -30, 160, 30, "#c73e3a")
        c.path("M-100 110Q0 210 100 110Z", "#f4ead8")
        c.path("M20 150Q70 140 100 110H30Z", p.dark, 0.25)
        c.line((0, 150), (0, 216), "#f4ead8", 7)
        c.disc(0, 222, 12, "#c73e3a")
        c.line((0, -110), (30, -190), "#f4ead8", 6)


def robot(c: Canvas) -> None:
    edge = room(c, 0.7, 0.78)
    base, s = c.h * 0.9, 1.08 * c.v
    x, side = c.w * c.r.uniform(0.32, 0.44), c.r.choice((-1, 1))
    tone = c.r.choice([t for t in (c.p.accent, c.p.second, c.p.light, c.p.mid) if t not in c.p.sky])
    if c.r.random() < 0.6:
        bend = c.r.uniform(-22, 14)
        c.cast(lambda: _arm(c, tone, bend), x, base, s, -0.6, 0.3)
        return
    c.cast(lambda: _humanoid(c, tone), c.w * c.r.uniform(0.4, 0.6), base, s, lean(c), 0.3)
    c.cast(lambda: things.fruit(c, "#d9803c"), c.w * (0.5 + side * 0.26), edge + 120, 1.0, lean(c))


def _limb(c: Canvas, x: float, y: float, long: float, wide: float, angle: float, tone: str) -> tuple[float, float]:
    ex, ey = x + math.cos(angle) * long, y + math.sin(angle) * long
    c.line((x, y), (ex, ey), tone, wide)
    off = wide * 0.28
    c.line((x + off * 0.6, y + off), (ex + off * 0.6, ey + off), mix(tone, c.p.dark, 0.38), wide * 0.34)
    c.disc(x, y, wide * 0.72, c.p.dark)
    c.disc(x, y, wide * 0.36, c.p.light)
    return ex, ey


def _arm(c: Canvas, tone: str, bend: float) -> None:
    a = math.radians(bend)
    c.path("M-150 0L-110 -80H110L150 0Z", c.p.dark)
    c.rect(-90, -150, 180, 74, tone, 1, 10)
    x, y = _limb(c, 0, -160, 340, 74, -1.95 + a, tone)
    x, y = _limb(c, x, y, 380, 58, -0.42 + a, tone)
    x, y = _limb(c, x, y, 150, 40, 1.15, tone)
    c.disc(x, y, 30, c.p.dark)
    c.stroke(f"M{x - 10:.0f} {y:.0f}q-60 40 -30 110M{x + 10:.0f} {y:.0f}q60 40 26 110", c.p.dark, 15)
    with c.at(x, y + 190, 0.9):
        things.fruit(c, "#d9803c")


def _humanoid(c: Canvas, tone: str) -> None:
    p = c.p
    for k in (-1, 1):
        c.rect(k * 70 - 36, -210, 72, 190, mix(tone, p.dark, 0.3), 1, 14)
        c.rect(k * 76 - 58, -40, 116, 44, p.dark, 1, 18)
        c.stroke(f"M{k * 150} -440C{k * 250} -410 {k * 250} -300 {k * 190} -230", p.dark, 40)
        c.disc(k * 186, -222, 34, tone)
    c.rect(-150, -490, 300, 300, tone, 1, 46)
    c.path("M60 -490H104Q150 -490 150 -444V-236Q150 -190 104 -190H60Q100 -340 60 -490Z", p.dark, 0.25)
    c.rect(-90, -430, 130, 90, p.dark, 0.8, 14)
    c.stroke("M-76 -384H-46L-30 -414L-10 -360L6 -384H28", p.second, 6)
    c.rect(-40, -530, 80, 46, p.dark)
    c.rect(-140, -740, 280, 216, p.light, 1, 76)
    c.path("M60 -740H64Q140 -740 140 -664V-600Q140 -524 64 -524H50Q100 -630 60 -740Z", p.dark, 0.2)
    c.rect(-104, -686, 208, 96, p.dark, 1, 48)
    for k in (-1, 1):
        c.disc(k * 48, -638, 19, p.second)
    c.line((0, -740), (0, -800), p.dark, 9)
    c.disc(0, -810, 19, "#c73e3a")


def server_room(c: Canvas) -> None:
    vx, vy = c.w * c.r.uniform(0.42, 0.58), c.h * c.r.uniform(0.42, 0.52)
    glow = c.r.choice((c.p.accent, c.p.second, "#7fb3a4", "#e6ab9b"))
    c.rect(0, 0, c.w, c.h, c.fade(c.p.dark, c.p.near))
    half = 90
    c.poly([(vx - half, vy - 130), (vx + half, vy - 130), (c.w + 200, -360), (-200, -360)], mix(c.p.near, c.p.dark, 0.5))
    for k in range(6):
        a, b = _depth(k / 6 + 0.03), _depth(k / 6 + 0.1)
        c.poly(
            [
                (vx - 30 - 190 * a, vy - 130 - (vy + 230) * a),
                (vx + 30 + 190 * a, vy - 130 - (vy + 230) * a),
                (vx + 30 + 190 * b, vy - 130 - (vy + 230) * b),
                (vx - 30 - 190 * b, vy - 130 - (vy + 230) * b),
            ],
            c.p.light,
            0.9,
        )
    c.poly(
        [(vx - half, vy + 130), (vx + half, vy + 130), (c.w + 200, c.h + 260), (-200, c.h + 260)],
        c.fade(mix(c.p.mid, glow, 0.3), mix(c.p.near, c.p.dark, 0.2)),
    )
    c.rect(vx - half, vy - 130, half * 2, 260, c.fade(mix(glow, c.p.light, 0.3), glow))
    for side in (-1, 1):
        for k in range(7):
            _rack(c, vx, vy, half, side, k, glow)
    figures.person(c, vx + c.r.uniform(-36, 36), vy + 190, 190, c.p.dark)


def _depth(t: float) -> float:
    return float(t**2.4)


def _rack(c: Canvas, vx: float, vy: float, half: float, side: int, k: int, glow: str) -> None:
    def at(t: float, v: float) -> tuple[float, float]:
        d = _depth(t)
        edge = c.w + 60 - vx if side > 0 else vx + 60
        return vx + side * (half + (edge - half) * d), vy - (130 + 620 * c.v * d) + 2 * (130 + 620 * c.v * d) * v

    a, b = k / 7, (k + 0.94) / 7
    c.poly([at(a, 0), at(b, 0), at(b, 1), at(a, 1)], mix(c.p.near, c.p.mid, 0.25 + 0.08 * (k % 2)))
    lights = {glow: "", c.p.light: "", c.p.second: ""}
    shelves = ""
    for row in range(14):
        v = (row + 0.5) / 14
        p, q = at(a + 0.012, v), at(b - 0.012, v)
        shelves += f"M{p[0]:.0f} {p[1]:.0f}L{q[0]:.0f} {q[1]:.0f}"
        for n in range(4):
            if c.r.random() < 0.62:
                x, y = at(a + (b - a) * (n + 1) / 5.2, v - 0.02)
                r = 1.2 + 6 * _depth(b)
                lights[c.r.choice(tuple(lights))] += f"M{x - r:.1f} {y:.1f}h{2 * r:.1f}v{r:.1f}h-{2 * r:.1f}z"
    c.stroke(shelves, c.p.dark, 2 + 8 * _depth(b), 0.75)
    for tone, d in lights.items():
        c.path(d or "M0 0", tone)


def circuit(c: Canvas) -> None:
    board = c.p.sky[1]
    c.rect(0, 0, c.w, c.h, c.fade(c.p.sky[0], c.p.sky[2]))
    grid, cx, cy = 40, c.w * c.r.uniform(0.36, 0.64), c.h * c.r.uniform(0.4, 0.6)
    size = c.r.choice((150, 190)) * max(c.u, 0.9)
    trace = mix(board, c.p.light, 0.62)
    for side in range(4):
        for n in range(9):
            _trace(c, cx, cy, size, side, n, trace, grid)
    for _ in range(9):
        _part(c, round(c.w * c.r.random() / grid) * grid, round(c.h * c.r.random() / grid) * grid, cx, cy, size)
    c.rect(cx - size + 26, cy - size + 34, size * 2, size * 2, c.p.dark, 0.35, 10)
    c.rect(cx - size, cy - size, size * 2, size * 2, c.p.dark, 1, 10)
    c.rect(cx - size * 0.72, cy - size * 0.72, size * 1.44, size * 1.44, mix(c.p.dark, c.p.light, 0.1), 1, 6)
    c.disc(cx, cy, size * 0.46, "#c73e3a" if c.p.sky[1] != "#c73e3a" else "#d9a441")
    for k in range(4):
        c.rect(cx - size * 0.5, cy + size * (0.04 + 0.1 * k), size, size * (0.02 + 0.012 * k), mix(c.p.dark, c.p.light, 0.1))
    c.disc(cx - size * 0.84, cy - size * 0.84, 9, c.p.light)


def _trace(c: Canvas, cx: float, cy: float, size: float, side: int, n: int, tone: str, grid: int) -> None:
    off = (n - 4) * size / 5
    out, bend = size + c.r.choice((2, 3, 4, 5, 6)) * grid, (n - 4) * grid * 0.8
    far = max(c.w, c.h) if c.r.random() < 0.55 else out + abs(bend) + c.r.uniform(80, 260)
    pts = [(size, off), (out, off), (out + abs(bend), off + bend), (far, off + bend)]
    a = side * math.pi / 2
    turned = [(cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a)) for x, y in pts]
    d = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in turned)
    c.stroke(d, tone, 8, 0.95)
    (px, py), (qx, qy) = turned[0], turned[-1]
    c.line((px, py), (px + math.cos(a) * 24, py + math.sin(a) * 24), c.p.light, 18)
    c.disc(qx, qy, 15, tone)
    c.disc(qx, qy, 6, c.p.dark)


def _part(c: Canvas, x: float, y: float, cx: float, cy: float, size: float) -> None:
    if max(abs(x - cx), abs(y - cy)) < size + 130:
        return
    tone = c.r.choice((c.p.accent, c.p.second, c.p.near, c.p.light))
    if c.r.random() < 0.5:
        r = c.r.uniform(30, 62)
        c.disc(x + r * 0.3, y + r * 0.4, r, c.p.dark, 0.35)
        c.disc(x, y, r, tone)
        c.ring(x, y, r * 0.78, c.p.dark, 3, 0.4)
        c.stroke(f"M{x - r * 0.4:.0f} {y:.0f}h{r * 0.8:.0f}M{x:.0f} {y - r * 0.4:.0f}v{r * 0.8:.0f}", c.p.dark, 4, 0.5)
        return
    c.stroke("".join(f"M{x + k * 24 + 14:.0f} {y - 22:.0f}v124" for k in range(5)), c.p.light, 9)
    c.rect(x + 12, y + 16, 124, 84, c.p.dark, 0.35)
    c.rect(x, y, 124, 84, c.p.dark, 1, 5)
    c.rect(x, y, 124, 12, tone)
