"""Pictures of the demo edition, drawn in the manner of woodblock prints."""

from __future__ import annotations

from random import Random

from .canvas import Canvas
from .inks import mood
from .portrait import portrait
from .scenes import SCENES
from .seal import icon

__all__ = ["MOTIFS", "draw", "draw_cover", "draw_icon", "draw_portrait"]

MOTIFS: tuple[str, ...] = tuple(SCENES)


def _print(motif: str, key: str, width: int, height: int) -> bytes:
    scene, moods = SCENES[motif]
    rng = Random(f"{motif}:{key}")
    canvas = Canvas(width, height, rng, mood(rng, moods))
    canvas.flip = rng.random() < 0.5
    canvas.zoom = 1 + 0.16 * rng.random() ** 1.5
    canvas.focus = (rng.uniform(0.35, 0.65), rng.uniform(0.55, 0.8))
    scene(canvas)
    return canvas.png()


def draw(motif: str, seed: str, width: int = 1600, height: int = 1000) -> bytes:
    return _print(motif, seed, width, height)


def draw_cover(motif: str, seed: str, width: int = 900, height: int = 1200) -> bytes:
    return _print(motif, f"cover:{seed}", width, height)


def draw_portrait(seed: str, size: int = 640) -> bytes:
    return portrait(seed, size)


def draw_icon(size: int) -> bytes:
    return icon(size)
