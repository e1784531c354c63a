"""Objects for still lifes, each standing on the line y = 0."""

from __future__ import annotations

import math

from .canvas import Canvas
from .inks import mix


def bowl(c: Canvas, tone: str, tea: str) -> None:
    c.path("M-120 -150C-118 -60 -80 -14 -44 -12L-50 0H50L44 -12C80 -14 118 -60 120 -150Z", tone)
    c.path("M50 -150C50 -60 40 -20 10 -12L16 0H50L44 -12C80 -14 118 -60 120 -150Z", c.p.dark, 0.25)
    c.oval(0, -150, 120, 30, mix(tone, c.p.light, 0.45))
    c.oval(0, -146, 104, 23, tea)
    c.stroke("M-104 -100C-60 -84 20 -86 60 -104", c.p.light, 6, 0.5)


def kettle(c: Canvas, tone: str) -> None:
    shade = mix(tone, c.p.dark, 0.45)
    c.stroke("M-120 -210C-130 -380 130 -380 120 -210", c.p.dark, 15)
    c.path("M150 -150L250 -240L270 -222L180 -70Z", tone)
    c.path("M-180 -110C-180 -210 -80 -240 0 -240C80 -240 180 -210 180 -110C180 -40 130 0 90 0H-90C-130 0 -180 -40 -180 -110Z", tone)
    c.path("M60 -232C130 -222 180 -190 180 -110C180 -40 130 0 90 0H20C110 -60 110 -160 60 -232Z", shade)
    c.path("M-70 -236Q0 -270 70 -236Q0 -222 -70 -236Z", shade)
    c.disc(0, -266, 17, c.p.accent if tone != c.p.accent else c.p.second)
    c.stroke("M-146 -150C-130 -190 -90 -206 -60 -212", c.p.light, 7, 0.5)


def steam(c: Canvas, height: float = 260) -> None:
    for x, k in ((-40, 1), (10, -1), (56, 1)):
        c.stroke(f"M{x} 0C{x + 50 * k} {-height * 0.3:.0f} {x - 50 * k} {-height * 0.55:.0f} {x + 20 * k} {-height:.0f}", c.p.light, 9, 0.55)


def loaf(c: Canvas, crust: str, crumb: str) -> None:
    c.path("M-250 0C-300 -40 -290 -170 -220 -200C-140 -236 160 -236 230 -200C300 -170 300 -40 260 0Z", crust)
    c.path("M120 -222C180 -220 210 -212 230 -200C300 -170 300 -40 260 0H140C190 -60 190 -160 120 -222Z", c.p.dark, 0.25)
    for k in range(4):
        x = -170 + k * 100
        c.path(f"M{x - 34} -140C{x - 10} -190 {x + 30} -214 {x + 62} -206C{x + 44} -176 {x + 10} -140 {x - 34} -140Z", crumb)
        c.stroke(f"M{x - 34} -140C{x - 10} -190 {x + 30} -214 {x + 62} -206", mix(crust, c.p.dark, 0.45), 5)


def slice_(c: Canvas, crust: str, crumb: str) -> None:
    shape = "M-100 0V-120C-140 -140 -130 -220 -60 -226H60C130 -220 140 -140 100 -120V0Z"
    c.path(shape, crumb)
    c.stroke(shape, crust, 18)
    for _ in range(14):
        c.oval(c.r.uniform(-74, 74), c.r.uniform(-190, -30), c.r.uniform(3, 9), c.r.uniform(3, 6), mix(crumb, crust, 0.45))


def roll(c: Canvas, crust: str) -> None:
    c.path("M-120 0C-160 -60 -100 -150 0 -150C100 -150 160 -60 120 0Z", crust)
    c.path("M40 -146C110 -134 156 -56 120 0H60C96 -50 90 -110 40 -146Z", c.p.dark, 0.25)
    c.stroke("M-40 -140C-20 -120 -10 -90 -14 -70M-50 -108C-20 -106 20 -106 40 -112", mix(crust, c.p.light, 0.6), 8)


def jug(c: Canvas, tone: str) -> None:
    c.stroke("M84 -250C170 -250 170 -110 92 -100", tone, 24)
    c.path("M-70 0C-120 -60 -110 -180 -60 -230L-76 -310L90 -330L66 -230C116 -180 120 -60 74 0Z", tone)
    c.path("M20 -316L90 -330L66 -230C116 -180 120 -60 74 0H10C70 -80 60 -190 20 -230Z", c.p.dark, 0.25)


def fruit(c: Canvas, tone: str) -> None:
    c.path("M-80 -60C-84 -130 84 -130 80 -60C76 -10 30 0 0 0C-30 0 -76 -10 -80 -60Z", tone)
    c.path("M30 -110C70 -104 82 -90 80 -60C76 -10 30 0 0 0C50 -26 60 -70 30 -110Z", c.p.dark, 0.22)
    c.path("M-44 -112L0 -96L44 -114L22 -92L34 -74L0 -88L-34 -74L-22 -92Z", "#4f7a5c")
    c.line((0, -94), (4, -122), c.p.dark, 6)


def book(c: Canvas, w: float, h: float, tone: str, open_side: bool = True) -> None:
    c.rect(-w / 2, -h, w, h, tone, 1, 5)
    c.rect(-w / 2 + 22, -h + 8, w - 16, h - 16, c.p.light)
    d = "".join(f"M{-w / 2 + 24:.0f} {-h + 8 + k * (h - 16) / 5:.0f}H{w / 2 + 4:.0f}" for k in range(1, 5))
    c.stroke(d, mix(c.p.light, c.p.dark, 0.3), 1.6)
    c.rect(-w / 2, -h, 34, h, tone, 1, 5)
    c.rect(-w / 2, -h, w, 8, tone)
    c.rect(-w / 2, -8, w, 8, mix(tone, c.p.dark, 0.35))
    c.rect(-w / 2 + 8, -h, 8, h, mix(tone, c.p.light, 0.5))


def open_book(c: Canvas) -> None:
    page, tone = c.p.light, c.p.accent
    c.path("M-330 0L-290 -104H290L330 0L0 14Z", tone)
    c.path("M-310 -8L-276 -112Q-120 -150 0 -104Q120 -150 276 -112L310 -8Q130 -40 0 0Q-130 -40 -310 -8Z", page)
    c.path("M0 -104Q120 -150 276 -112L310 -8Q130 -40 0 0Z", c.p.dark, 0.08)
    d = "".join(
        f"M{-258 + k * 4} {-96 + k * 14}Q-120 {-128 + k * 17} -26 {-88 + k * 16}M30 {-88 + k * 16}Q120 {-128 + k * 17} {252 - k * -5} {-96 + k * 14}"
        for k in range(5)
    )
    c.stroke(d, mix(page, c.p.dark, 0.4), 3, 0.7)


def microscope(c: Canvas) -> None:
    p = c.p
    body, pale = p.dark, p.light
    c.path("M-170 0V-30Q-170 -48 -140 -48H150Q180 -48 180 -30V0Z", body)
    c.path("M110 -48C230 -120 230 -380 60 -450L30 -410C150 -350 140 -170 40 -48Z", body)
    c.path("M150 -90C216 -170 200 -380 60 -450L50 -436C180 -360 180 -170 110 -60Z", p.mid)
    c.rect(-150, -166, 220, 22, p.accent, 1, 4)
    c.rect(-80, -178, 90, 10, pale)
    c.rect(-56, -120, 50, 72, p.second)
    with c.at(20, -330, 1, 24):
        c.rect(-46, -180, 92, 230, pale, 1, 8)
        c.rect(14, -180, 32, 230, p.dark, 0.22)
        c.rect(-36, -290, 72, 112, body, 1, 6)
        c.rect(-50, -316, 100, 34, p.second, 1, 8)
        c.rect(-46, -120, 92, 16, p.accent)
        c.rect(-24, 50, 48, 52, p.second)
        c.path("M-20 102H20L10 140H-10Z", body)
    c.disc(148, -190, 38, p.second)
    c.disc(148, -190, 22, body)


def flask(c: Canvas, fluid: str) -> None:
    c.path("M-30 -300V-190L-110 -30Q-116 0 -84 0H84Q116 0 110 -30L30 -190V-300Z", c.p.light, 0.38)
    c.path("M-66 -118L-110 -30Q-116 0 -84 0H84Q116 0 110 -30L66 -118Q0 -100 -66 -118Z", fluid)
    c.path("M40 -112L66 -118L110 -30Q116 0 84 0H40Q80 -40 40 -112Z", c.p.dark, 0.25)
    c.oval(0, -300, 38, 9, c.p.light, 0.9)
    c.stroke("M-16 -280V-186L-80 -56", c.p.light, 6, 0.8)


def tubes(c: Canvas, tones: tuple[str, ...]) -> None:
    for k, tone in enumerate(tones):
        x = -120 + k * 80
        c.rect(x - 20, -230, 40, 210, c.p.light, 0.42, 20)
        high = c.r.uniform(70, 150)
        c.rect(x - 20, -20 - high, 40, high, tone, 1, 18)
        c.rect(x - 25, -236, 50, 12, c.p.light, 0.9, 6)
    c.rect(-180, -180, 360, 24, mix(c.p.second, c.p.dark, 0.35))
    c.rect(-180, -40, 360, 40, mix(c.p.second, c.p.dark, 0.5))


def newspaper(c: Canvas) -> None:
    """A folded sheet: rules, columns and one picture, and no letters."""
    page, ink = c.p.light, mix(c.p.dark, c.p.light, 0.25)
    c.path("M-380 30L-210 -370L300 -384L410 10Z", c.p.dark, 0.28)
    c.path("M-392 6L-226 -396L278 -416L392 -14Z", mix(page, c.p.dark, 0.2))
    c.path("M-400 -4L-230 -402L270 -420L370 -24Z", page)

    def at(u: float, v: float) -> tuple[float, float]:
        top, low = (-230 + 500 * u, -402 - 18 * u), (-400 + 770 * u, -4 - 20 * u)
        return top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v

    def block(u0: float, v0: float, u1: float, v1: float, tone: str) -> None:
        c.poly([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], tone)

    block(0.06, 0.05, 0.94, 0.062, ink)
    block(0.06, 0.075, 0.62, 0.15, c.p.dark)
    block(0.68, 0.075, 0.94, 0.15, c.p.accent)
    block(0.06, 0.17, 0.94, 0.177, ink)
    block(0.06, 0.21, 0.6, 0.55, c.p.mid)
    block(0.06, 0.43, 0.6, 0.55, c.p.near)
    c.disc(*at(0.42, 0.34), 34, c.p.accent)
    for col in range(4):
        for row in range(20):
            v = 0.215 + row * 0.036
            if col < 2.4 and v < 0.58:
                continue
            block(0.06 + col * 0.228, v, 0.06 + col * 0.228 + c.r.uniform(0.15, 0.2), v + 0.014, mix(ink, page, 0.35))
    c.path("M-400 -4L-330 -168Q0 -150 333 -186L370 -24Z", c.p.dark, 0.07)


def shamisen(c: Canvas) -> None:
    with c.at(0, 0, 1, 0):
        c.rect(-12, -760, 24, 560, mix(c.p.second, c.p.dark, 0.65))
        c.path("M-22 -830Q0 -850 22 -830L14 -750H-14Z", c.p.dark)
        for k, side in enumerate((-1, 1, -1)):
            c.rect(-46 if side < 0 else 10, -812 + k * 24, 38, 9, c.p.light, 1, 4)
        c.path("M-110 -226Q0 -256 110 -226L116 -20Q0 12 -116 -20Z", c.p.light)
        c.path("M50 -240Q90 -234 110 -226L116 -20Q80 -8 50 -4Z", c.p.dark, 0.15)
        c.stroke("M-110 -226Q0 -256 110 -226L116 -20Q0 12 -116 -20Z", mix(c.p.second, c.p.dark, 0.55), 18)
        c.stroke("M-6 -800V-30M0 -800V-30M6 -800V-30", c.p.dark, 1.8)
        c.rect(-30, -80, 60, 10, c.p.accent)


def cello(c: Canvas) -> None:
    wood = mix(c.p.accent if c.p.accent == "#c73e3a" else "#b5562f", "#7a3420", 0.35)
    shape = (
        "M0 -470C-80 -470 -130 -430 -124 -370C-120 -330 -84 -320 -86 -280C-90 -240 -164 -220 -168 -130"
        "C-170 -40 -90 0 0 0C90 0 170 -40 168 -130C164 -220 90 -240 86 -280C84 -320 120 -330 124 -370C130 -430 80 -470 0 -470Z"
    )
    c.line((0, 0), (0, 26), c.p.dark, 8)
    c.path(shape, wood)
    c.path(
        "M50 -464C110 -450 128 -420 124 -370C120 -330 84 -320 86 -280C90 -240 164 -220 168 -130C170 -40 90 0 30 0C110 -60 110 -180 60 -250C30 -330 90 -400 50 -464Z",
        c.p.dark,
        0.28,
    )
    c.stroke(shape, mix(wood, c.p.dark, 0.5), 7)
    c.path("M-17 -330L-11 -730H11L17 -330Z", c.p.dark)
    c.path("M-16 -730Q-24 -800 6 -810Q30 -800 14 -776L14 -730Z", wood)
    c.stroke("M-34 -750H34M-32 -774H32", c.p.dark, 9)
    c.path("M-26 -120L-14 -10H14L26 -120Z", c.p.dark)
    c.rect(-44, -186, 88, 14, c.p.light)
    for k in (-1, 1):
        c.stroke(f"M{k * 66} -240C{k * 40} -240 {k * 84} -160 {k * 58} -156", c.p.dark, 7)
    c.stroke("M-9 -730L-18 -60M-3 -730L-6 -60M3 -730L6 -60M9 -730L18 -60", c.p.light, 1.8, 0.9)


def drum(c: Canvas, tone: str) -> None:
    c.path("M-150 -300C-200 -200 -200 -100 -150 0H150C200 -100 200 -200 150 -300Z", tone)
    c.path("M60 -300H150C200 -200 200 -100 150 0H60C110 -100 110 -200 60 -300Z", c.p.dark, 0.28)
    c.oval(0, -300, 152, 36, c.p.light)
    for k in range(9):
        a = math.pi * k / 8
        c.disc(-math.cos(a) * 152, -270 + math.sin(a) * 34, 7, c.p.dark)
    c.line((-40, -330), (190, -420), mix(c.p.second, c.p.dark, 0.2), 15)
    c.line((-90, -322), (120, -440), mix(c.p.second, c.p.dark, 0.2), 15)
