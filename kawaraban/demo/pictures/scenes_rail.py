"""Scenes of the railway."""

from __future__ import annotations

import math

from . import buildings, figures, flora, land, sky, water
from .canvas import Canvas
from .inks import mix


def train(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.5, 0.6)
    sky.open_sky(c, hz)
    coast = c.r.random() < 0.45
    land.ranges(c, hz, 3, 230 * c.v)
    if coast:
        water.sea(c, hz, 40)
    else:
        land.strip_fields(c, hz, (mix(c.p.ground, c.p.mid, 0.3), c.p.ground, mix(c.p.mid, c.p.light, 0.2), mix(c.p.ground, c.p.near, 0.35)))
    y = hz + c.h * 0.17
    if coast or c.r.random() < 0.5:
        _viaduct(c, y)
    else:
        land.hill(c, y + 20, 4, c.p.near)
    livery = c.r.choice((c.p.accent, c.p.accent, "#fbf5e8", c.p.second))
    size = max(c.u, 0.8) * c.r.uniform(1.0, 1.5)
    _wires(c, y)
    start = c.w * c.r.uniform(-0.3, 0.3)
    for k in range(c.r.randint(2, 4)):
        _carriage(c, start + k * 428 * size, y, size, livery, k == 0)
    flora.grass(c, c.h + 8, 170, c.p.dark, 170)
    flora.pampas(c, c.w * c.r.uniform(0.1, 0.9), c.h + 10, 300, 9, c.p.dark, mix(c.p.light, c.p.second, 0.3))
    sky.weather(c)


def _wires(c: Canvas, y: float) -> None:
    gap = c.r.uniform(380, 520)
    d = "".join(f"M{k * gap - 60:.0f} {y:.0f}v-330M{k * gap - 90:.0f} {y - 300:.0f}h60M{k * gap - 84:.0f} {y - 274:.0f}h48" for k in range(6))
    c.stroke(d, c.p.dark, 6)
    for lift, sag in ((306, 40), (280, 34)):
        c.stroke("".join(f"M{k * gap - 60:.0f} {y - lift:.0f}q{gap / 2:.0f} {sag} {gap:.0f} 0" for k in range(-1, 6)), c.p.dark, 2, 0.8)


def _viaduct(c: Canvas, y: float) -> None:
    tone = mix(c.p.light, c.p.near, 0.45)
    c.rect(-10, y, c.w + 20, 34, tone)
    x, gap = -80.0, 230.0
    d = ""
    while x < c.w + 100:
        d += f"M{x:.0f} {y + 20:.0f}V{c.h + 20:.0f}h52V{y + 130:.0f}a{(gap - 52) / 2:.0f} 96 0 0 1 {gap - 52:.0f} 0V{y + 20:.0f}Z"
        x += gap
    c.path(d, tone)
    c.rect(-10, y + 30, c.w + 20, 8, c.p.dark, 0.45)


def _carriage(c: Canvas, x: float, y: float, s: float, tone: str, head: bool) -> None:
    p = c.p
    trim = p.light if tone != p.light else p.accent
    with c.at(x, y, s):
        for wx in (50, 100, 320, 370):
            c.disc(wx, -16, 16, p.dark)
        c.rect(10, -38, 400, 16, p.dark)
        c.path("M0 -34V-128Q0 -158 34 -160H420V-34Z" if head else "M4 -34V-160H420V-34Z", tone)
        c.rect(4, -70, 416, 14, trim)
        glass = buildings.lamp_tone(c) if p.night and tone != p.second else mix(p.dark, p.water, 0.35)
        for k in range(6):
            c.rect(74 + k * 56, -136, 42, 46, glass, 1, 4)
        if head:
            c.path("M8 -92V-124Q10 -140 30 -142H54V-92Z", glass)
            c.disc(12, -56, 7, p.second)
        c.rect(20, -168, 390, 12, p.dark, 1, 4)
        c.stroke("M190 -168L220 -206L250 -168M200 -206H240", p.dark, 4)


def station(c: Canvas) -> None:
    hz = c.h * 0.5
    sky.open_sky(c, hz)
    land.ranges(c, hz + 10, 2, 180 * c.v)
    buildings.roofs(c, hz + 30, 60, (c.p.near, c.p.mid), mix(c.p.light, c.p.far, 0.4))
    plat, vanish = c.h * 0.74, c.w * c.r.uniform(0.08, 0.2)
    c.rect(0, hz + 28, c.w, c.h, c.fade(mix(c.p.mid, c.p.ground, 0.4), c.p.near))
    if c.r.random() < 0.7:
        _carriage(c, vanish - 120, plat - 40, 1.3, c.r.choice((c.p.accent, c.p.second, c.p.near)), False)
        _carriage(c, vanish + 436, plat - 40, 1.3, c.p.accent, False)
    c.rect(0, plat - 44, c.w, 20, c.p.dark)
    c.rect(0, plat, c.w, c.h - plat, c.fade(mix(c.p.ground, c.p.light, 0.3), mix(c.p.ground, c.p.near, 0.5)))
    c.rect(0, plat + 24, c.w, 16, c.p.second if c.p.second != c.p.ground else c.p.light)
    roof = c.h * 0.2
    for t in (0.16, 0.5, 0.84):
        x = t * c.w
        c.rect(x - 13, roof, 26, plat - roof + 90, c.p.dark)
        c.poly([(x - 13, roof + 110), (x - 110, roof + 30), (x - 84, roof + 30), (x - 13, roof + 82)], c.p.dark)
        c.poly([(x + 13, roof + 110), (x + 110, roof + 30), (x + 84, roof + 30), (x + 13, roof + 82)], c.p.dark)
    c.poly([(-20, roof - 120), (c.w + 20, roof - 120), (c.w + 20, roof + 34), (-20, roof + 34)], c.p.near)
    d = "".join(f"M{k * 62} {roof - 120:.0f}V{roof + 20:.0f}" for k in range(int(c.w / 62) + 1))
    c.stroke(d, c.p.dark, 4, 0.5)
    c.rect(-20, roof + 22, c.w + 40, 20, c.p.dark)
    _clock(c, c.w * 0.33, roof + 120, 58)
    for k in range(c.r.randint(1, 3)):
        figures.person(
            c,
            c.w * (0.58 + 0.11 * k) + c.r.uniform(-30, 30),
            plat + 110 + 16 * k,
            230,
            c.r.choice((c.p.accent, c.p.near, c.p.mid)),
            c.p.light if c.r.random() < 0.3 else None,
        )
    sky.weather(c)


def _clock(c: Canvas, x: float, y: float, r: float) -> None:
    c.line((x, y - r - 44), (x, y - r), c.p.dark, 8)
    c.disc(x, y, r, c.p.dark)
    c.disc(x, y, r * 0.84, "#fbf5e8")
    for k in range(12):
        a = k * math.tau / 12
        c.disc(x + math.cos(a) * r * 0.7, y + math.sin(a) * r * 0.7, 3.4, c.p.dark)
    a, b = c.r.random() * math.tau, c.r.random() * math.tau
    c.line((x, y), (x + math.cos(a) * r * 0.42, y + math.sin(a) * r * 0.42), c.p.dark, 7)
    c.line((x, y), (x + math.cos(b) * r * 0.64, y + math.sin(b) * r * 0.64), c.p.accent, 5)
