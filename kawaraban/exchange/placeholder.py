"""A calm drawn picture for one whose file is not there: a woodblock print of sun, hills and water."""

from dataclasses import dataclass
from io import BytesIO
from math import pi, sin
from random import Random

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
PAPER: Colour = (244, 234, 216)
INK: Colour = (32, 36, 44)
VERMILION: Colour = (199, 62, 58)
INDIGO: Colour = (39, 70, 111)

FINE = 2  # drawn this many times larger, then made smaller, for smooth edges
BANDS = 36
COLOURS = 96


def placeholder(seed: str, width: int, height: int) -> bytes:
    """A PNG of that size in pixels; the same seed and size give the same bytes."""
    chance = Random(seed)
    image = Image.new("RGB", (width * FINE, height * FINE), PAPER)
    draw = ImageDraw.Draw(image)
    draw_sky(draw, image.size)
    draw_sun(draw, image.size, chance)
    if chance.random() < 0.5:
        draw_hills(draw, image.size, chance)
    else:
        draw_waves(draw, image.size, chance)
    draw_grain(draw, image.size, chance)
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    stored = BytesIO()
    small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(stored, "PNG", optimize=True)
    return stored.getvalue()


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def draw_sky(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    """Indigo wiped towards paper from the top down, as printers do by hand (bokashi)."""
    width, height = size
    for band in range(BANDS):
        top = height * 0.45 * band / BANDS
        draw.rectangle((0, top, width, height), fill=mixed(INDIGO, PAPER, min(1.0, 0.25 + 0.75 * (band + 1) / BANDS)))


def draw_sun(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random) -> None:
    width, height = size
    radius = min(size) * chance.uniform(0.11, 0.16)
    across, down = width * chance.uniform(0.22, 0.78), height * chance.uniform(0.26, 0.4)
    draw.ellipse((across - radius, down - radius, across + radius, down + radius), fill=VERMILION)


def draw_hills(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random) -> None:
    for share, base, rise in ((0.62, 0.58, 0.09), (0.38, 0.69, 0.08), (0.14, 0.8, 0.06)):
        draw_ridge(draw, size, chance, Ridge(base, rise, mixed(INDIGO, PAPER, share)))
    draw_ridge(draw, size, chance, Ridge(0.91, 0.03, mixed(INK, INDIGO, 0.3)))


@dataclass(frozen=True)
class Ridge:
    """A line of hills: how far down it lies and how high it rises, as shares of the picture's height."""

    base: float
    rise: float
    colour: Colour


def draw_ridge(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random, ridge: Ridge) -> None:
    """An outline of three sine waves, each shorter and lower than the one before."""
    width, height = size
    base, rise = ridge.base * height, ridge.rise * height
    waves = [(chance.uniform(0.7, 1.3) * 2**octave, chance.uniform(0, 2 * pi), rise / 2**octave) for octave in range(3)]

    def height_at(across: int) -> float:
        return base - sum((high * sin(2 * pi * often * across / width + shift) for often, shift, high in waves), 0.0)

    outline = [(across, height_at(across)) for across in range(0, width + 16, 16)]
    draw.polygon([*outline, (width, height), (0, height)], fill=ridge.colour)


def draw_waves(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random) -> None:
    """Rows of overlapping half circles (seigaiha), darker towards the front, below a far shore."""
    width, height = size
    draw_ridge(draw, size, chance, Ridge(0.62, 0.035, mixed(INDIGO, PAPER, 0.55)))
    radius = max(1, min(size) // 14)
    first, rows = 0.66 * height, int(0.34 * height / (radius * 0.5)) + 3
    for row in range(rows):
        middle = first + radius + row * radius * 0.5
        colour = mixed(mixed(INDIGO, PAPER, 0.3), mixed(INK, INDIGO, 0.5), row / rows)
        for column in range(-1, width // (2 * radius) + 2):
            across = column * 2 * radius + (row % 2) * radius
            for reach in (radius, 0.7 * radius, 0.4 * radius):
                box = (across - reach, middle - reach, across + reach, middle + reach)
                draw.ellipse(box, fill=colour, outline=PAPER, width=max(2, radius // 22))


def draw_grain(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random) -> None:
    """The block's wood in fine horizontal lines, and flecks where the paper took no ink."""
    width, height = size
    for _ in range(height // 60):
        down, start = chance.uniform(0, height), chance.uniform(-0.2, 0.8) * width
        draw.line((start, down, start + chance.uniform(0.1, 0.5) * width, down + chance.uniform(-4, 4)), fill=PAPER, width=1)
    for _ in range(width * height // 9000):
        across, down, edge = chance.uniform(0, width), chance.uniform(0, height), chance.uniform(1, 3)
        draw.rectangle((across, down, across + edge, down + edge), fill=PAPER)
