"""Scenes of the sea and of rivers."""

from __future__ import annotations

import math

from . import buildings, figures, flora, land, sky, water
from .canvas import Canvas
from .inks import mix


def _seascape(c: Canvas, low: float, high: float, lines: int = 60) -> float:
    hz = c.h * c.r.uniform(low, high)
    sky.sky(c, hz)
    x, r = c.w * c.r.uniform(0.18, 0.82), c.r.choice((50, 70, 100)) * c.v
    y = hz - r * c.r.choice((0.2, 1.3, 2.2, 3.2))
    with c.clip(f"M0 0H{c.w:.0f}V{hz:.0f}H0Z"):
        sky.luminary(c, x, y, r)
    dress = c.r.random()
    if dress < 0.35:
        sky.haze(c, hz * 0.6, mix(c.p.sky[1], c.p.sky[2], 0.5), 4, 0.8)
    elif dress < 0.75:
        sky.clouds(c, hz * c.r.uniform(0.45, 0.85), 3)
    water.sea(c, hz, lines)
    water.glitter(c, x, hz, (c.h - hz) * c.r.uniform(0.4, 0.9), mix(c.p.disc, c.p.light, 0.3), r * 0.9)
    return hz


def sea(c: Canvas) -> None:
    kind = c.r.random()
    if kind < 0.35:
        hz = _seascape(c, 0.6, 0.7, 30)
        water.great_wave(c, c.w * 0.66, c.h * 0.86, 1.25 * max(c.u, 0.8))
        _swells(c, c.h * 0.86, 2)
        return
    hz = _seascape(c, 0.3, 0.5)
    if kind < 0.75:
        _swells(c, hz + 110, 5)
        figures.gull(c, c.w * c.r.uniform(0.2, 0.7), hz * 0.7, 0.55, c.r.uniform(-20, 15), c.p.light)
    else:
        land.ridge(c, hz - 20, 40, c.p.far, hz + 2)
        x = c.w * c.r.uniform(0.3, 0.7)
        water.sailboat(c, x, hz + (c.h - hz) * 0.4, 1.3, c.p.accent)
        water.glitter(c, x, hz + (c.h - hz) * 0.4 + 30, 170, c.p.accent, 46)


def _swells(c: Canvas, y: float, count: int) -> None:
    gap = (c.h - y + 40) / count
    for i in range(count):
        t = i / max(1, count - 1)
        body = mix(c.p.water, c.p.near, t * 0.8)
        water.swell(c, y + gap * i, 34 + 62 * t, 230 + 330 * t, mix(body, c.p.light, 0.3), c.p.light, mix(body, c.p.dark, 0.3))
    water.foam(c, c.w * c.r.uniform(0.2, 0.8), c.h - gap * 0.9, 180, c.p.light)


def lighthouse(c: Canvas) -> None:
    hz = _seascape(c, 0.58, 0.7)
    x, s = c.w * c.r.uniform(0.6, 0.74), 1.0 * c.v * c.r.uniform(0.85, 1.15)
    top = hz - c.r.uniform(10, 90)
    if c.p.night:
        lx, ly = x, top - 398 * s
        reach = c.w * 1.2
        c.poly([(lx, ly), (lx - reach, ly - 190), (lx - reach, ly + 90)], c.grad(((0, "#f6e3a6", 0), (1, "#f6e3a6", 0.65)), True))
    buildings.lighthouse(c, x, top + 14, s, c.r.random() < 0.6)
    _cliff(c, x, top, hz)
    flora.grass(c, top + 16, 34, c.p.near, 60, x - 100, c.w)
    buildings.gable_house(c, min(x + 200, c.w - 160), top, 0.5 * c.v, c.p.light, c.p.accent)
    _rocks(c, x)
    sky.flock(c, c.w * 0.2, hz * 0.5, 4, c.p.dark, 17)


def _cliff(c: Canvas, x: float, top: float, hz: float) -> None:
    shore = top + 40
    c.poly(
        [
            (x - 190, shore + 60),
            (x - 120, top + 14),
            (x - 40, top),
            (x + 120, top + 8),
            (c.w + 20, top - 40),
            (c.w + 20, c.h + 20),
            (x - 420, c.h + 20),
            (x - 330, hz + 190),
            (x - 250, hz + 120),
        ],
        c.fade(c.p.near, c.p.dark),
    )
    c.poly(
        [
            (x - 120, top + 14),
            (x - 40, top),
            (x - 90, hz + 110),
            (x - 160, hz + 180),
            (x - 110, c.h + 20),
            (x - 420, c.h + 20),
            (x - 330, hz + 190),
            (x - 190, shore + 60),
        ],
        mix(c.p.mid, c.p.ground, 0.35),
        0.8,
    )
    c.path(
        f"M{x - 130:.0f} {top + 16:.0f}Q{x:.0f} {top - 20:.0f} {c.w + 20:.0f} {top - 44:.0f}V{top - 10:.0f}Q{x + 60:.0f} {top + 30:.0f} {x - 130:.0f} {top + 16:.0f}Z",
        c.p.mid,
    )
    strata = "".join(
        f"M{x - c.r.uniform(40, 90):.0f} {top + k * 46 + 60:.0f}q{c.w * 0.12:.0f} {c.r.uniform(-16, 16):.0f} {c.r.uniform(120, 420):.0f} {c.r.uniform(-8, 26):.0f}"
        for k in range(9)
    )
    c.stroke(strata, c.p.mid, 3, 0.45)


def _rocks(c: Canvas, x: float) -> None:
    for dx, tall in ((-470, 90), (-560, 50), (-390, 60)):
        rock = [
            (x + dx - tall * 0.7, c.h * 0.93),
            (x + dx - tall * 0.4, c.h * 0.93 - tall * 0.7),
            (x + dx, c.h * 0.93 - tall),
            (x + dx + tall * 0.5, c.h * 0.93 - tall * 0.5),
            (x + dx + tall * 0.8, c.h * 0.93),
        ]
        c.poly(rock, c.p.near)
        c.poly([*rock[2:], (x + dx + tall * 0.1, c.h * 0.93)], c.p.dark, 0.5)
        c.oval(x + dx, c.h * 0.932, tall * 1.1, 7, c.p.light, 0.9)
    water.foam(c, x - 380, c.h * 0.96, 170, c.p.light, 30)


def island(c: Canvas) -> None:
    hz = _seascape(c, 0.42, 0.55)
    land.ridge(c, hz - 40, 60, c.p.far, hz + 2, mix(c.p.far, c.p.sky[2], 0.5))
    for i in range(c.r.randint(2, 4)):
        t = (i + 1) / 5
        _islet(c, c.w * c.r.uniform(0.1, 0.9), hz + 20 + 60 * i, (130 + 90 * i) * max(c.u, 0.8), mix(c.p.mid, c.p.near, t))
    x = c.w * c.r.uniform(0.3, 0.65)
    _islet(c, x, hz + 250, 330 * max(c.u, 0.85), c.p.near)
    flora.pine(c, x - 60, hz + 150, 360 * c.v, c.r.choice((-0.4, 0.35)), c.p.near, c.p.dark)
    if c.r.random() < 0.6:
        buildings.torii(c, x + 400 * c.u, hz + 300, 1.1, c.p.accent)
        water.glitter(c, x + 400 * c.u, hz + 305, 120, c.p.accent, 60)
    else:
        water.skiff(c, x + 380 * c.u, hz + 350, 0.8)
    sky.haze(c, hz + 60, mix(c.p.sky[2], c.p.light, 0.3), 3, 0.7, 30)


def _islet(c: Canvas, x: float, y: float, w: float, tone: str) -> None:
    pts = land.rough(c.r, x - w, x + w, 0, 0.3, 5)
    shape = [(px, y - w * (0.42 * math.sin((px - x + w) / (2 * w) * math.pi) ** 0.7 * (1 + d))) for px, d in pts]
    c.poly([*shape, (x + w, y), (x - w, y)], c.fade(tone, c.p.dark))
    flora.treeline(c, shape[4:-4], tone, w * 0.16)
    c.rect(x - w * 1.05, y - 4, w * 2.1, 9, mix(c.p.light, c.p.sky[2], 0.4), 0.9, 4)
    c.oval(x, y + 16, w * 0.9, 14, c.p.dark, 0.3)


def harbor(c: Canvas) -> None:
    hz = _seascape(c, 0.42, 0.52, 40)
    pts = land.ridge(c, hz - 130, 130, c.p.far, hz + 2, mix(c.p.far, c.p.sky[2], 0.4))
    flora.treeline(c, pts, c.p.far, 22)
    buildings.roofs(c, hz + 6, 56, (c.p.near, c.p.accent, c.p.mid), mix(c.p.light, c.p.far, 0.35))
    c.rect(-10, hz, c.w + 20, 16, c.p.dark)
    far_x = c.w * c.r.uniform(0.1, 0.9)
    water.trawler(c, far_x, hz + 96, 0.5, c.p.mid)
    hulls = [c.p.near, c.p.accent, mix(c.p.water, c.p.dark, 0.55)]
    c.r.shuffle(hulls)
    spots = [(0.24, 0.36, 0.95), (0.7, 0.56, 1.3)] if c.r.random() < 0.5 else [(0.74, 0.3, 0.8), (0.4, 0.62, 1.5)]
    for (t, d, s), hull in zip(spots, hulls, strict=False):
        water.trawler(c, c.w * t, hz + (c.h - hz) * d, s * max(c.u, 0.75), hull)
    c.poly([(-10, c.h - 90), (c.w + 10, c.h - 140), (c.w + 10, c.h + 10), (-10, c.h + 10)], c.fade(mix(c.p.ground, c.p.dark, 0.3), c.p.dark))
    c.stroke(f"M-10 {c.h - 90:.0f}L{c.w + 10:.0f} {c.h - 140:.0f}", mix(c.p.light, c.p.ground, 0.4), 9)
    for k in (0.2, 0.56, 0.86):
        _bollard(c, c.w * k, c.h - 96 - 50 * k)
    figures.person(c, c.w * c.r.uniform(0.28, 0.5), c.h - 60, 170, c.p.accent)
    sky.weather(c)


def _bollard(c: Canvas, x: float, y: float) -> None:
    c.path(f"M{x - 16:.0f} {y + 20:.0f}V{y - 30:.0f}H{x - 28:.0f}V{y - 48:.0f}H{x + 28:.0f}V{y - 30:.0f}H{x + 16:.0f}V{y + 20:.0f}Z", c.p.dark)
    c.stroke(f"M{x:.0f} {y - 10:.0f}Q{x + 60:.0f} {y - 10:.0f} {x + 110:.0f} {y - 120:.0f}", c.p.light, 4, 0.8)


def ship(c: Canvas) -> None:
    hz = _seascape(c, 0.48, 0.6)
    big, y = max(c.u, 0.62), hz + 110
    x = c.w * c.r.uniform(0.46, 0.58)
    hull = c.r.choice((c.p.dark, c.p.near, c.p.accent))
    if c.r.random() < 0.5:
        buildings.smoke(c, x - 150 * big, y - 420 * big, 110 * big, c.r.choice((-260, 300)), mix(c.p.sky[1], c.p.light, 0.45))
        water.liner(c, x, y, big * 1.08, hull)
    else:
        water.freighter(c, x, y, big * 1.08, hull if hull != c.p.accent else c.p.near)
    c.path(
        f"M{x - 560 * big:.0f} {y + 24:.0f}Q{x:.0f} {y + 4:.0f} {x + 540 * big:.0f} {y + 24:.0f}L{x + 640 * big:.0f} {y + 44:.0f}H{x - 700 * big:.0f}Z",
        c.p.light,
        0.85,
    )
    _swells(c, y + 60, 4)
    figures.gull(c, c.w * c.r.uniform(0.1, 0.3), c.h * 0.72, 0.7, -10, c.p.light)


def whale(c: Canvas) -> None:
    kind = c.r.random()
    if kind < 0.5:
        hz = _seascape(c, 0.4, 0.52)
        _swells(c, hz + 90, 2)
        figures.whale_tail(c, c.w * c.r.uniform(0.4, 0.62), hz + 330, 1.35 * max(c.u, 0.85), c.p.dark)
        water.foam(c, c.w * 0.5, hz + 330, 260, c.p.light, 50)
        _swells(c, hz + 370, 2)
        water.skiff(c, c.w * 0.14, hz + 110, 0.45)
        return
    deep = mix(c.p.water, c.p.dark, 0.75)
    c.rect(0, 0, c.w, c.h, c.fade(mix(c.p.water, c.p.light, 0.35), deep))
    for _ in range(7):
        x, w = c.r.random() * c.w, c.r.uniform(20, 90)
        c.poly([(x, 0), (x + w, 0), (x + w * 3 - 220, c.h), (x - 320, c.h)], c.fade(c.p.light, c.p.light, 0.22, 0))
    sky.stipple(c, 0, 0, c.w, c.h, c.p.light, 260, 0.5, 4)
    x, y = c.w * c.r.uniform(0.42, 0.52), c.h * c.r.uniform(0.4, 0.55)
    turn, mirror = c.r.uniform(-14, 14), c.r.random() < 0.5
    figures.whale_body(c, x, y, 1.15 * max(c.u, 0.72), turn, c.p.dark, mirror)
    figures.whale_body(c, x + 280 * (1 if mirror else -1), y + 270, 0.45 * max(c.u, 0.72), turn, c.p.near, mirror)
    for _i in range(26):
        c.ring(c.w * c.r.uniform(0.05, 0.95), c.h * c.r.random(), c.r.uniform(3, 12), c.p.light, 2, 0.6)
    land.hill(c, c.h * 0.93, 40, c.p.dark)


def river(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.36, 0.48)
    sky.open_sky(c, hz)
    land.ranges(c, hz, 3, 220 * c.v)
    bank = mix(c.p.ground, c.p.mid, 0.4)
    land.ground(c, hz, bank, mix(bank, c.p.near, 0.7))
    line = water.river(c, c.w * c.r.uniform(0.3, 0.7), hz, c.fade(mix(c.p.sky[2], c.p.water, 0.3), c.p.water))
    for px, py in line[2:7]:
        size = (py - hz) / 300
        for side in (-1, 1):
            for _ in range(3):
                half = (py - hz) * 0.6 + 30
                flora.conifer(
                    c,
                    px + side * (half + c.r.uniform(20, 190)),
                    py + c.r.uniform(-8, 26),
                    70 + 220 * size,
                    c.r.choice((c.p.near, c.p.mid)),
                    c.p.sky[0] == "#5f7590",
                )
    bx, by = line[6]
    water.skiff(c, bx - 40, by + 10, 0.9)
    water.ripples(c, by, mix(c.p.water, c.p.light, 0.6), 12)
    flora.grass(c, c.h + 10, 190, c.p.dark, 60, 0, c.w * 0.2)
    flora.grass(c, c.h + 10, 150, c.p.dark, 60, c.w * 0.8, c.w)
    sky.weather(c)


def bridge(c: Canvas) -> None:
    if c.r.random() < 0.5:
        _arched(c)
    else:
        _suspended(c)
    sky.weather(c, 0.4)


def _arched(c: Canvas) -> None:
    hz = _seascape(c, 0.5, 0.6, 40)
    land.ridge(c, hz - 30, 70, c.p.far, hz + 2)
    buildings.roofs(c, hz + 4, 44, (c.p.mid, c.p.near), mix(c.p.light, c.p.far, 0.4))
    y, rise = hz + c.h * 0.2, c.h * 0.2
    tone = c.r.choice((c.p.accent, mix(c.p.near, c.p.second, 0.2), c.p.dark))
    for k in range(1, 8):
        t = k / 8
        py = y - rise * 4 * t * (1 - t)
        c.rect(t * c.w - 11, py, 22, c.h - py - 120, mix(tone, c.p.dark, 0.5))
        c.line((t * c.w - 60, py + 30), (t * c.w + 60, py + 30), mix(tone, c.p.dark, 0.5), 10)
    arch = f"M-20 {y:.0f}Q{c.w / 2:.0f} {y - 2 * rise:.0f} {c.w + 20:.0f} {y:.0f}"
    for _i in range(c.r.randint(4, 7)):
        t = c.r.uniform(0.15, 0.85)
        figures.person(
            c,
            t * c.w,
            y - rise * 4 * t * (1 - t) + 6,
            125,
            c.r.choice((c.p.near, c.p.accent, c.p.second)),
            c.r.choice((c.p.light, c.p.second, c.p.accent)),
        )
    c.stroke(arch, tone, 44)
    c.stroke(f"M-20 {y + 24:.0f}Q{c.w / 2:.0f} {y - 2 * rise + 24:.0f} {c.w + 20:.0f} {y + 24:.0f}", mix(tone, c.p.dark, 0.55), 16)
    c.stroke(f"M-20 {y - 60:.0f}Q{c.w / 2:.0f} {y - 2 * rise - 60:.0f} {c.w + 20:.0f} {y - 60:.0f}", tone, 11)
    d = "".join(f"M{k / 22 * c.w:.0f} {y - rise * 4 * k / 22 * (1 - k / 22):.0f}v-64" for k in range(23))
    c.stroke(d, tone, 8)
    water.skiff(c, c.w * c.r.uniform(0.3, 0.7), c.h - 110, 1.0)


def _suspended(c: Canvas) -> None:
    hz = _seascape(c, 0.6, 0.7, 40)
    land.ranges(c, hz, 2, 150 * c.v)
    deck, tone = hz - 60, c.r.choice((c.p.accent, c.p.light, c.p.near))
    a, b, top = c.w * 0.26, c.w * 0.78, hz - 480 * c.v
    sag = deck - 40
    c.stroke(
        f"M-40 {deck - 60:.0f}Q{a * 0.5:.0f} {deck - 110:.0f} {a:.0f} {top:.0f}Q{(a + b) / 2:.0f} {2 * sag - top:.0f} {b:.0f} {top:.0f}Q{(b + c.w) / 2:.0f} {deck - 110:.0f} {c.w + 40:.0f} {deck - 60:.0f}",
        tone,
        8,
    )
    d = ""
    for k in range(1, 26):
        t = k / 26
        y = top * (1 - t) ** 2 + 2 * t * (1 - t) * (2 * sag - top) + top * t * t
        d += f"M{a + (b - a) * t:.0f} {y:.0f}V{deck:.0f}"
    c.stroke(d, tone, 2.5, 0.9)
    for x in (a, b):
        c.path(
            f"M{x - 34:.0f} {hz + 60:.0f}L{x - 24:.0f} {top - 16:.0f}h14v{hz + 76 - top:.0f}zM{x + 34:.0f} {hz + 60:.0f}L{x + 24:.0f} {top - 16:.0f}h-14v{hz + 76 - top:.0f}z",
            tone,
        )
        c.stroke("".join(f"M{x - 26:.0f} {top + k * 130:.0f}h52" for k in range(1, 4)), tone, 14, 1, "butt")
        water.glitter(c, x, hz + 60, 200, tone, 40)
    c.rect(-20, deck, c.w + 40, 26, tone)
    c.rect(-20, deck + 18, c.w + 40, 14, c.p.dark, 0.6)
    water.sailboat(c, c.w * c.r.uniform(0.4, 0.66), hz + 150, 0.8, c.p.second)
    water.trawler(c, c.w * 0.14, hz + 190, 0.5, c.p.near)
