"""Authors' portraits: a calm bust with the least of a face."""

from __future__ import annotations

from random import Random

from .canvas import Canvas
from .inks import PAPER, ROOMS, SUMI, mix
from .sky import stipple

SKINS = ("#f0cfae", "#e8bd98", "#d9a67e", "#f3d9bd")
HAIR = (SUMI, "#2c2a33", "#4a3a38", "#8b8a8c", "#d8d4c8")
BACKS = {
    "bob": "M300 520C250 380 320 200 500 200C680 200 750 380 700 520C720 600 690 640 660 640H340C310 640 280 600 300 520Z",
    "long": "M300 500C260 330 340 195 500 195C660 195 740 330 700 500C730 660 730 760 700 820H300C270 760 270 660 300 500Z",
    "bun": "M330 480C280 330 360 210 500 210C640 210 720 330 670 480L640 560H360Z",
    "short": "M334 470C300 320 370 214 500 210C640 208 700 320 666 470L640 500H360Z",
}
FRINGES = (
    "M348 420C340 290 430 236 510 238C610 240 664 300 656 424C620 380 590 340 560 316C500 372 420 392 348 420Z",
    "M346 400C346 280 420 232 500 232C590 232 656 290 654 400C560 360 440 360 346 400Z",
    "M348 430C336 300 420 232 520 236C610 240 668 310 654 410C640 370 610 330 580 318C520 330 400 330 348 430Z",
    "M352 372C360 270 430 232 500 232C580 232 640 270 648 372C620 306 560 286 500 286C440 286 380 306 352 372Z",
)


def portrait(seed: str, size: int) -> bytes:
    rng = Random(f"portrait:{seed}")
    c = Canvas(size, size, rng, ROOMS[rng.choice(tuple(ROOMS))])
    c.flip = rng.random() < 0.5
    _backdrop(c)
    skin, hair = rng.choice(SKINS), rng.choice(HAIR)
    style = rng.choice(tuple(BACKS))
    with c.at(rng.uniform(-30, 30), rng.uniform(10, 40)):
        c.path(BACKS[style], hair)
        if style == "bun":
            c.disc(500, 190, 78, hair)
            c.line((420, 150), (590, 214), c.p.second, 10)
        _body(c, skin)
        _head(c, skin, hair, style == "short")
    return c.png()


def _backdrop(c: Canvas) -> None:
    top, middle, low = c.p.sky
    c.rect(0, 0, 1000, 1000, c.grad(((0, top, 1), (0.45, middle, 1), (1, low, 1))))
    stipple(c, 0, 0, 1000, 700, mix(top, c.p.dark, 0.3), 900, 0.35, 3.2)
    tone = mix(c.p.far, c.p.sky[2], 0.25)
    kind = c.r.randrange(4)
    if kind == 0:
        c.disc(c.r.uniform(300, 700), c.r.uniform(300, 440), c.r.uniform(300, 360), tone)
    elif kind == 1:
        for k in range(5):
            c.rect(c.r.uniform(-200, 300), 120 + k * 170, c.r.uniform(500, 900), 44, tone, 0.8, 22)
    elif kind == 2:
        c.rect(120, 90, 330, 560, tone)
        c.stroke("M285 90V650M120 280H450M120 470H450", middle, 10)
    else:
        for k in range(4):
            c.path(f"M-20 {560 + k * 110}Q250 {440 + k * 120} 520 {570 + k * 110}T1020 {540 + k * 110}V1000H-20Z", mix(tone, c.p.mid, 0.16 * k))


def _body(c: Canvas, skin: str) -> None:
    coats = [t for t in (c.p.accent, c.p.mid, c.p.near, c.p.ground, "#d9a441", "#5e8f80", PAPER) if t not in c.p.sky]
    coat, inner = c.r.choice(coats), c.r.choice((PAPER, "#e6ab9b", "#d9a441"))
    if coat == inner:
        inner = SUMI
    shade = mix(coat, c.p.dark, 0.4)
    c.path("M440 560V720H560V560Z", mix(skin, "#a8583c", 0.3))
    c.path("M130 1060C130 860 200 780 400 728Q500 790 600 728C800 780 870 860 870 1060Z", coat)
    c.path("M640 740C800 780 870 860 870 1060H700C720 940 700 830 640 740Z", shade)
    kind = c.r.randrange(4)
    if kind == 0:
        c.path("M404 724L500 900L596 724L560 708L500 800L440 708Z", inner)
        c.path("M380 726L404 716L540 940L500 1010ZM620 726L596 716L470 930L440 1060H520L560 900Z", mix(coat, PAPER, 0.25))
    elif kind == 1:
        c.path("M392 700Q500 640 608 700L614 768Q500 830 386 768Z", mix(coat, PAPER, 0.22))
        c.stroke("M392 736Q500 800 608 736", shade, 4, 0.6)
    elif kind == 2:
        c.path("M430 706L500 780L570 706L610 740L540 840L500 790L460 840L390 740Z", inner)
        c.stroke("M500 800V1020", shade, 4)
        for y in (860, 930):
            c.disc(516, y, 8, shade)
    else:
        c.path("M430 712Q500 800 570 712L560 1000H440Z", inner)
        c.path("M424 706L370 740L420 880L396 900L480 1060H500ZM576 706L630 740L580 880L604 900L520 1060H500Z", mix(coat, c.p.dark, 0.18))


def _head(c: Canvas, skin: str, hair: str, beard: bool) -> None:
    shape = "M356 400C352 290 420 240 502 240C586 240 650 290 646 400C644 500 620 570 570 612Q502 660 434 612C384 570 358 500 356 400Z"
    c.disc(354, 446, 28, skin)
    c.disc(648, 446, 28, mix(skin, "#a8583c", 0.25))
    c.path(shape, skin)
    c.path("M600 270C640 310 648 350 646 400C644 500 620 570 570 612Q530 640 490 636C590 590 620 440 600 270Z", mix(skin, "#a8583c", 0.22))
    c.disc(412, 508, 34, "#d9705c", 0.26)
    c.disc(586, 508, 32, "#d9705c", 0.3)
    c.path(c.r.choice(FRINGES), hair)
    _features(c)
    if beard and c.r.random() < 0.55:
        _beard(c, hair)


def _features(c: Canvas) -> None:
    ink = "#2a2428"
    calm = c.r.random() < 0.6
    for x in (436, 566):
        c.stroke(f"M{x - 22} 446Q{x} {462 if calm else 436} {x + 22} 446", ink, 6)
        c.stroke(f"M{x - 26} 412Q{x} {402 + c.r.randint(-4, 4)} {x + 26} 412", ink, 5, 0.7)
    c.stroke("M504 452Q516 496 520 512Q508 522 496 518", "#a8583c", 5, 0.8)
    c.stroke(f"M474 566Q502 {584 if c.r.random() < 0.8 else 572} 532 564", "#a03c34", 7)
    if c.r.random() < 0.45:
        for x in (436, 566):
            c.ring(x, 450, 46, ink, 7)
            c.disc(x, 450, 44, PAPER, 0.14)
        c.stroke("M482 446Q501 436 520 446M390 446L356 438M612 446L646 438", ink, 6)


def _beard(c: Canvas, hair: str) -> None:
    c.path("M400 560Q440 680 502 676Q566 680 604 560Q570 610 502 604Q436 610 400 560Z", mix(hair, "#8b8a8c", 0.15))
    c.stroke("M474 588Q502 598 532 588", "#a03c34", 6)
