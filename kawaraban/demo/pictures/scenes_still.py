"""Still lifes: objects on a table in strong light."""

from __future__ import annotations

import math

from . import flora, sky, things
from .canvas import Canvas
from .inks import mix


def room(c: Canvas, low: float = 0.58, high: float = 0.68) -> float:
    """Wall, light from a window, and a table; returns the table's edge."""
    edge = c.h * c.r.uniform(low, high)
    top, middle, down = c.p.sky
    c.rect(0, 0, c.w, edge + 2, c.grad(((0, top, 1), (0.5, middle, 1), (1, down, 1))))
    sky.stipple(c, 0, 0, c.w, edge, mix(top, c.p.dark, 0.3), 1200, 0.3)
    kind = c.r.randrange(4)
    if kind == 0:
        _window_light(c, edge)
    elif kind == 1:
        _window(c, edge)
    elif kind == 2:
        r = c.r.uniform(170, 290)
        c.disc(c.w * c.r.uniform(0.25, 0.75), edge * c.r.uniform(0.35, 0.62), r * c.v, c.p.disc, 0.92)
    else:
        _shelf(c, edge)
    c.rect(-10, edge, c.w + 20, c.h - edge + 10, c.fade(c.p.ground, mix(c.p.ground, c.p.dark, 0.28)))
    c.rect(-10, edge, c.w + 20, 7, mix(c.p.ground, c.p.light, 0.5))
    return edge


def _window_light(c: Canvas, edge: float) -> None:
    x, lean, tone = c.w * c.r.uniform(0.1, 0.5), c.r.uniform(120, 260), c.p.sky[2]
    pale = mix(tone, c.p.light, 0.45)
    for col in range(2):
        for row in range(3):
            a, b = x + col * 190, edge * (0.08 + row * 0.26)
            k = lean / edge
            c.poly(
                [
                    (a + b * k, b),
                    (a + 172 + b * k, b),
                    (a + 172 + (b + edge * 0.23) * k, b + edge * 0.23),
                    (a + (b + edge * 0.23) * k, b + edge * 0.23),
                ],
                pale,
                0.75,
            )


def _window(c: Canvas, edge: float) -> None:
    w, x, y = 420 * max(c.u, 0.8), c.w * c.r.uniform(0.08, 0.6), edge * 0.1
    h = edge * 0.62
    sky_tones = c.r.choice((("#9dbab6", "#f3e6cc"), ("#27466f", "#e6ab9b"), ("#d9a441", "#f4ead8"), ("#1b3458", "#4d6f93")))
    c.rect(x - 16, y - 16, w + 32, h + 32, c.p.dark)
    c.rect(x, y, w, h, c.fade(*sky_tones))
    with c.clip(f"M{x:.0f} {y:.0f}h{w:.0f}v{h:.0f}h-{w:.0f}z"):
        c.disc(x + w * c.r.uniform(0.25, 0.75), y + h * 0.4, 52, c.r.choice((c.p.accent, "#f8ecd0")))
        c.path(
            f"M{x:.0f} {y + h * 0.8:.0f}Q{x + w * 0.3:.0f} {y + h * 0.5:.0f} {x + w * 0.55:.0f} {y + h * 0.76:.0f}T{x + w:.0f} {y + h * 0.66:.0f}V{y + h:.0f}H{x:.0f}Z",
            "#3f6b61",
        )
        c.path(f"M{x:.0f} {y + h:.0f}V{y + h * 0.9:.0f}Q{x + w * 0.5:.0f} {y + h * 0.7:.0f} {x + w:.0f} {y + h * 0.88:.0f}V{y + h:.0f}Z", "#1f3b44")
    c.stroke(f"M{x + w / 2:.0f} {y:.0f}v{h:.0f}M{x:.0f} {y + h / 2:.0f}h{w:.0f}", c.p.dark, 9)


def _shelf(c: Canvas, edge: float) -> None:
    y = edge * c.r.uniform(0.36, 0.46)
    x = 30.0
    while x < c.w:
        w, h = c.r.uniform(22, 60), c.r.uniform(90, 190)
        if c.r.random() < 0.75:
            c.rect(x, y - h, w, h, c.r.choice((c.p.mid, c.p.far, c.p.near, c.p.light, mix(c.p.sky[1], c.p.dark, 0.3))), 0.85)
        x += w + 5
    c.rect(0, y, c.w, 22, mix(c.p.sky[0], c.p.dark, 0.45))
    c.rect(0, y + 22, c.w, 26, c.p.dark, 0.16)


def lean(c: Canvas) -> float:
    return c.r.choice((-1, 1)) * c.r.uniform(0.5, 1.0)


def tea(c: Canvas) -> None:
    edge = room(c)
    s, side, tilt = 1.25 * max(c.u, 0.72), c.r.choice((-1, 1)), lean(c)
    cx = c.w * c.r.uniform(0.46, 0.54)
    pot = c.r.choice((c.p.near, c.p.dark, c.p.mid, c.p.second))
    if c.r.random() < 0.75:
        c.cast(lambda: things.kettle(c, pot), cx - side * 250 * s, edge + 90, s, tilt)
    cup = c.r.choice((c.p.light, c.p.accent, c.p.mid))
    base = edge + 190
    c.cast(lambda: things.bowl(c, cup, "#8a9a4a"), cx + side * 190 * s, base, s * 1.2, tilt)
    with c.at(cx + side * 190 * s, base - 190 * s, s):
        things.steam(c)
    if c.r.random() < 0.6:
        c.cast(lambda: things.fruit(c, "#d9803c"), cx + side * 470 * s, base - 60, s * 0.8, tilt)
        c.cast(lambda: things.fruit(c, "#d9803c"), cx + side * 420 * s, base + 30, s * 0.72, tilt)
    _sprig(c, side)


def _sprig(c: Canvas, side: int) -> None:
    if c.r.random() < 0.5:
        x, a = (-20, 0.3) if side > 0 else (c.w + 20, math.pi * 0.9)
        flora.blossom_branch(c, x, c.r.uniform(30, 140), 190, a, c.r.choice((c.p.light, "#f0c4b8")))


def bread(c: Canvas) -> None:
    edge = room(c)
    s, tilt, side = 1.3 * max(c.u, 0.7), lean(c), c.r.choice((-1, 1))
    cx, base = c.w * 0.5, edge + 170
    crust, crumb = "#b5713a", "#efd3a0"
    if c.r.random() < 0.7:
        c.cast(lambda: things.jug(c, c.r.choice((c.p.light, c.p.mid, c.p.near))), cx - side * 300 * s, edge + 70, s * 1.15, tilt)
    c.cast(lambda: c.rect(-400, -26, 800, 30, mix(c.p.second, c.p.dark, 0.5), 1, 8), cx, base + 26, s, tilt, 0.2)
    kind = c.r.randrange(3)
    if kind < 2:
        c.cast(lambda: things.loaf(c, crust, crumb), cx - side * 40 * s, base, s, tilt)
    if kind > 0:
        c.cast(lambda: things.slice_(c, crust, crumb), cx + side * 240 * s, base + 16, s, tilt)
    if kind != 1:
        for k in range(3):
            c.cast(lambda: things.roll(c, mix(crust, "#d9a441", 0.35)), cx + side * (250 - k * 180) * s, base + 110 + (k % 2) * 22, s * 0.8, tilt)


def books(c: Canvas) -> None:
    edge = room(c)
    s, tilt, side = 1.15 * max(c.u, 0.75), lean(c), c.r.choice((-1, 1))
    x, y = c.w * (0.5 - side * 0.12), edge + 150
    tones = [c.p.accent, c.p.mid, c.p.near, c.p.second, c.p.light, "#e6ab9b"]
    c.r.shuffle(tones)
    for k in range(c.r.randint(4, 6)):
        w, h = c.r.uniform(390, 540), c.r.uniform(56, 88)
        dx, tone = c.r.uniform(-26, 26), tones[k % 6]
        if k == 0:
            c.cast(lambda: c.rect(-w / 2, -420, w, 420, tone), x, y, s, tilt, 0.3, show=False)
        with c.at(x + dx, y, s, mirror=c.r.random() < 0.5):
            things.book(c, w, h, tone)
        y -= h * s
    with c.at(x, y, s * 0.9):
        if c.r.random() < 0.5:
            things.bowl(c, c.p.light, "#7a5236")
            with c.at(0, -170):
                things.steam(c, 200)
        else:
            things.fruit(c, "#d9803c")
    c.cast(lambda: things.open_book(c), x + side * 560 * s, edge + 270, s * 0.9, tilt, 0.2)


def microscope(c: Canvas) -> None:
    edge = room(c)
    s, tilt = 1.12 * c.v, lean(c)
    x, side = c.w * c.r.uniform(0.4, 0.6), c.r.choice((-1, 1))
    c.cast(lambda: things.microscope(c), x, edge + 190, s, tilt)
    c.cast(lambda: things.flask(c, c.r.choice((c.p.mid, c.p.second, c.p.accent))), x + side * 430 * max(c.u, 0.8), edge + 130, s, tilt)
    if c.r.random() < 0.6:
        c.cast(lambda: things.tubes(c, (c.p.accent, c.p.second, c.p.mid, c.p.far)), x - side * 440 * max(c.u, 0.85), edge + 150, s, tilt)
    else:
        c.cast(lambda: things.fruit(c, c.p.second), x - side * 360, edge + 200, s, tilt)


def laboratory(c: Canvas) -> None:
    edge = room(c, 0.62, 0.7)
    s, tilt = 1.1 * max(c.u, 0.75), lean(c)
    fluids = [c.p.accent, c.p.second, c.p.mid, "#e6ab9b", "#5e8f80"]
    c.r.shuffle(fluids)
    spots = [-520, -250, 60, 300, 560]
    for k, dx in enumerate(spots):
        kind, fluid = c.r.randrange(3), fluids[k]
        y = edge + 70 + 110 * (k % 2)
        if kind < 2:
            c.cast(lambda: things.flask(c, fluid), c.w / 2 + dx * s, y, s * c.r.uniform(0.9, 1.45), tilt)
        else:
            c.cast(lambda: things.tubes(c, (fluids[0], fluids[1], fluids[2], fluids[3])), c.w / 2 + dx * s, y, s, tilt)
    c.stroke(
        f"M{c.w * 0.3:.0f} {edge - 160 * s:.0f}C{c.w * 0.36:.0f} {edge - 420:.0f} {c.w * 0.5:.0f} {edge - 420:.0f} {c.w * 0.56:.0f} {edge - 120:.0f}",
        c.p.light,
        9,
        0.7,
    )


def instrument(c: Canvas) -> None:
    edge = room(c, 0.74, 0.8)
    tilt, kind = lean(c), c.r.randrange(3)
    x = c.w * c.r.uniform(0.4, 0.6)
    if kind == 0:
        c.cast(lambda: things.cello(c), x, c.h * 0.92, 1.05 * c.v, tilt, 0.35)
        c.line((x + 260, c.h * 0.93), (x + 200, c.h * 0.3), mix(c.p.second, c.p.dark, 0.5), 9)
    elif kind == 1:
        c.cast(lambda: things.shamisen(c), x, c.h * 0.92, 1.0 * c.v, tilt, 0.35)
        c.cast(lambda: things.fruit(c, c.p.accent), x + 330 * c.u, c.h * 0.93, 1.0, tilt)
    else:
        c.cast(lambda: things.drum(c, c.p.accent if c.p.accent not in c.p.sky else c.p.mid), x, c.h * 0.9, 1.5 * max(c.u, 0.8), tilt, 0.4)
        c.cast(lambda: things.shamisen(c), x - 420 * c.u, edge + 70, 0.8 * c.v, tilt, 0.35)


def newspaper(c: Canvas) -> None:
    room(c, 0.36, 0.44)
    s, tilt, side = 1.15 * max(c.u, 0.78), lean(c), c.r.choice((-1, 1))
    x = c.w * (0.5 - side * 0.1)
    with c.at(x, c.h * 0.95, s):
        things.newspaper(c)
    cup = c.r.choice((c.p.accent, c.p.near, c.p.mid))
    c.cast(lambda: things.bowl(c, cup, "#5b3a2a"), x + side * 500 * s, c.h * 0.8, s * 1.05, tilt)
    with c.at(x + side * 500 * s, c.h * 0.8 - 175 * s, s):
        things.steam(c, 220)
    if c.r.random() < 0.5:
        c.cast(lambda: things.fruit(c, "#d9803c"), x + side * 420 * s, c.h * 0.93, s * 0.9, tilt)


def kitchen(c: Canvas) -> None:
    edge = room(c, 0.66, 0.72)
    s, tilt = 1.2 * max(c.u, 0.74), lean(c)
    rail = edge * 0.14
    c.line((0, rail), (c.w, rail), c.p.dark, 9)
    for k in range(6):
        _utensil(c, c.w * (k + 0.5) / 6 + c.r.uniform(-20, 20), rail, c.r.randrange(3))
    x = c.w * c.r.uniform(0.36, 0.5)
    c.rect(x - 260 * s, edge + 30, 520 * s, 26, c.p.dark, 1, 6)
    c.cast(lambda: _pot(c), x, edge + 34, s * 1.15, tilt, 0.3)
    with c.at(x, edge - 270 * s, s * 1.2):
        things.steam(c, 240)
    for k in range(c.r.randint(2, 4)):
        c.cast(
            lambda: things.fruit(c, c.r.choice(("#c73e3a", "#d9803c", "#7f9f5c"))), x + (360 + k * 130) * s, edge + 110 + (k % 2) * 70, s * 0.85, tilt
        )
    c.cast(lambda: things.jug(c, c.p.light), x - 420 * s, edge + 100, s, tilt)


def _pot(c: Canvas) -> None:
    tone = c.p.accent if c.p.accent not in c.p.sky else c.p.near
    c.rect(-230, -150, 460, 24, tone, 1, 12)
    c.path("M-180 -190H180V-30Q180 0 140 0H-140Q-180 0 -180 -30Z", tone)
    c.path("M70 -190H180V-30Q180 0 140 0H60Q90 -90 70 -190Z", c.p.dark, 0.25)
    c.path("M-196 -190Q0 -260 196 -190Z", mix(tone, c.p.dark, 0.3))
    c.disc(0, -240, 18, c.p.second)
    c.stroke("M-150 -160V-50", c.p.light, 10, 0.5)


def _utensil(c: Canvas, x: float, y: float, kind: int) -> None:
    with c.at(x, y, 1.1, c.r.uniform(-4, 4)):
        c.rect(-6, 0, 12, 150, mix(c.p.second, c.p.dark, 0.4), 1, 5)
        if kind == 0:
            c.oval(0, 190, 38, 50, c.p.light)
            c.path("M6 142Q44 150 38 190Q34 236 6 239Z", c.p.dark, 0.22)
        elif kind == 1:
            c.disc(0, 210, 70, c.p.dark)
            c.disc(0, 210, 54, mix(c.p.dark, c.p.light, 0.2))
        else:
            c.path("M-26 140H26L34 250Q0 266 -34 250Z", c.p.light)
            c.stroke("M-12 160V240M0 160V244M12 160V240", c.p.dark, 4)
