"""Buildings: tiled houses, town blocks, lighthouse, sheds, turbine, lanterns."""

from __future__ import annotations

import math

from .canvas import Canvas
from .inks import mix


def window_tone(c: Canvas) -> str:
    return c.p.second if c.p.night else mix(c.p.dark, c.p.mid, 0.25)


def lamp_tone(c: Canvas) -> str:
    return "#f3c766" if c.p.night else mix(c.p.light, c.p.second, 0.25)


def tiled_house(c: Canvas, x: float, y: float, s: float, wall: str, roof: str, snow: bool = False) -> None:
    """A house with deep eaves, a lattice and one lit paper window."""
    with c.at(x, y, s):
        c.rect(-130, -110, 260, 112, wall)
        c.rect(60, -110, 70, 112, c.p.dark, 0.2)
        c.rect(-104, -86, 96, 66, lamp_tone(c))
        c.stroke("M-80 -86V-20M-56 -86V-20M-32 -86V-20M-104 -54H-8", c.p.dark, 3, 0.8)
        c.rect(18, -88, 42, 88, c.p.dark, 0.75)
        c.path("M-176 -100Q-120 -124 -92 -196H92Q120 -124 176 -100L170 -90H-170Z", roof)
        c.path("M60 -196H92Q120 -124 176 -100L170 -90H116Q90 -130 60 -196Z", c.p.dark, 0.22)
        ribs = "".join(f"M{k * 21} -194Q{k * 25} -130 {k * 37} -98" for k in range(-4, 5))
        c.stroke(ribs, c.p.dark, 2, 0.35)
        c.rect(-100, -206, 200, 14, c.p.light if snow else c.p.dark, 1, 4)
        if snow:
            c.path(
                "M-178 -102Q-120 -128 -96 -212Q0 -226 96 -212Q120 -128 178 -102Q120 -96 84 -112Q40 -96 0 -110Q-50 -96 -90 -112Q-130 -94 -178 -102Z",
                "#fbf6ea",
            )
            c.path("M70 -214Q90 -214 96 -212Q120 -128 178 -102Q140 -98 110 -106Q80 -150 70 -214Z", c.p.far, 0.5)


def gable_house(c: Canvas, x: float, y: float, s: float, wall: str, roof: str) -> None:
    """A steep gable seen end-on, with a lamp-lit door."""
    with c.at(x, y, s):
        c.poly([(-90, 0), (-90, -120), (0, -230), (90, -120), (90, 0)], wall)
        c.poly([(90, 0), (90, -120), (0, -230), (150, -230), (240, -120), (240, 0)], mix(wall, c.p.dark, 0.35))
        c.poly([(-112, -106), (0, -246), (156, -246), (258, -112), (104, -112), (0, -226), (-98, -96)], roof)
        c.poly([(0, -246), (156, -246), (258, -112), (104, -112)], mix(roof, c.p.dark, 0.2))
        c.rect(-26, -90, 52, 90, c.p.dark)
        c.rect(-16, -168, 32, 36, lamp_tone(c))
        c.rect(130, -84, 44, 44, lamp_tone(c))
        c.stroke("M152 -84V-40M130 -62H174M0 -168V-132", c.p.dark, 3)


def roofs(c: Canvas, y: float, size: float, tones: tuple[str, ...], wall: str) -> None:
    """A huddle of small gabled roofs along a shore or valley."""
    x = -size
    while x < c.w + size:
        w, h = size * c.r.uniform(0.8, 1.5), size * c.r.uniform(0.4, 0.75)
        c.rect(x, y - h, w, h + 6, wall)
        c.poly([(x - w * 0.1, y - h), (x + w * 0.2, y - h * 1.75), (x + w * 0.8, y - h * 1.75), (x + w * 1.1, y - h)], c.r.choice(tones))
        if c.r.random() < 0.5:
            c.rect(x + w * 0.3, y - h * 0.65, w * 0.2, h * 0.35, window_tone(c))
        x += w * c.r.uniform(1.0, 1.7)


def tower(c: Canvas, x: float, y: float, w: float, h: float, tone: str, lit: float) -> None:
    """An office block: lit face, shaded face, a grid of windows."""
    side = w * 0.26
    c.rect(x, y - h, w, h, tone)
    c.rect(x + w - side, y - h, side, h, c.p.dark, 0.28)
    pane_w, pane_h = max(9.0, w / 11), max(11.0, w / 9)
    dull, bright = "", ""
    for row in range(int((h - 30) / (pane_h * 1.9))):
        for col in range(int((w - side - 16) / (pane_w * 1.7))):
            d = f"M{x + 12 + col * pane_w * 1.7:.0f} {y - h + 20 + row * pane_h * 1.9:.0f}h{pane_w:.0f}v{pane_h:.0f}h-{pane_w:.0f}z"
            if c.r.random() < lit:
                bright += d
            else:
                dull += d
    c.path(dull, c.p.dark, 0.3)
    c.path(bright, "#f3c766" if c.p.night else mix(c.p.light, c.p.second, 0.2))


def skyline(c: Canvas, y: float, low: float, high: float, tone: str, lit: float, gap: float = 0.96, wide: tuple[float, float] = (60, 150)) -> None:
    x = -30.0
    while x < c.w:
        w, h = c.r.uniform(*wide), c.r.uniform(low, high)
        if lit > 0:
            tower(c, x, y, w, h, mix(tone, c.p.light, c.r.uniform(0, 0.16)), lit)
        else:
            c.rect(x, y - h, w, h + 2, tone)
        if c.r.random() < 0.25:
            c.line((x + w / 2, y - h), (x + w / 2, y - h - c.r.uniform(30, 80)), tone, 4)
        x += w * gap * c.r.uniform(0.92, 1.25)


def lighthouse(c: Canvas, x: float, y: float, s: float, banded: bool) -> None:
    p = c.p
    with c.at(x, y, s):
        body = "M-46 0L-30 -360H30L46 0Z"
        c.path(body, p.light)
        if banded:
            for i in (0, 2):
                a, b = 80 + i * 80, 160 + i * 80
                c.poly([(-46 + a * 0.044, -a), (46 - a * 0.044, -a), (46 - b * 0.044, -b), (-46 + b * 0.044, -b)], p.accent)
        c.path("M14 -360H30L46 0H18Z", p.dark, 0.25)
        c.rect(-44, -374, 88, 16, p.dark)
        c.rect(-24, -424, 48, 52, p.second if p.night else p.light)
        c.stroke("M-24 -424V-374M0 -424V-374M24 -424V-374M-42 -392H42", p.dark, 4)
        c.path("M-32 -424Q0 -478 32 -424Z", p.accent)
        c.line((0, -452), (0, -486), p.dark, 4)
        c.rect(-10, -50, 20, 50, p.dark)
        c.rect(-6, -220, 12, 22, p.dark)


def turbine(c: Canvas, x: float, y: float, s: float, turn: float, tone: str) -> None:
    with c.at(x, y, s):
        c.path("M-9 0L-4 -400H4L9 0Z", tone)
        c.path("M2 0L1 -400H4L9 0Z", c.p.dark, 0.25)
        for k in range(3):
            with c.at(0, -400, 1, turn + k * 120):
                c.path("M-4 0C-16 -50 -10 -160 0 -250C4 -160 8 -60 5 0Z", tone)
                c.path("M1 0C2 -80 1 -160 0 -250C4 -160 8 -60 5 0Z", c.p.dark, 0.2)
        c.disc(0, -400, 10, c.p.accent)


def factory(c: Canvas, x: float, y: float, s: float) -> None:
    p = c.p
    with c.at(x, y, s):
        for i, tall in enumerate((430, 520, 360)):
            cx = -320 + i * 120
            c.path(f"M{cx - 30} 0L{cx - 20} {-tall}H{cx + 20}L{cx + 30} 0Z", mix(p.near, p.far, 0.2 * i))
            c.path(f"M{cx + 6} 0L{cx + 5} {-tall}H{cx + 20}L{cx + 30} 0Z", p.dark, 0.3)
            c.rect(cx - 23, -tall + 22, 46, 28, p.accent)
            c.rect(cx - 24, -tall + 82, 48, 14, p.light)
        for i in range(4):
            bx = 10 + i * 130
            c.poly([(bx, 0), (bx, -160), (bx + 34, -250), (bx + 130, -160), (bx + 130, 0)], p.mid)
            c.poly([(bx, -160), (bx + 34, -250), (bx + 40, -234), (bx + 8, -156)], lamp_tone(c))
        c.rect(-400, -130, 960, 132, p.near)
        d = "".join(f"M{k} -92h34v44h-34z" for k in range(-370, 530, 62))
        c.path(d, lamp_tone(c), 0.95)
        c.rect(-400, -140, 960, 14, p.dark)


def smoke(c: Canvas, x: float, y: float, size: float, drift: float, tone: str) -> None:
    for i in range(11):
        t = i / 10
        c.disc(
            x + drift * t**1.3 + c.r.uniform(-8, 8),
            y - size * 2.2 * t**0.8,
            size * (0.12 + 0.42 * t) * c.r.uniform(0.85, 1.15),
            tone,
            0.96 - t * 0.25,
        )


def lantern(c: Canvas, x: float, y: float, s: float, tone: str) -> None:
    with c.at(x, y, s):
        c.glow(0, 0, 80, tone, 0.4 if c.p.night else 0)
        c.blob([(0, -36), (30, -24), (36, 0), (30, 24), (0, 36), (-30, 24), (-36, 0), (-30, -24)], tone)
        c.stroke("M-33 -16Q0 -8 33 -16M-36 0Q0 8 36 0M-33 16Q0 24 33 16", c.p.dark, 2, 0.4)
        c.rect(-15, -44, 30, 9, c.p.dark)
        c.rect(-15, 35, 30, 9, c.p.dark)


def torii(c: Canvas, x: float, y: float, s: float, tone: str) -> None:
    with c.at(x, y, s):
        c.path("M-74 0L-62 -150H-46L-54 0ZM74 0L62 -150H46L54 0Z", tone)
        c.rect(-84, -124, 168, 12, tone)
        c.path("M-108 -172Q0 -156 108 -172L102 -146Q0 -138 -102 -146Z", tone)
        c.path("M-112 -178Q0 -160 112 -178L108 -170Q0 -152 -108 -170Z", c.p.dark)


def lamp_post(c: Canvas, x: float, y: float, h: float) -> None:
    c.rect(x - 4, y - h, 8, h, c.p.dark)
    c.glow(x, y - h, h * 0.6, "#f3c766", 0.5 if c.p.night else 0.0)
    c.path(f"M{x - 20:.0f} {y - h:.0f}L{x - 13:.0f} {y - h - 42:.0f}H{x + 13:.0f}L{x + 20:.0f} {y - h:.0f}Z", lamp_tone(c))
    c.path(f"M{x - 24:.0f} {y - h - 40:.0f}L{x:.0f} {y - h - 62:.0f}L{x + 24:.0f} {y - h - 40:.0f}Z", c.p.dark)


def spokes(c: Canvas, x: float, y: float, r: float, count: int, colour: str, width: float) -> None:
    d = "".join(f"M{x:.1f} {y:.1f}L{x + math.cos(k * math.tau / count) * r:.1f} {y + math.sin(k * math.tau / count) * r:.1f}" for k in range(count))
    c.stroke(d, colour, width)
