"""Scenes of towns: streets, stations, industry and festivals."""

from __future__ import annotations

import math

from . import buildings, figures, flora, land, sky, water
from .canvas import Canvas, smooth
from .inks import mix


def city(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.64, 0.74)
    sky.open_sky(c, hz)
    lit = 0.5 if c.p.night else 0.18
    buildings.skyline(c, hz, 200 * c.v, 420 * c.v, c.p.far, 0)
    sky.mist(c, hz - 260, 270, c.p.sky[2], 0.7)
    buildings.skyline(c, hz, 120 * c.v, 360 * c.v, c.p.mid, lit)
    hero = c.w * c.r.uniform(0.3, 0.65)
    buildings.tower(c, hero, hz, 150, min(hz * 0.86, 640 * c.v), c.r.choice((c.p.accent, c.p.light, c.p.near)), lit)
    buildings.skyline(c, hz + 4, 50, 190, c.p.near, lit)
    water.sea(c, hz, 40)
    for k in range(9):
        water.glitter(c, c.w * k / 8, hz, 150, c.r.choice((c.p.near, c.p.mid, c.p.second)), 30)
    water.glitter(c, hero + 75, hz, 260, c.p.accent, 60)
    water.skiff(c, c.w * c.r.uniform(0.2, 0.8), hz + (c.h - hz) * 0.55, 1.0)
    if c.r.random() < 0.5:
        flora.blossom_branch(c, -20, c.r.uniform(20, 160), 240, 0.25, c.r.choice(("#f0c4b8", c.p.accent)))
    sky.weather(c)


def night_city(c: Canvas) -> None:
    if c.r.random() < 0.4:
        city(c)
        return
    hz = c.h * 0.62
    sky.sky(c, hz)
    sky.luminary(c, c.w * c.r.uniform(0.4, 0.6), hz * 0.34, c.r.choice((44, 70)))
    buildings.skyline(c, hz, 120, 300 * c.v, mix(c.p.mid, c.p.sky[2], 0.3), 0.3)
    street = mix(c.p.near, c.p.dark, 0.4)
    c.rect(0, hz, c.w, c.h - hz, c.fade(mix(c.p.mid, c.p.second, 0.3), street))
    vanish = c.w * c.r.uniform(0.42, 0.58)
    for side in (-1, 1):
        _street_side(c, vanish, hz, side)
    for k in range(5):
        figures.person(
            c,
            vanish + c.r.uniform(-190, 190),
            hz + 90 + 60 * k,
            90 + 26 * k,
            c.r.choice((c.p.dark, c.p.near)),
            c.r.choice((c.p.accent, c.p.second, c.p.light)),
        )
    if c.r.random() < 0.65:
        sky.rain(c, 200, mix(c.p.light, c.p.sky[2], 0.4))


def _street_side(c: Canvas, vanish: float, hz: float, side: int) -> None:
    edge = c.w if side > 0 else 0.0
    for i in range(5):
        a, b = (i / 5) ** 0.8, ((i + 1) / 5) ** 0.8
        xa, xb = edge + (vanish - edge) * a * 0.86, edge + (vanish - edge) * b * 0.86
        tall = c.r.uniform(380, 620) * c.v
        lift = [(tall * (1 - t) + 60, (c.h - hz) * 0.8 * (1 - t)) for t in (a, b)]
        tone = mix(c.p.near, c.p.mid, i / 6)
        c.poly([(xa, hz - lift[0][0]), (xb, hz - lift[1][0]), (xb, hz + lift[1][1]), (xa, hz + lift[0][1])], tone)
        _panes(c, xa, xb, hz, lift)
        sign = c.r.choice((c.p.accent, c.p.second, c.p.light))
        sx, sw = xb - side * -8, (1 - b) * 60 + 14
        c.rect(sx - (sw if side > 0 else 0), hz - lift[1][0] * 0.7, sw, lift[1][0] * 0.46, sign, 1, 4)
        water.glitter(c, (xa + xb) / 2, hz + lift[0][1], (c.h - hz) * 0.4 * (1 - a * 0.6), sign, 46 * (1 - a * 0.7))


def _panes(c: Canvas, xa: float, xb: float, hz: float, lift: list[tuple[float, float]]) -> None:
    d = ""
    for col in range(4):
        for row in range(7):
            if c.r.random() < 0.4:
                continue
            u, v = (col + 0.25) / 4, (col + 0.8) / 4
            p, q = (row + 0.3) / 8, (row + 0.75) / 8
            pts = []
            for t, s in ((u, p), (v, p), (v, q), (u, q)):
                high = lift[0][0] + (lift[1][0] - lift[0][0]) * t
                low = lift[0][1] + (lift[1][1] - lift[0][1]) * t
                pts.append((xa + (xb - xa) * t, hz - high + (high + low) * s))
            d += "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in pts) + "Z"
    c.path(d, "#f3c766", 0.92)


def market(c: Canvas) -> None:
    hz = c.h * 0.36
    sky.sky(c, hz + 60)
    buildings.skyline(c, hz + 80, 90, 260 * c.v, c.p.far, 0)
    buildings.roofs(c, hz + 130, 120, (c.p.mid, c.p.near), mix(c.p.light, c.p.far, 0.3))
    c.rect(0, hz + 110, c.w, c.h, c.fade(mix(c.p.ground, c.p.light, 0.2), mix(c.p.ground, c.p.near, 0.5)))
    tones = [c.p.accent, c.p.near, c.p.second, c.p.mid]
    c.r.shuffle(tones)
    n = 3 if c.w > 1200 else 2
    for k in range(n):
        _stall(c, c.w * (k + 0.5) / n, c.h * 0.8, c.w / n * 0.44 / 200, tones[k])
    for k in range(5):
        figures.person(
            c,
            c.w * (k + c.r.uniform(0.2, 0.8)) / 5,
            c.h * c.r.uniform(0.9, 0.98),
            270,
            c.r.choice(tones),
            c.r.choice((None, None, c.p.light)),
            c.r.random() < 0.3,
        )
    y = c.r.uniform(60, 120)
    c.stroke(f"M0 {y:.0f}Q{c.w / 2:.0f} {y + 90:.0f} {c.w:.0f} {y:.0f}", c.p.dark, 3)
    for k in range(8):
        t = (k + 0.5) / 8
        buildings.lantern(c, t * c.w, y + 180 * t * (1 - t) + 42, 0.9, c.p.accent if k % 2 else "#f3d58a")
    sky.weather(c)


def _stall(c: Canvas, x: float, y: float, s: float, tone: str) -> None:
    p = c.p
    with c.at(x, y, s):
        c.rect(-176, -330, 352, 330, p.dark, 0.72)
        c.glow(0, -230, 190, "#f3c766", 0.55)
        c.rect(-190, -330, 12, 330, p.dark)
        c.rect(178, -330, 12, 330, p.dark)
        c.rect(-200, -96, 400, 96, mix(p.second, p.dark, 0.45))
        c.stroke("M-200 -64H200M-200 -32H200", p.dark, 3, 0.5)
        for row, fruit in enumerate(c.r.sample((p.accent, "#e0a23c", "#7f9f5c", "#e6ab9b", "#8c3b4a"), 4)):
            for k in range(6):
                c.disc(-176 + row * 100 + k % 3 * 26, -106 - (k // 3) * 20, 15, fruit)
                c.disc(-180 + row * 100 + k % 3 * 26, -111 - (k // 3) * 20, 4, p.light, 0.6)
        for k in range(8):
            c.path(
                f"M{-200 + k * 50 + 20 * (k < 4) - 0} -400L{-224 + k * 56} -300a28 22 0 0 0 56 0L{-200 + (k + 1) * 50} -400Z",
                tone if k % 2 else p.light,
            )
        c.rect(-200, -408, 400, 14, p.dark)


def factory(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.66, 0.74)
    sky.open_sky(c, hz)
    buildings.skyline(c, hz, 40, 160, c.p.far, 0)
    s, x = max(c.u, 0.75) * c.r.uniform(1.0, 1.2), c.w * c.r.uniform(0.44, 0.54)
    drift = c.r.choice((-1, 1)) * c.r.uniform(180, 420)
    for k, tall in enumerate((430, 520, 360)):
        buildings.smoke(c, x + (-320 + k * 120) * s, hz - tall * s, (70 + 26 * k) * s, drift, mix(c.p.sky[1], c.p.light, 0.55 - 0.2 * k))
    buildings.factory(c, x, hz + 6, s)
    if c.r.random() < 0.6:
        water.sea(c, hz, 40)
        for k in (-320, -200, -80, 100, 300):
            water.glitter(c, x + k * s, hz, 210, c.p.near if k < 0 else c.p.second, 36)
        water.skiff(c, c.w * c.r.uniform(0.3, 0.8), hz + 170, 1.0)
    else:
        land.ground(c, hz, mix(c.p.ground, c.p.mid, 0.3))
        for k in range(7):
            figures.person(c, c.w * 0.15 + k * c.w * 0.11, hz + 130 + c.r.uniform(-20, 20), 120, c.r.choice((c.p.near, c.p.accent, c.p.mid)))
    sky.weather(c)


def wind_turbine(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.62, 0.74)
    sky.open_sky(c, hz)
    white = "#fbf6ea" if not c.p.night else mix(c.p.light, c.p.mid, 0.2)
    offshore = c.r.random() < 0.45
    if offshore:
        water.sea(c, hz, 60)
    else:
        land.ranges(c, hz + 20, 2, 150)
        land.hill(c, hz + 20, 40, c.p.mid, c.p.near)
    hero = c.w * c.r.uniform(0.58, 0.76)
    for k in range(5):
        buildings.turbine(c, hero - 170 * (k + 1) * (1.2 - k * 0.08), hz + 20, 0.66 - k * 0.1, c.r.uniform(0, 120), mix(white, c.p.far, 0.12 * k))
    buildings.turbine(c, hero, c.h * 0.94, 1.3 * c.v, c.r.uniform(0, 120), white)
    if offshore:
        c.rect(hero - 26, c.h * 0.9, 52, c.h * 0.2, c.p.second)
        water.ripples(c, c.h * 0.88, c.p.light, 24)
        water.trawler(c, c.w * 0.24, hz + 130, 0.55, c.p.near)
    else:
        land.hill(c, c.h * 0.9, 40, c.p.near, c.p.dark)
        flora.pampas(c, c.w * 0.2, c.h + 10, 260, 12, c.p.dark, mix(c.p.light, c.p.second, 0.25))
        buildings.gable_house(c, c.w * c.r.uniform(0.1, 0.4), c.h * 0.92, 0.5, c.p.light, c.p.accent)
    sky.wind_lines(c, hz * 0.4, c.p.light, 4)


def house(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.66, 0.74)
    sky.open_sky(c, hz)
    land.ranges(c, hz, 2, 230 * c.v)
    snowy = c.p.sky[0] == "#5f7590"
    land.hill(c, hz, 14, c.p.ground if not snowy else "#fbf6ea", mix(c.p.ground, c.p.near, 0.5))
    x, s = c.w * c.r.uniform(0.42, 0.58), 1.7 * max(c.u, 0.85)
    wall = c.r.choice((c.p.light, mix(c.p.second, c.p.dark, 0.4), mix(c.p.light, c.p.ground, 0.5)))
    flora.round_tree(c, x + 330 * s / 1.7, hz + 30, 440 * c.v, c.r.choice((c.p.accent, c.p.mid, c.p.near)), c.p.dark)
    if c.r.random() < 0.6:
        buildings.tiled_house(c, x, hz + 70, s, wall, c.r.choice((c.p.near, c.p.dark, c.p.mid)), snowy)
    else:
        buildings.gable_house(c, x - 70, hz + 70, s, wall, c.r.choice((c.p.accent, c.p.near)))
    c.poly([(x - 30, hz + 68), (x + 20, hz + 68), (x + 180, c.h + 10), (x - 220, c.h + 10)], mix(c.p.ground, c.p.light, 0.6))
    flora.pine(c, x - 420 * s / 1.7, hz + 90, 470 * c.v, 0.2, c.p.near, c.p.dark)
    figures.person(c, x + 60, hz + 190, 120, c.p.accent, c.p.second if c.r.random() < 0.5 else None)
    flora.grass(c, c.h + 8, 120, c.p.dark, 120)
    sky.weather(c, 0.35)


def rain(c: Canvas) -> None:
    if c.r.random() < 0.5:
        _umbrellas_above(c)
        return
    hz = c.h * 0.55
    sky.sky(c, hz)
    land.ranges(c, hz, 2, 200)
    for k in range(4):
        buildings.tiled_house(c, c.w * (k + 0.4) / 4, hz + 60 + (k % 2) * 26, 1.05, mix(c.p.near, c.p.second, 0.2), c.p.near)
    c.rect(0, hz + 56, c.w, c.h, c.fade(mix(c.p.water, c.p.sky[2], 0.3), c.p.near))
    for _ in range(12):
        water.glitter(c, c.w * c.r.random(), hz + 80, 260, c.r.choice((c.p.second, c.p.dark, c.p.light)), 30)
    for k in range(c.r.randint(2, 4)):
        figures.person(
            c,
            c.w * (0.2 + k * 0.21 + c.r.uniform(-0.05, 0.05)),
            c.h * 0.87 + (k % 2) * 50,
            c.r.uniform(250, 350),
            c.r.choice((c.p.near, c.p.mid)),
            c.r.choice((c.p.accent, c.p.second, c.p.light)),
        )
    sky.rain(c, 420)


def _umbrellas_above(c: Canvas) -> None:
    c.rect(0, 0, c.w, c.h, c.fade(mix(c.p.mid, c.p.near, 0.3), c.p.near))
    for row in range(9):
        for col in range(13):
            left, top = (col + (row % 2) * 0.5) * 150 - 60, row * 160 - 30
            c.rect(left, top, 140, 150, mix(c.p.mid, c.p.near, c.r.uniform(0.2, 0.8)), 0.55, 4)
    tones = [c.p.accent, c.p.second, c.p.light, c.p.light, c.p.accent, mix(c.p.mid, c.p.light, 0.3)]
    placed: list[tuple[float, float, float]] = []
    for _ in range(60):
        x, y, r = c.w * c.r.random(), c.h * c.r.random(), c.r.uniform(95, 190)
        if all(math.hypot(x - a, y - b) > (r + q) * 0.98 for a, b, q in placed) and len(placed) < 11:
            placed.append((x, y, r))
            figures.parasol_top(c, x, y, r, tones[len(placed) % 6], c.p.dark if len(placed) % 6 == 2 else c.p.light)
    sky.rain(c, 300, slant=-0.3)


def festival(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.66, 0.74)
    sky.sky(c, hz)
    for _ in range(c.r.randint(3, 5)):
        _firework(c, c.w * c.r.uniform(0.12, 0.88), hz * c.r.uniform(0.15, 0.55), c.r.uniform(90, 210))
    land.ridge(c, hz - 40, 80, c.p.mid, c.h)
    buildings.torii(c, c.w * c.r.uniform(0.35, 0.65), hz + 90, 1.7, c.p.accent)
    c.rect(0, hz + 80, c.w, c.h, c.fade(c.p.near, c.p.dark))
    for side in (0, 1):
        y = c.r.uniform(60, 150)
        string = [(t * c.w / 14, y + side * 130 + 50 * math.sin((t / 2 - 0.5) * 0.9 + side) - 44) for t in range(15)]
        c.stroke(smooth(string), c.p.dark, 3)
        for k in range(7):
            buildings.lantern(
                c,
                (k + 0.5) * c.w / 7,
                y + side * 130 + 50 * math.sin(k * 0.9 + side),
                0.95 + 0.25 * side,
                c.p.accent if (k + side) % 2 else "#f3d58a",
            )
    for k in range(16):
        figures.person(
            c,
            c.w * (k + c.r.random()) / 16,
            hz + c.r.uniform(150, 250),
            c.r.uniform(140, 190),
            c.r.choice((c.p.accent, c.p.near, c.p.mid, c.p.second, c.p.far)),
        )


def _firework(c: Canvas, x: float, y: float, r: float) -> None:
    tone = c.r.choice((c.p.second, c.p.accent, c.p.light, "#eebcb0"))
    for k in range(30):
        a = k * math.tau / 30
        for t in (0.35, 0.55, 0.75, 0.92, 1.05):
            c.disc(x + math.cos(a) * r * t, y + math.sin(a) * r * t + 30 * t * t, 2 + 3.2 * t, tone, 0.95)
    c.disc(x, y, 7, c.p.light)
