"""A drawing surface that collects SVG in print-like layers and rasterises it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

import resvg_py

from .grain import grain_overlay
from .inks import Inks

Point = tuple[float, float]
Stop = tuple[float, str, float]


def smooth(points: Sequence[Point], closed: bool = False) -> str:
    """Catmull-Rom spline through the points as an SVG path."""
    count = len(points)
    out = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(count if closed else count - 1):

        def pick(k: int) -> Point:
            return points[k % count] if closed else points[max(0, min(count - 1, k))]

        a, b, c, d = pick(i - 1), pick(i), pick(i + 1), pick(i + 2)
        out.append(
            f"C{b[0] + (c[0] - a[0]) / 6:.1f} {b[1] + (c[1] - a[1]) / 6:.1f}"
            f" {c[0] - (d[0] - b[0]) / 6:.1f} {c[1] - (d[1] - b[1]) / 6:.1f}"
            f" {c[0]:.1f} {c[1]:.1f}"
        )
    return "".join(out) + ("Z" if closed else "")


def line_path(points: Sequence[Point], closed: bool = True) -> str:
    body = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{body}" + ("Z" if closed else "")


class Canvas:
    """Logical surface whose shorter side is always 1000 units."""

    def __init__(self, width: int, height: int, rng: Random, inks: Inks) -> None:
        scale = 1000 / min(width, height)
        self.size = (width, height)
        self.w, self.h = width * scale, height * scale
        self.r, self.p = rng, inks
        self.u = min(1.0, self.w / 1400)
        self.v = self.h / 1000
        self.flip = False
        self.zoom = 1.0
        self.focus: Point = (0.5, 0.5)
        self._body: list[str] = []
        self._defs: list[str] = []
        self._solid: str | None = None

    def ink(self, fill: str) -> str:
        return self._solid or fill

    def path(self, d: str, fill: str, op: float = 1, blend: str = "") -> None:
        extra = f' style="mix-blend-mode:{blend}"' if blend else ""
        alpha = f' fill-opacity="{op:.2f}"' if op < 1 else ""
        self._body.append(f'<path d="{d}" fill="{self.ink(fill)}"{alpha}{extra}/>')

    def stroke(self, d: str, colour: str, width: float, op: float = 1, cap: str = "round") -> None:
        self._body.append(
            f'<path d="{d}" fill="none" stroke="{self.ink(colour)}" stroke-width="{width:.1f}"'
            f' stroke-opacity="{op:.2f}" stroke-linecap="{cap}" stroke-linejoin="round"/>'
        )

    def poly(self, points: Sequence[Point], fill: str, op: float = 1) -> None:
        self.path(line_path(points), fill, op)

    def blob(self, points: Sequence[Point], fill: str, op: float = 1) -> None:
        self.path(smooth(points, closed=True), fill, op)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, op: float = 1, rx: float = 0) -> None:
        self._body.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{rx:.1f}" fill="{self.ink(fill)}" fill-opacity="{op:.2f}"/>'
        )

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, op: float = 1) -> None:
        self._body.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{self.ink(fill)}" fill-opacity="{op:.2f}"/>')

    def disc(self, x: float, y: float, r: float, fill: str, op: float = 1) -> None:
        self.oval(x, y, r, r, fill, op)

    def ring(self, x: float, y: float, r: float, colour: str, width: float, op: float = 1) -> None:
        self._body.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none"'
            f' stroke="{self.ink(colour)}" stroke-width="{width:.1f}" stroke-opacity="{op:.2f}"/>'
        )

    def line(self, a: Point, b: Point, colour: str, width: float, op: float = 1) -> None:
        self.stroke(line_path((a, b), False), colour, width, op)

    def grad(self, stops: Sequence[Stop], sideways: bool = False) -> str:
        name = f"g{len(self._defs)}"
        end = 'x2="1" y2="0"' if sideways else 'x2="0" y2="1"'
        body = "".join(f'<stop offset="{at:.3f}" stop-color="{colour}" stop-opacity="{op:.2f}"/>' for at, colour, op in stops)
        self._defs.append(f'<linearGradient id="{name}" x1="0" y1="0" {end}>{body}</linearGradient>')
        return f"url(#{name})"

    def fade(self, top: str, low: str, op_top: float = 1, op_low: float = 1) -> str:
        return self.grad(((0, top, op_top), (1, low, op_low)))

    def glow(self, x: float, y: float, r: float, colour: str, op: float) -> None:
        name = f"g{len(self._defs)}"
        self._defs.append(
            f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{op:.2f}"/>'
            f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
        )
        self.disc(x, y, r, f"url(#{name})")

    @contextmanager
    def at(self, x: float, y: float, scale: float = 1, turn: float = 0, mirror: bool = False) -> Iterator[None]:
        across = -scale if mirror else scale
        self._body.append(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({across:.3f} {scale:.3f})">')
        yield
        self._body.append("</g>")

    @contextmanager
    def clip(self, d: str) -> Iterator[None]:
        name = f"c{len(self._defs)}"
        self._defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        self._body.append(f'<g clip-path="url(#{name})">')
        yield
        self._body.append("</g>")

    def cast(
        self,
        thing: Callable[[], None],
        x: float,
        y: float,
        scale: float = 1,
        lean: float = 0.7,
        length: float = 0.45,
        op: float = 0.3,
        show: bool = True,
    ) -> None:
        """Draw a thing standing at x, y together with the shadow it throws."""
        state = self.r.getstate()
        self._body.append(f'<g opacity="{op}" transform="matrix({scale:.3f} 0 {-lean * scale:.3f} {-length * scale:.3f} {x:.1f} {y:.1f})">')
        self._solid = self.p.dark
        thing()
        self._solid = None
        self._body.append("</g>")
        if not show:
            return
        self.r.setstate(state)
        with self.at(x, y, scale):
            thing()

    def svg(self) -> str:
        width, height = self.size
        across = -self.zoom if self.flip else self.zoom
        left = (1 - self.zoom) * self.w * self.focus[0] + (self.w * self.zoom if self.flip else 0)
        top = (1 - self.zoom) * self.h * self.focus[1]
        turn = f' transform="translate({left:.1f} {top:.1f}) scale({across:.3f} {self.zoom:.3f})"'
        overlay = grain_overlay(self.r.randrange(4), self.w, self.h)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {self.w:.2f} {self.h:.2f}"><defs>{"".join(self._defs)}</defs>'
            f'<rect width="100%" height="100%" fill="{self.p.near}"/>'
            f"<g{turn}>{''.join(self._body)}</g>{overlay}</svg>"
        )

    def png(self) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=self.svg(), skip_system_fonts=True))
