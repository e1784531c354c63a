"""Scenes of rooms: workshop, stage, museum."""

from __future__ import annotations

from . import figures, flora, land, things
from .canvas import Canvas, smooth
from .inks import mix
from .scenes_still import lean, room


def workshop(c: Canvas) -> None:
    edge = room(c, 0.64, 0.7)
    tones = (c.p.dark, c.p.near, "#c73e3a")
    board = edge * 0.14
    panel = mix("#c99a5c", c.p.light, 0.3)
    c.rect(c.w * 0.04 + 12, board - 34, c.w * 0.92, 400, c.p.dark, 0.25)
    c.rect(c.w * 0.04, board - 50, c.w * 0.92, 400, panel)
    c.path(
        "".join(f"M{c.w * 0.06 + k * 40:.0f} {board - 24 + j * 46:.0f}h5v5h-5z" for k in range(int(c.w * 0.9 / 40)) for j in range(8)), c.p.dark, 0.3
    )
    for k in range(8):
        x = c.w * (0.08 + 0.84 * (k + 0.5) / 8)
        with c.at(x, board, 1.1, c.r.uniform(-5, 5)):
            _tool(c, c.r.randrange(4), c.r.choice(tones))
    s, tilt, x = 1.15 * max(c.u, 0.75), lean(c), c.w * c.r.uniform(0.4, 0.6)
    c.cast(lambda: _plane(c), x - 120 * s, edge + 150, s * 1.3, tilt, 0.35)
    c.cast(lambda: c.rect(-330, -44, 660, 44, mix(c.p.second, c.p.light, 0.3), 1, 3), x + 160 * s, edge + 230, s, tilt, 0.3)
    for _ in range(9):
        px, py = x + c.r.uniform(-420, 480) * s, edge + c.r.uniform(90, 260)
        c.stroke(f"M{px:.0f} {py:.0f}c30 -40 60 0 30 16c-26 10 -34 -22 -6 -26", mix(c.p.light, c.p.second, 0.35), 8)
    _lamp(c, x + 60, edge)


def _lamp(c: Canvas, x: float, edge: float) -> None:
    c.poly([(x - 60, edge * 0.42), (x + 60, edge * 0.42), (x + 420, edge + 190), (x - 420, edge + 190)], c.fade("#f8e3a8", "#f8e3a8", 0.5, 0.04))
    c.line((x, -10), (x, edge * 0.32), c.p.dark, 5)
    c.path(
        f"M{x - 92:.0f} {edge * 0.43:.0f}Q{x - 80:.0f} {edge * 0.31:.0f} {x:.0f} {edge * 0.3:.0f}Q{x + 80:.0f} {edge * 0.31:.0f} {x + 92:.0f} {edge * 0.43:.0f}Z",
        c.p.accent,
    )
    c.oval(x, edge * 0.43, 60, 13, "#fbf0cf")


def _plane(c: Canvas) -> None:
    wood = mix("#b5713a", c.p.second, 0.3)
    c.path("M-220 0V-80H220V0Z", wood)
    c.path("M-220 -24H220V0H-220Z", c.p.dark, 0.3)
    c.path("M-10 -80L60 -200H96L40 -80Z", c.p.dark)
    c.path("M-60 -80C-50 -130 -90 -150 -110 -150C-140 -150 -150 -120 -130 -80Z", c.p.accent)


def _tool(c: Canvas, kind: int, tone: str) -> None:
    c.disc(0, 0, 8, c.p.dark)
    wood = mix("#b5713a", c.p.dark, 0.15)
    if kind == 0:
        c.rect(-9, 0, 18, 230, wood, 1, 6)
        c.path("M-60 190H50L66 240H-60Z", c.p.dark)
    elif kind == 1:
        c.path("M-16 0H16L20 80H-20Z", wood)
        c.path("M-24 80H24L10 300H-30Z", mix(c.p.light, c.p.far, 0.3))
    elif kind == 2:
        c.rect(-10, 0, 20, 110, wood, 1, 8)
        c.path("M-7 110H7V220L0 240L-7 220Z", c.p.dark)
    else:
        c.stroke("M0 0V30M0 30C-70 90 -50 190 -16 250M0 30C70 90 50 190 16 250", tone, 15)


def stage(c: Canvas) -> None:
    tone = c.r.choice(("#a92f30", "#27466f", "#2f5b50"))
    c.rect(0, 0, c.w, c.h, c.fade(c.p.dark, mix(c.p.dark, tone, 0.3)))
    floor, x = c.h * 0.74, c.w * c.r.uniform(0.42, 0.58)
    _backcloth(c, floor)
    c.rect(0, floor, c.w, c.h, c.fade(mix("#b5713a", c.p.light, 0.25), mix("#6a3c28", c.p.dark, 0.3)))
    c.stroke("".join(f"M{x + (k - 8) * 60:.0f} {floor:.0f}L{x + (k - 8) * 210:.0f} {c.h:.0f}" for k in range(17)), c.p.dark, 3, 0.3)
    c.poly([(x - 30, -20), (x + 30, -20), (x + 270, floor + 110), (x - 270, floor + 110)], c.fade("#f8ecd0", "#f8ecd0", 0.5, 0.16))
    c.oval(x, floor + 110, 270, 52, "#f8ecd0", 0.65)
    figures.person(c, x, floor + 116, 360, c.r.choice((c.p.accent, c.p.second, c.p.light)))
    for side in (-1, 1):
        for k in range(6):
            _fold(c, side, k, tone)
    c.path(
        "M-20 -20" + "".join(f"Q{c.w * (k + 0.5) / 7:.0f} {230 if k % 2 else 200} {c.w * (k + 1) / 7:.0f} 110" for k in range(7)) + "V-20Z",
        mix(tone, c.p.dark, 0.25),
    )
    c.path("".join(f"M{k * c.w / 26:.0f} {c.h + 10:.0f}v-40a{30} 34 0 0 1 60 0v40z" for k in range(27)), c.p.dark)


def _backcloth(c: Canvas, floor: float) -> None:
    gold = c.r.choice(("#d9a441", "#e6ab9b", "#8db4a3", "#c9c3b0"))
    c.rect(c.w * 0.14, c.h * 0.1, c.w * 0.72, floor - c.h * 0.1, c.fade(gold, mix(gold, c.p.light, 0.5)))
    if c.r.random() < 0.5:
        flora.pine(c, c.w * 0.5, floor + 10, floor * 0.74, c.r.choice((-0.25, 0.25)), "#2f5b50", c.p.dark)
    else:
        c.disc(c.w * c.r.uniform(0.36, 0.64), c.h * 0.38, 130, "#c73e3a")
        land.ridge(c, floor - 90, 90, "#27466f", floor)


def _fold(c: Canvas, side: int, k: int, tone: str) -> None:
    wide = c.w * 0.038
    x = k * wide if side < 0 else c.w - (k + 1) * wide
    bow = c.r.uniform(-14, 14)
    shade = mix(tone, c.p.dark, 0.12 + 0.38 * (k % 2))
    c.path(
        f"M{x - 2:.0f} -10H{x + wide + 2:.0f}Q{x + wide + bow:.0f} {c.h * 0.5:.0f} {x + wide + 8:.0f} {c.h + 10:.0f}H{x - 4:.0f}Q{x + bow:.0f} {c.h * 0.5:.0f} {x - 2:.0f} -10Z",
        shade,
    )


def museum(c: Canvas) -> None:
    wall, floor = c.p.sky, c.h * c.r.uniform(0.74, 0.8)
    c.rect(0, 0, c.w, floor, c.grad(((0, wall[0], 1), (0.4, wall[1], 1), (1, wall[2], 1))))
    c.rect(0, floor, c.w, c.h, c.fade(c.p.ground, mix(c.p.ground, c.p.dark, 0.3)))
    c.rect(0, floor - 22, c.w, 24, mix(wall[1], c.p.dark, 0.35))
    n = 2 if c.w > 1200 else 1
    big = c.r.choice((0, 1))
    for k in range(n):
        w = c.w / n * (0.62 if k == big or n == 1 else 0.4)
        _framed(c, c.w * (k + 0.5) / n - w / 2, c.h * 0.14, w, c.h * 0.44)
    px = c.w * (0.84 if n == 1 else 0.5275 if big == 0 else 0.4725)
    with c.at(px, floor + 70, 1.1):
        c.rect(-90, -210, 180, 210, c.p.light)
        c.rect(40, -210, 50, 210, c.p.dark, 0.22)
    c.cast(lambda: things.jug(c, c.p.accent if c.p.accent not in wall else c.p.second), px, floor - 160, 0.75, 0.3, 0.05)
    for k in range(c.r.randint(1, 3)):
        figures.person(c, c.w * ((0.2, 0.33, 0.8)[k] + c.r.uniform(-0.03, 0.03)), c.h * 0.95 + 10 * k, 340, c.r.choice((c.p.dark, c.p.near, c.p.mid)))


def _framed(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    c.rect(x + 14, y + 22, w, h, c.p.dark, 0.3)
    c.rect(x - 16, y - 16, w + 32, h + 32, c.p.dark)
    c.rect(x, y, w, h, c.p.light)
    a, b = x + w * 0.08, y + h * 0.1
    pw, ph = w * 0.84, h * 0.8
    tones = c.r.choice((("#27466f", "#f0c4b0"), ("#d9a441", "#f4ead8"), ("#174850", "#f0e1b6"), ("#c73e3a", "#f3d7a5")))
    c.rect(a, b, pw, ph, c.fade(*tones))
    with c.clip(f"M{a:.0f} {b:.0f}h{pw:.0f}v{ph:.0f}h-{pw:.0f}z"):
        c.disc(a + pw * c.r.uniform(0.2, 0.8), b + ph * 0.4, ph * 0.2, "#f8ecd0" if tones[0] == "#c73e3a" else "#c73e3a")
        for k in range(3):
            yy = b + ph * (0.55 + 0.15 * k)
            pts = [(a - 10 + i * pw / 4, yy + c.r.uniform(-0.1, 0.1) * ph) for i in range(6)]
            c.path(smooth(pts) + f"V{b + ph:.0f}H{a - 10:.0f}Z", mix("#5e8f80", "#1d2a3f", 0.25 + 0.3 * k))
