"""Water: calm seas, swells, glitter, rivers, boats and ships."""

from __future__ import annotations

import math

from .canvas import Canvas, Point, smooth
from .inks import mix


def sea(c: Canvas, y: float, lines: int = 60) -> None:
    tone = c.p.water
    c.rect(-10, y, c.w + 20, c.h - y + 10, c.grad(((0, mix(tone, c.p.sky[2], 0.55), 1), (0.25, tone, 1), (1, mix(tone, c.p.near, 0.7), 1))))
    ripples(c, y, mix(tone, c.p.light, 0.6), lines)
    ripples(c, y, mix(tone, c.p.dark, 0.45), lines)


def ripples(c: Canvas, y: float, colour: str, count: int, op: float = 0.6) -> None:
    depth = c.h - y
    for _ in range(count):
        t = c.r.random() ** 1.6
        w, x, yy = 30 + 190 * t * c.r.random(), c.r.random() * c.w, y + 6 + t * depth
        thick = 1.2 + 4.5 * t
        c.path(f"M{x - w:.0f} {yy:.1f}Q{x:.0f} {yy - thick:.1f} {x + w:.0f} {yy:.1f}Q{x:.0f} {yy + thick:.1f} {x - w:.0f} {yy:.1f}Z", colour, op)


def glitter(c: Canvas, x: float, y: float, depth: float, colour: str, width: float = 60) -> None:
    """The broken reflection under a sun, moon or lamp."""
    yy, i = y + 4, 0
    while yy < y + depth:
        t = (yy - y) / depth
        w = width * (0.35 + 0.75 * t) * c.r.uniform(0.45, 1.1)
        thick = 3 + 6 * t
        px = x + c.r.uniform(-0.3, 0.3) * width * t
        c.rect(px - w, yy, w * 2, thick, colour, 0.85 - 0.5 * t, thick / 2)
        yy, i = yy + thick * c.r.uniform(1.6, 3.2), i + 1


def swell(c: Canvas, y: float, amp: float, length: float, body: str, crest: str, foot: str) -> None:
    """One band of leaning waves with foam along the crests."""
    x = -length * (1 + c.r.random())
    start, edge, caps = x, f"M{x:.0f} {y:.0f}", ""
    while x < c.w + length:
        lift, step = amp * c.r.uniform(0.6, 1.25), length * c.r.uniform(0.75, 1.25)
        px, py = x + step * 0.66, y - lift
        edge += (
            f"C{x + step * 0.3:.0f} {y + amp * 0.1:.0f} {x + step * 0.5:.0f} {py + lift * 0.25:.0f} {px:.0f} {py:.0f}"
            f"C{px - step * 0.02:.0f} {y - lift * 0.3:.0f} {x + step * 0.8:.0f} {y:.0f} {x + step:.0f} {y:.0f}"
        )
        caps += (
            f"M{px:.0f} {py:.0f}C{x + step * 0.5:.0f} {py + lift * 0.25:.0f} {x + step * 0.36:.0f} {y - lift * 0.1:.0f} {x + step * 0.2:.0f} {y - lift * 0.02:.0f}"
            f"C{x + step * 0.42:.0f} {y + lift * 0.06:.0f} {x + step * 0.54:.0f} {py + lift * 0.62:.0f} {px:.0f} {py:.0f}Z"
        )
        x += step
    c.path(f"{edge}V{y + amp * 4 + 60:.0f}H{start:.0f}Z", c.grad(((0, body, 1), (0.3, mix(body, foot, 0.75), 1), (1, foot, 1))))
    c.rect(-10, y + amp * 4 + 58, c.w + 20, max(0, c.h - y), foot)
    c.path(caps, crest, 0.92)


def foam(c: Canvas, x: float, y: float, w: float, colour: str, count: int = 26) -> None:
    for _ in range(count):
        t = c.r.uniform(-1, 1)
        c.disc(x + t * w, y + abs(t) * w * 0.12 + c.r.uniform(-0.08, 0.08) * w, c.r.uniform(2, 9), colour, 0.95)


def great_wave(c: Canvas, x: float, y: float, s: float) -> None:
    """A rearing breaker that curls over towards the left."""
    body, deep, pale = c.p.water, c.p.near, c.p.light
    with c.at(x, y, s):
        c.path(
            "M620 140C520 -60 400 -330 120 -420C20 -450 -110 -430 -190 -330C-240 -262 -235 -200 -262 -150"
            "C-205 -196 -150 -262 -62 -258C50 -250 90 -130 60 20C40 110 -60 160 -240 180L620 180Z",
            c.grad(((0, body, 1), (1, deep, 1))),
        )
        for i in range(6):
            k = i / 6
            c.stroke(
                f"M{560 - 70 * i} 150C{470 - 50 * i} {-20 - 20 * k:.0f} {380 - 40 * i} {-250 - 20 * k:.0f} {150 - 22 * i} {-340 + 26 * i}",
                pale,
                9 - i,
                0.75,
            )
        c.path(
            "M-262 -150C-235 -200 -240 -262 -190 -330C-110 -430 20 -450 120 -420C190 -398 250 -362 300 -316"
            "C200 -376 80 -392 0 -366C-80 -338 -90 -300 -150 -262C-196 -234 -230 -190 -262 -150Z",
            pale,
        )
        for _ in range(34):
            a = c.r.random()
            c.disc(-250 + 250 * a + c.r.uniform(-30, 30), -140 - 190 * math.sin(a * 1.7) + c.r.uniform(-20, 44), c.r.uniform(5, 22), pale)
        for _ in range(30):
            c.disc(c.r.uniform(-420, 100), c.r.uniform(-520, -60), c.r.uniform(1.5, 6), pale)


def river(c: Canvas, mouth: float, y: float, colour: str) -> list[Point]:
    """A river winding from the horizon to the foreground."""
    swing, left, right, centre = c.r.choice((-1, 1)), [], [], []
    for i in range(9):
        t = i / 8
        x = mouth + swing * math.sin(t * 6.2) * c.w * 0.2 * (0.15 + t) + (c.w * 0.5 - mouth) * t
        half = 5 + 260 * t**2.1
        yy = y + (c.h + 40 - y) * t**1.35
        left.append((x - half, yy))
        right.append((x + half, yy))
        centre.append((x, yy))
    back = smooth(right[::-1]).replace("M", "L", 1)
    c.path(smooth(left) + back + "Z", colour)
    return centre


def sailboat(c: Canvas, x: float, y: float, s: float, sail: str) -> None:
    with c.at(x, y, s):
        c.path("M-60 0C-40 22 40 22 66 -8L-60 0Z", c.p.dark)
        c.path("M4 -8C10 -70 6 -120 0 -170C-40 -110 -50 -50 -52 -8Z", sail)
        c.path("M10 -10C14 -60 12 -100 8 -140C36 -90 48 -40 50 -12Z", mix(sail, c.p.dark, 0.2))
        c.path("M-52 22Q0 14 56 22Q0 34 -52 22Z", c.p.dark, 0.4)


def skiff(c: Canvas, x: float, y: float, s: float, rower: bool = True) -> None:
    """A flat wooden boat with a standing oarsman."""
    with c.at(x, y, s):
        c.oval(0, 14, 120, 8, c.p.dark, 0.35)
        c.path("M-128 -20C-80 12 70 14 118 -16L112 4C70 26 -74 26 -112 4Z", c.p.dark)
        c.stroke("M-124 -18C-80 8 70 10 114 -14", mix(c.p.second, c.p.light, 0.3), 3)
        if rower:
            c.path("M46 2L40 -56Q54 -76 70 -58L76 4Z", c.p.accent)
            c.path("M30 -74Q54 -106 82 -74Z", c.p.light)
            c.line((64, -46), (166, 28), c.p.dark, 5)


def trawler(c: Canvas, x: float, y: float, s: float, hull: str) -> None:
    p = c.p
    with c.at(x, y, s):
        for i in range(8):
            c.rect(-190 + 14 * i + c.r.uniform(-10, 10), 12 + i * 13, 360 - 28 * i, 5, hull, 0.6 - i * 0.06, 2)
        c.path("M-230 -96C-150 -66 60 -60 210 -74L180 10H-176Z", hull)
        c.path("M-186 -18L188 -20L180 10H-176Z", p.dark, 0.5)
        c.stroke("M-230 -96C-150 -66 60 -60 210 -74", p.light, 7)
        c.rect(20, -164, 120, 96, p.light)
        c.rect(96, -164, 44, 96, p.dark, 0.18)
        c.rect(10, -174, 140, 14, p.accent)
        for i in range(3):
            c.rect(32 + i * 34, -146, 24, 26, p.second if p.night else mix(p.dark, p.water, 0.3))
        c.stroke("M-70 -72V-300M-70 -280L-206 -98M-70 -288L60 -174M-70 -230L8 -262M120 -174V-240", p.dark, 5)
        c.poly([(-70, -300), (-70, -268), (-18, -284)], p.accent)


def liner(c: Canvas, x: float, y: float, s: float, hull: str) -> None:
    p = c.p
    with c.at(x, y, s):
        c.path("M-520 -150L540 -170C520 -90 480 -30 452 20H-470C-500 -40 -516 -100 -520 -150Z", hull)
        c.path("M-484 -20H474L452 20H-470Z", p.accent if hull != p.accent else p.dark)
        c.path("M-520 -150L540 -170L534 -146L-518 -126Z", p.light)
        for i, (a, b) in enumerate(((-400, 330), (-340, 270), (-270, 210))):
            c.rect(a, -196 - i * 46, b - a, 47, mix(p.light, p.dark, 0.04 * i))
            d = "".join(f"M{k} {-174 - i * 46}h13" for k in range(a + 22, b - 20, 34))
            c.stroke(d, p.second if p.night else p.near, 12, 1, "butt")
            c.rect(b - 60, -196 - i * 46, 60, 47, p.dark, 0.15)
        for i in range(3):
            c.path(f"M{-190 + i * 130} -288L{-176 + i * 130} -410H{-106 + i * 130}L{-112 + i * 130} -288Z", p.accent)
            c.path(f"M{-179 + i * 130} -386L{-176 + i * 130} -410H{-106 + i * 130}L{-107 + i * 130} -386Z", p.dark)
        c.stroke("M-440 -146V-380M400 -166V-400M-440 -360L-176 -400M400 -380L174 -400M400 -380L530 -172", p.dark, 3.5)


def freighter(c: Canvas, x: float, y: float, s: float, hull: str) -> None:
    p, tones = c.p, (c.p.accent, c.p.second, c.p.mid, c.p.light, c.p.far)
    with c.at(x, y, s):
        for col in range(11):
            for row in range(c.r.randint(2, 5)):
                c.rect(-250 + col * 64, -194 - row * 40, 60, 37, c.r.choice(tones))
        c.path("M-560 -150H-300V-160H480L590 -196C560 -90 520 -20 490 24H-500C-540 -20 -556 -90 -560 -150Z", hull)
        c.path("M-532 -22H506L490 24H-500Z", p.accent)
        c.rect(-500, -380, 130, 232, p.light)
        c.rect(-410, -380, 40, 232, p.dark, 0.16)
        c.rect(-524, -400, 180, 30, p.light)
        for i in range(4):
            c.rect(-484, -356 + i * 48, 70, 14, p.second if p.night else p.near)
        c.rect(-360, -300, 44, 150, p.accent)
        c.stroke("M-440 -400V-480M-470 -450H-410M520 -176V-290", p.dark, 5)
