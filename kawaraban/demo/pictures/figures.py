"""Small figures that people the landscapes, and animals."""

from __future__ import annotations

import math

from .canvas import Canvas
from .inks import mix


def person(c: Canvas, x: float, y: float, h: float, coat: str, umbrella: str | None = None, hat: bool = False) -> None:
    """A small standing figure, mostly seen from behind."""
    with c.at(x, y, h / 104, mirror=c.r.random() < 0.5):
        kimono = c.r.random() < 0.45
        _skirted(c, coat) if kimono else _coated(c, coat)
        c.rect(-4, -84, 8, 10, mix(c.p.light, "#b5653f", 0.4))
        c.path("M-9 -90C-10 -104 10 -104 9 -90C9 -83 4 -80 0 -80C-4 -80 -9 -83 -9 -90Z", c.p.dark)
        if kimono and not hat:
            c.disc(0, -101, 5, c.p.dark)
        if hat:
            c.path("M-22 -91Q0 -114 22 -91Q0 -86 -22 -91Z", c.p.second)
        if umbrella:
            _umbrella(c, umbrella)


def _coated(c: Canvas, coat: str) -> None:
    c.path("M-10 -36L-9 -2H-2L-1 -36ZM1 -36L3 -2H10L11 -36Z", c.p.dark)
    c.path("M-6 -78Q-18 -76 -19 -62L-21 -34H-15L-14 -26Q0 -22 14 -26L15 -34H21L19 -62Q18 -76 6 -78Z", coat)
    c.path("M4 -78H6Q18 -76 19 -62L21 -34H15L14 -26Q9 -24 5 -24Q9 -50 4 -78Z", c.p.dark, 0.26)
    c.stroke("M-13 -62L-15 -34M13 -62L15 -34M0 -44V-25", c.p.dark, 1.1, 0.5)
    c.path("M-9 -80Q0 -73 9 -80L8 -73Q0 -68 -8 -73Z", mix(coat, c.p.light, 0.55))


def _skirted(c: Canvas, coat: str) -> None:
    c.path("M-8 -6H-2V0H-10ZM2 -6H8L10 0H2Z", c.p.light)
    c.path("M-6 -78Q-16 -76 -18 -62L-25 -38L-14 -36L-13 -5Q0 -2 13 -5L14 -36L25 -38L18 -62Q16 -76 6 -78Z", coat)
    c.path("M4 -78H6Q16 -76 18 -62L25 -38L14 -36L13 -5Q8 -3 4 -3Q10 -40 4 -78Z", c.p.dark, 0.24)
    c.rect(-13, -58, 26, 13, mix(coat, c.p.light, 0.6))
    c.rect(-6, -60, 12, 17, mix(coat, c.p.second, 0.7))


def _umbrella(c: Canvas, tone: str) -> None:
    c.line((12, -50), (14, -128), c.p.dark, 3)
    c.path("M-36 -100Q-26 -136 14 -138Q54 -136 62 -100Q50 -106 38 -100Q26 -107 13 -100Q0 -107 -12 -100Q-24 -106 -36 -100Z", tone)
    c.path("M14 -138Q54 -136 62 -100Q50 -106 38 -100Q32 -124 14 -138Z", c.p.dark, 0.22)
    c.stroke("M14 -138Q-6 -124 -12 -100M14 -138Q12 -120 13 -100M14 -138V-146", c.p.dark, 1.2, 0.5)


def parasol_top(c: Canvas, x: float, y: float, r: float, tone: str, rib: str) -> None:
    """An oiled-paper umbrella seen from above."""
    n, turn = 12, c.r.random()
    points = []
    for k in range(n):
        a, b = (k + turn) * math.tau / n, (k + 0.5 + turn) * math.tau / n
        points += [(x + math.cos(a) * r, y + math.sin(a) * r), (x + math.cos(b) * r * 0.955, y + math.sin(b) * r * 0.955)]
    c.poly([(px + r * 0.14, py + r * 0.2) for px, py in points], c.p.dark, 0.3)
    c.poly(points, tone)
    for k in range(0, 6):
        a, b = (k + turn) * math.tau / n, (k + 1 + turn) * math.tau / n
        c.poly([(x, y), (x + math.cos(a) * r, y + math.sin(a) * r), (x + math.cos(b) * r, y + math.sin(b) * r)], c.p.dark, 0.08 + 0.02 * k)
    c.ring(x, y, r * 0.62, rib, r * 0.09, 0.9)
    d = "".join(
        f"M{x:.0f} {y:.0f}L{x + math.cos((k + turn) * math.tau / n) * r:.0f} {y + math.sin((k + turn) * math.tau / n) * r:.0f}" for k in range(n)
    )
    c.stroke(d, c.p.dark, 1.8, 0.55)
    c.disc(x, y, r * 0.07, c.p.dark)


def crane(c: Canvas, x: float, y: float, s: float, turn: float, mirror: bool = False) -> None:
    """A red-crowned crane in flight."""
    p = c.p
    white = "#fbf6ea"
    with c.at(x, y, s, turn, mirror):
        c.stroke("M60 18C130 34 190 30 246 46M60 24C130 44 180 46 236 60", p.dark, 6)
        c.path("M10 4C-10 -70 40 -190 150 -250C140 -160 120 -60 70 8Z", mix(white, p.far, 0.35))
        c.path("M150 -250C142 -190 136 -140 118 -90L104 -110L108 -84L88 -104L96 -64L74 -88C92 -160 116 -210 150 -250Z", p.dark)
        c.path("M-60 -6C-30 -26 40 -20 84 20C40 40 -30 34 -60 -6Z", white)
        c.stroke("M-52 2C-90 10 -120 -22 -168 -14", white, 17)
        c.stroke("M-96 0C-120 -12 -140 -18 -172 -14", p.dark, 10)
        c.disc(-176, -14, 13, white)
        c.path("M-190 -22Q-178 -34 -164 -24Z", "#c73e3a")
        c.poly([(-186, -20), (-236, -6), (-186, -9)], p.second)
        c.path("M-10 10C-60 60 -60 190 20 270C60 190 80 80 52 16Z", white)
        c.path("M20 270C-8 236 -22 206 -32 170L-10 182L-22 150L4 168L-8 132L18 154C34 200 32 236 20 270Z", p.dark)


def gull(c: Canvas, x: float, y: float, s: float, turn: float, tone: str) -> None:
    with c.at(x, y, s, turn):
        c.path("M0 0C-30 -50 -90 -66 -160 -40C-100 -42 -60 -24 -28 16C-10 30 14 30 34 14C50 -30 90 -60 150 -70C90 -82 30 -60 0 0Z", tone)
        c.path("M150 -70C120 -66 96 -56 78 -42L88 -64ZM-160 -40C-130 -40 -110 -36 -92 -28L-110 -48Z", c.p.dark)
        c.poly([(-22, 20), (-44, 26), (-20, 30)], c.p.second)


def swallow(c: Canvas, x: float, y: float, s: float, turn: float) -> None:
    with c.at(x, y, s, turn):
        c.path(
            "M-70 -8C-50 -26 -20 -24 6 -14C40 -60 90 -90 170 -100C120 -60 90 -30 60 4L150 40L66 22L120 74L40 26C10 30 -30 16 -50 6L-84 2Z", c.p.dark
        )
        c.path("M-20 -20C-40 -70 -30 -120 10 -180C14 -120 30 -70 44 -22Z", c.p.near)
        c.path("M-50 6C-30 14 10 26 40 24C10 10 -20 2 -50 6Z", c.p.light)
        c.path("M-70 -8L-50 6L-44 -8Z", c.p.accent)


def whale_tail(c: Canvas, x: float, y: float, s: float, tone: str) -> None:
    with c.at(x, y, s):
        c.path(
            "M-60 60C-50 -60 -40 -150 -20 -210C-90 -240 -200 -250 -280 -330C-180 -340 -80 -330 0 -262"
            "C80 -330 180 -340 280 -330C200 -250 90 -240 22 -210C44 -150 56 -60 70 60Z",
            tone,
        )
        c.path("M70 60C56 -60 44 -150 22 -210C90 -240 200 -250 280 -330C180 -300 80 -270 6 -226C20 -140 20 -40 20 60Z", c.p.dark, 0.35)
        c.stroke("M-262 -326C-180 -318 -80 -300 -10 -246", c.p.light, 4, 0.6)
        c.stroke("M-36 -40C-30 -100 -24 -150 -8 -196", c.p.light, 3, 0.4)


def whale_body(c: Canvas, x: float, y: float, s: float, turn: float, tone: str, mirror: bool) -> None:
    """A whale swimming, side view."""
    p = c.p
    with c.at(x, y, s, turn, mirror):
        c.path(
            "M-420 10C-410 -90 -260 -150 -60 -140C140 -130 300 -60 420 -20C470 -60 520 -110 590 -120C580 -70 550 -30 510 0"
            "C560 20 590 60 600 110C530 90 470 50 424 12C300 60 120 120 -80 124C-280 128 -420 90 -420 10Z",
            tone,
        )
        c.path("M-420 16C-300 40 -160 40 -40 78C-60 110 -70 122 -80 124C-280 128 -416 90 -420 16Z", p.light)
        for i in range(7):
            c.stroke(f"M{-396 + i * 8} {34 + i * 11}C-300 {60 + i * 9} -200 {62 + i * 9} {-80 - i * 10} {84 + i * 6}", tone, 3, 0.8)
        c.path("M-160 60C-150 130 -90 210 0 250C0 180 -50 110 -90 64Z", mix(tone, p.dark, 0.5))
        c.path("M60 -124C90 -160 120 -176 160 -176C146 -150 140 -130 146 -108Z", tone)
        c.disc(-280, 10, 9, p.light)
        c.disc(-281, 10, 5, p.dark)
        c.stroke("M-420 14C-360 26 -320 30 -290 34", p.dark, 3, 0.7)


def camel(c: Canvas, x: float, y: float, s: float) -> None:
    with c.at(x, y, s):
        c.path(
            "M-60 0L-54 -70C-70 -110 -40 -130 -20 -130C-10 -170 20 -170 26 -130C50 -132 66 -112 78 -128C90 -150 92 -180 110 -186L134 -176L128 -166L112 -162C108 -120 92 -90 62 -78L60 0H50L46 -66H-36L-48 0Z",
            c.p.dark,
        )
        c.rect(-16, -146, 34, 34, c.p.accent, 1, 8)
