"""The site's icon: a vermilion seal with a mark drawn from strokes."""

from __future__ import annotations

from random import Random

from .canvas import Canvas
from .inks import PAPER, ROOMS, VERMILION

STROKES = (
    "M236 262H772",
    "M386 262C376 440 356 600 322 744L478 690",
    "M386 440H640C636 560 644 680 676 728C700 762 742 748 772 664",
    "M470 546C500 572 520 596 536 628",
)


def icon(size: int) -> bytes:
    c = Canvas(size, size, Random("seal"), ROOMS["paper"])
    c.rect(0, 0, 1000, 1000, PAPER)
    c.blob(_edge(Random("edge")), VERMILION)
    c.ring(500, 500, 0.1, PAPER, 1)
    c.path("M112 112H888V888H112ZM136 136V864H864V136Z", PAPER)
    for stroke in STROKES:
        c.stroke(stroke, PAPER, 84)
    return c.png()


def _edge(rng: Random) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    corners = ((50, 50), (950, 50), (950, 950), (50, 950))
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=False):
        for k in range(12):
            t = (k + 0.5) / 12
            out.append((x0 + (x1 - x0) * t + rng.uniform(-5, 5), y0 + (y1 - y0) * t + rng.uniform(-5, 5)))
    return out
