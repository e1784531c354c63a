"""Scenes of land: mountain, forest, fields, desert, snow, sky."""

from __future__ import annotations

import math

from . import buildings, figures, flora, land, sky, water
from .canvas import Canvas, smooth
from .inks import mix


def mountain(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.64, 0.76)
    sky.open_sky(c, hz)
    x, cap = c.w * c.r.uniform(0.36, 0.66), "#fbf5e8" if not c.p.night else c.p.light
    if c.r.random() < 0.55:
        land.peak(c, x, hz, 720 * max(c.u, 0.85), min(hz * 0.72, 620 * c.v), c.p.mid, cap)
    else:
        land.ranges(c, hz, 2, 260 * c.v)
        land.crag(c, x, hz + 20, 560 * max(c.u, 0.8), min(hz * 0.8, 640 * c.v), c.p.mid, cap)
        land.crag(c, x - 420, hz + 20, 380, hz * 0.42, c.p.near, cap)
    sky.haze(c, hz - 60, mix(c.p.sky[2], c.p.light, 0.4) if not c.p.night else c.p.sky[2], 4, 0.85, 50)
    _foreshore(c, hz)
    sky.weather(c, 0.1)


def _foreshore(c: Canvas, hz: float) -> None:
    if c.r.random() < 0.5:
        water.sea(c, hz, 46)
        water.sailboat(c, c.w * c.r.uniform(0.15, 0.8), hz + 110, 0.55, c.p.light)
        flora.pine(c, c.w * 0.94, c.h + 40, 560 * c.v, -0.35, c.p.near, c.p.dark)
        return
    points = land.ridge(c, hz + 20, 60, c.p.near, soft=c.p.dark)
    flora.treeline(c, points, c.p.near, 70)
    land.hill(c, hz + 190, 40, c.p.dark)


def snow(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.48, 0.58)
    sky.sky(c, hz)
    sky.luminary(c, c.w * c.r.uniform(0.2, 0.8), hz * 0.45, 52)
    land.ranges(c, hz + 40, 2, 250 * c.v)
    white = "#fbf6ea"
    shade = mix(white, c.p.far, 0.45)
    for _ in range(7):
        flora.conifer(c, c.w * c.r.random(), hz + 50, c.r.uniform(120, 300), c.p.near, True)
    land.hill(c, hz + 40, 26, white, shade)
    for i, t in enumerate(sorted(c.r.uniform(0.1, 0.85) for _ in range(c.r.randint(2, 4)))):
        buildings.tiled_house(c, c.w * t, hz + 120 + i * 34, 0.75 + i * 0.16, mix(c.p.near, c.p.second, 0.25), c.p.dark, True)
    land.hill(c, hz + 260, 40, white, mix(shade, c.p.mid, 0.25))
    figures.person(c, c.w * c.r.uniform(0.3, 0.7), hz + 350, 105, c.p.near, c.p.accent)
    flora.conifer(c, c.w * c.r.choice((0.04, 0.95)), c.h + 30, 620 * c.v, c.p.dark, True)
    sky.snowfall(c, 340)


def forest(c: Canvas) -> None:
    pale = mix(c.p.sky[1], c.p.light, 0.3)
    c.rect(0, 0, c.w, c.h, c.fade(mix(c.p.sky[1], c.p.far, 0.4), pale))
    if c.r.random() < 0.6:
        c.disc(c.w * c.r.uniform(0.25, 0.75), c.h * c.r.uniform(0.2, 0.45), c.r.uniform(70, 150), c.p.disc)
    floor, tones = c.h * c.r.uniform(0.78, 0.88), (c.p.far, c.p.mid, c.p.near, c.p.dark)
    bamboo = c.r.random() < 0.35
    for layer, tone in enumerate(tones):
        count, wide = 13 - layer * 3, 16 + layer * 17
        for i in range(count):
            _trunk(c, (i + c.r.uniform(0.1, 0.9)) * c.w / count, floor + layer * 34, wide, tone, bamboo)
        land.hill(c, floor + layer * 40, 12, mix(tone, c.p.ground, 0.35) if layer < 3 else tone)
        if layer < 3:
            sky.mist(c, floor - 240, 330, pale, 0.75 - layer * 0.12)
    figures.person(c, c.w * c.r.uniform(0.3, 0.7), floor + 92, 120, c.p.accent)
    flora.grass(c, c.h + 6, 90, c.p.dark, 120)


def _trunk(c: Canvas, x: float, y: float, wide: float, tone: str, bamboo: bool) -> None:
    if bamboo:
        flora.bamboo(c, x, y, y + 60, wide * 0.62, tone)
        return
    top = wide * 0.7
    c.path(
        f"M{x - wide * 0.8:.0f} {y + 30:.0f}Q{x - wide * 0.5:.0f} {y - 90:.0f} {x - top / 2:.0f} -10H{x + top / 2:.0f}Q{x + wide * 0.5:.0f} {y - 90:.0f} {x + wide * 0.8:.0f} {y + 30:.0f}Z",
        tone,
    )
    c.path(
        f"M{x + top * 0.18:.0f} -10H{x + top / 2:.0f}Q{x + wide * 0.5:.0f} {y - 90:.0f} {x + wide * 0.8:.0f} {y + 30:.0f}H{x + wide * 0.4:.0f}Z",
        c.p.dark,
        0.18,
    )
    for _ in range(3):
        dx, by = c.r.choice((-1, 1)) * c.r.uniform(60, 150), c.r.uniform(0, y * 0.45)
        c.stroke(f"M{x:.0f} {by + 40:.0f}q{dx * 0.5:.0f} {-30:.0f} {dx:.0f} -40", tone, wide * 0.16)
        flora.pad(c, x + dx, by, wide * 1.6, tone)


def field(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.42, 0.55)
    sky.open_sky(c, hz)
    land.ranges(c, hz, 3, 170 * c.v)
    lush = c.r.choice((mix(c.p.ground, "#5e8f80", 0.6), c.p.ground, mix(c.p.water, c.p.light, 0.3)))
    land.ground(c, hz, lush, mix(lush, c.p.near, 0.4))
    vanish = c.w * c.r.uniform(0.2, 0.8)
    land.furrows(c, hz, vanish, mix(lush, c.p.near, 0.72), 22)
    buildings.roofs(c, hz + 8, 46, (c.p.near, c.p.mid, c.p.accent), mix(c.p.light, c.p.far, 0.3))
    tree_x = c.w * c.r.choice((0.16, 0.82))
    flora.round_tree(c, tree_x, hz + 60, 300 * c.v, c.r.choice((c.p.near, c.p.mid, c.p.accent)), c.p.dark)
    for i in range(c.r.randint(1, 3)):
        figures.person(c, c.w * 0.5 + (i - 1) * 130 + c.r.uniform(-40, 40), hz + 210 + i * 40, 130, c.r.choice((c.p.accent, c.p.near)), hat=True)
    sky.weather(c)


def terrace(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.26, 0.36)
    sky.open_sky(c, hz, low=True)
    land.ranges(c, hz + 20, 2, 130 * c.v)
    steps, lean = 11, c.r.choice((-1, 1))
    for i in range(steps):
        t = i / steps
        _step(c, hz + (c.h - hz) * t**1.25, lean, t)
    buildings.gable_house(c, c.w * c.r.uniform(0.2, 0.75), hz + c.h * 0.16, 0.5, c.p.light, c.p.accent)
    figures.person(c, c.w * c.r.uniform(0.3, 0.7), hz + (c.h - hz) * 0.62, 88, c.p.accent, hat=True)


def _step(c: Canvas, y: float, lean: float, t: float) -> None:
    phase, amp = c.r.uniform(-0.5, 0.5), 30 + 70 * t
    pts = [(x * c.w / 8 - 40, y + math.sin(x * 0.8 + phase + lean) * amp + lean * (x - 4) * 10) for x in range(10)]
    bank = mix(c.p.mid, c.p.near, t)
    face = c.r.choice(
        (mix(c.p.sky[2], c.p.light, 0.2), mix(c.p.sky[1], c.p.water, 0.35), mix(bank, c.p.ground, 0.7), mix(c.p.water, c.p.light, 0.35))
    )
    rim = 10 + 22 * t
    c.path(smooth(pts) + f"V{c.h + 20:.0f}H-60Z", bank)
    inner = [(a, b + rim) for a, b in pts]
    c.path(smooth(inner) + f"V{c.h + 20:.0f}H-60Z", face)
    for _ in range(int(16 * t) + 3):
        x = c.r.random() * c.w
        k = min(8, int((x + 40) / (c.w / 8)))
        c.rect(x, pts[k][1] + rim + 8 + c.r.random() * 30 * (t + 0.2), c.r.uniform(14, 60), 2.5, bank, 0.55, 1)


def desert(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.4, 0.52)
    sky.sky(c, hz + 60)
    sky.luminary(c, c.w * c.r.uniform(0.2, 0.8), hz * c.r.uniform(0.35, 0.8), c.r.choice((70, 110, 150)) * c.v)
    sand = mix(c.p.ground, "#d9a441", 0.45) if not c.p.night else mix(c.p.far, c.p.second, 0.2)
    for i in range(4):
        y, k = hz + i * (c.h - hz) * 0.23, 0.5 + i * 0.35
        top = c.w * c.r.uniform(0.25, 0.7)
        crest = [(-60, y + 70 * k), (top * 0.45, y + 14 * k), (top, y - 110 * k), (top + c.w * 0.2, y - 10 * k), (c.w + 60, y + 60 * k)]
        split = [(top, y - 110 * k), (top + 46 * k, y + 30 * k), (top - 20 * k, y + 130 * k), (top + 120 * k, y + 330 * k), (top + 40 * k, c.h + 40)]
        lit = mix(mix(c.p.far, sand, 0.4 + i * 0.2), c.p.light, 0.12)
        c.path(smooth(crest) + f"V{c.h + 20:.0f}H-60Z", c.fade(lit, mix(lit, c.p.sky[2], 0.3)))
        c.path(
            smooth(split)
            + f"L{c.w + 60:.0f} {c.h + 40:.0f}L{c.w + 60:.0f} {y + 60 * k:.0f}"
            + smooth([crest[4], crest[3], crest[2]]).replace("M", "L", 1)
            + "Z",
            mix(lit, c.p.near, 0.55 + i * 0.06),
        )
        if i == 1:
            for n in range(c.r.randint(1, 4)):
                figures.camel(c, top * 0.3 + n * 92, y + 34 - n * 9, 0.42)
    sky.wind_lines(c, c.h * 0.85, mix(sand, c.p.light, 0.5), 5)


def night_sky(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.74, 0.84)
    sky.sky(c, hz)
    sky.stars(c, hz, 260)
    _milky_way(c, hz)
    if c.r.random() < 0.5:
        x, y = c.w * c.r.uniform(0.2, 0.6), hz * c.r.uniform(0.1, 0.35)
        c.path(f"M{x:.0f} {y:.0f}l-260 120l262 -114z", c.p.light)
        c.disc(x, y + 3, 5, c.p.light)
    land.ranges(c, hz + 10, 2, 130)
    land.hill(c, hz + 10, 40, c.p.dark)
    x = c.w * c.r.uniform(0.25, 0.75)
    kind = c.r.randrange(3)
    if kind == 0:
        _dome(c, x, hz + 40, 1.0)
    elif kind == 1:
        flora.pine(c, x, hz + 60, 420, c.r.choice((-0.3, 0.3)), c.p.dark, c.p.dark)
    else:
        buildings.gable_house(c, x, hz + 50, 0.8, c.p.near, c.p.dark)
    figures.person(c, x + c.r.choice((-210, 260)), hz + 50, 84, c.p.accent)


def _milky_way(c: Canvas, hz: float) -> None:
    x0, tilt = c.w * c.r.uniform(0.2, 0.5), c.r.uniform(-0.5, 0.9)
    for _ in range(20):
        t = c.r.random()
        c.oval(x0 + tilt * t * c.w * 0.5 + c.r.uniform(-60, 60), t * hz, c.r.uniform(50, 150), c.r.uniform(40, 90), c.p.sky[2], 0.09)
    d = ""
    for _ in range(700):
        t, off = c.r.random(), c.r.gauss(0, 80)
        d += f"M{x0 + tilt * t * c.w * 0.5 + off:.0f} {t * hz:.0f}h2v2h-2z"
    c.path(d, c.p.light, 0.8)


def _dome(c: Canvas, x: float, y: float, s: float) -> None:
    with c.at(x, y, s):
        c.rect(-110, -100, 220, 110, mix(c.p.light, c.p.near, 0.25))
        c.rect(40, -100, 70, 110, c.p.dark, 0.3)
        c.path("M-120 -100A120 120 0 0 1 120 -100Z", c.p.light)
        c.path("M40 -212A120 120 0 0 1 120 -100H52Z", c.p.dark, 0.28)
        c.path("M-30 -216L22 -218L10 -100H-24Z", c.p.dark)
        c.line((-4, -140), (-24, -236), c.p.accent, 16)
        c.rect(-20, -60, 34, 70, c.p.second)


def garden(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.4, 0.5)
    sky.sky(c, hz)
    land.hill(c, hz - 90, 50, c.p.far, c.p.sky[2])
    c.rect(0, hz - 70, c.w, 80, mix(c.p.light, c.p.ground, 0.4))
    c.rect(0, hz - 92, c.w, 26, c.p.dark)
    for _i in range(5):
        flora.round_tree(c, c.w * c.r.random(), hz + 20, c.r.uniform(200, 380), c.r.choice((c.p.mid, c.p.near)), c.p.dark)
    land.ground(c, hz, mix(c.p.light, c.p.ground, 0.25), mix(c.p.light, c.p.far, 0.5))
    stones = [(c.w * t + c.r.uniform(-60, 60), hz + (c.h - hz) * c.r.uniform(0.22, 0.62), c.r.uniform(70, 130)) for t in (0.25, 0.55, 0.78)]
    _raked(c, hz, stones)
    for x, y, s in stones:
        _stone(c, x, y, s)
    flora.pine(c, c.w * 0.12, hz + 120, 460 * c.v, 0.3, c.p.near, c.p.dark)
    _stone_lantern(c, c.w * c.r.uniform(0.62, 0.9), hz + 130, 1.05)
    flora.blossom_branch(c, c.w + 20, c.r.uniform(0, 160), 230, math.pi * 0.93, c.r.choice((c.p.accent, "#eebcb0")))


def _raked(c: Canvas, hz: float, stones: list[tuple[float, float, float]]) -> None:
    tone, y = mix(c.p.ground, c.p.near, 0.5), hz + 26
    d = ""
    while y < c.h:
        d += f"M0 {y:.0f}H{c.w:.0f}"
        y += 10 + (y - hz) * 0.05
    c.stroke(d, tone, 2.4, 0.5)
    sand = mix(c.p.light, c.p.ground, 0.35)
    for x, sy, s in stones:
        c.oval(x, sy + 6, s * 2.1, s * 0.78, sand)
        for k in (1.35, 1.6, 1.85, 2.1):
            c.stroke(
                f"M{x - s * k:.0f} {sy + 6:.0f}a{s * k:.0f} {s * k * 0.37:.0f} 0 1 0 {2 * s * k:.0f} 0a{s * k:.0f} {s * k * 0.37:.0f} 0 1 0 {-2 * s * k:.0f} 0",
                tone,
                2.4,
                0.6,
            )


def _stone(c: Canvas, x: float, y: float, s: float) -> None:
    with c.at(x, y, s / 100):
        c.oval(30, 10, 130, 26, c.p.dark, 0.25)
        c.path("M-100 14Q-110 -30 -60 -70Q-20 -120 30 -90Q90 -70 104 14Q0 40 -100 14Z", c.p.near)
        c.path("M10 -96Q30 -92 30 -90Q90 -70 104 14Q60 26 30 26Q60 -40 10 -96Z", c.p.dark, 0.5)
        c.path("M-100 14Q-60 -4 -20 10Q40 -2 104 14Q0 44 -100 14Z", mix(c.p.mid, c.p.second, 0.3))


def _stone_lantern(c: Canvas, x: float, y: float, s: float) -> None:
    tone = mix(c.p.far, c.p.light, 0.3)
    with c.at(x, y, s):
        c.path(
            "M-60 0L-46 -24H46L60 0ZM-18 -24L-14 -140H14L18 -24ZM-46 -140L-34 -164H34L46 -140ZM-84 -230Q-30 -250 0 -286Q30 -250 84 -230L70 -220H-70Z",
            tone,
        )
        c.rect(-34, -222, 68, 60, tone)
        c.rect(-18, -210, 36, 38, c.p.second)
        c.disc(0, -292, 12, tone)
        c.path("M6 -24L4 -140H14L18 -24ZM0 -286Q30 -250 84 -230L70 -220H20ZM14 -222H34V-162H14Z", c.p.dark, 0.3)


def birds(c: Canvas) -> None:
    hz = c.h * c.r.uniform(0.82, 0.95)
    sky.sky(c, hz)
    kind = c.r.randrange(3)
    r = c.r.uniform(170, 260) * c.v
    x, y = c.w * c.r.uniform(0.35, 0.65), c.h * c.r.uniform(0.36, 0.5)
    c.disc(x, y, r, c.p.disc)
    sky.haze(c, hz * 0.72, mix(c.p.sky[1], c.p.light, 0.5) if not c.p.night else c.p.sky[2], 4, 0.8)
    land.ridge(c, hz, 80, c.p.mid, c.h + 10, c.p.near)
    spots = [(x - 150, y + 20, 1.25), (x + 330 * c.u, y - 170, 0.8), (x + 260 * c.u, y + 260, 0.62), (x - 480 * c.u, y - 190, 0.52)]
    for px, py, s in spots[: c.r.randint(3, 4)]:
        turn = c.r.uniform(-16, 16)
        if kind == 0:
            figures.crane(c, px, py, s * max(c.u, 0.8), turn)
        elif kind == 1:
            figures.gull(c, px, py, s * 1.7 * max(c.u, 0.8), turn, "#fbf6ea")
        else:
            figures.swallow(c, px, py, s * 1.6 * max(c.u, 0.8), turn)
    flora.pampas(c, c.w * c.r.choice((0.1, 0.9)), c.h + 10, 380, 16, c.p.dark, mix(c.p.light, c.p.second, 0.3))
