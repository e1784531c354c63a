"""The inks of the print shop and the colour moods mixed from them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

PAPER = "#f4ead8"
SUMI = "#20242c"
VERMILION = "#c73e3a"
INDIGO = "#27466f"
OCHRE = "#d9a441"
GREEN = "#5e8f80"
PINK = "#e6ab9b"


@dataclass(frozen=True)
class Inks:
    sky: tuple[str, str, str]
    disc: str
    far: str
    mid: str
    near: str
    dark: str
    water: str
    ground: str
    accent: str = VERMILION
    second: str = OCHRE
    light: str = PAPER
    night: bool = False


MOODS: dict[str, Inks] = {
    "dawn": Inks(("#44658d", "#efd6c0", "#eab4a0"), VERMILION, "#b49ba2", "#66748f", "#2f4869", "#1d2a3f", "#8fa9b0", "#c9b99a"),
    "noon": Inks(("#2c5c90", "#dde6de", "#f6eedc"), VERMILION, "#9dbab6", "#5e8f80", "#33625c", "#1f2e38", "#44749a", "#d9c58f"),
    "dusk": Inks(("#b93733", "#e98f68", "#f5dba8"), "#f8ecd0", "#bf6468", "#763f5c", "#40304f", "#1f2032", "#d88d72", "#8a4f50"),
    "night": Inks(
        ("#0e1b38", "#1e3a66", "#55799a"), "#f6e7bd", "#30507a", "#1d3560", "#132544", "#0b1429", "#27496f", "#1c3050", second="#f0bd55", night=True
    ),
    "mist": Inks(("#85aa9d", "#dde3d4", "#f3ecdb"), VERMILION, "#b6c8bc", "#7ba293", "#3f6b61", "#1f3533", "#93b8ae", "#cdc79d"),
    "autumn": Inks(("#d59a3c", "#f0d592", "#f7ecd2"), VERMILION, "#d0ad80", "#b06a41", "#6e3e35", "#2a2228", "#5f8a8c", "#d8a450", second="#27466f"),
    "snow": Inks(("#5f7590", "#c2cacd", "#efe9dd"), "#fbf5e6", "#a9b5c0", "#75869b", "#435570", "#1e2837", "#5b7590", "#f5f0e4"),
    "moonrise": Inks(
        ("#24335f", "#8b6f92", "#ecb8a4"), "#f8e6bb", "#80698c", "#4d4c7b", "#2b3158", "#161b36", "#666a96", "#454871", second="#f0bd55", night=True
    ),
    "jade": Inks(("#174850", "#6a9f94", "#f0e1b6"), "#f8ecd0", "#86aa98", "#3f7a74", "#1f5057", "#10282f", "#4d8c88", "#c4b47c"),
    "rose": Inks(("#d5766c", "#f0c4b0", "#f7ead6"), "#c73e3a", "#c9a1a4", "#6f8f92", "#2f5a6e", "#1c2d40", "#5f93a3", "#e3c39d"),
}
DAY = ("dawn", "noon", "dusk", "mist", "autumn", "jade", "rose")
ANY = tuple(MOODS)
DARK = ("night", "moonrise", "jade", "dusk")
COLD = ("snow", "night", "dawn", "moonrise", "rose")
OPEN = ("dawn", "noon", "dusk", "night", "mist", "jade", "moonrise", "rose", "snow")

ROOMS: dict[str, Inks] = {
    "red": Inks(("#a92f30", "#c73e3a", "#d4584c"), PAPER, "#e08a72", INDIGO, "#1f3554", SUMI, GREEN, "#f1e3c8", accent=INDIGO),
    "blue": Inks(("#1b3458", "#27466f", "#3d6389"), PAPER, "#6f93ad", GREEN, "#1b3050", "#131d30", GREEN, "#e4c07a"),
    "gold": Inks(("#cb9132", "#dcab4e", "#e6bf71"), PAPER, "#efd9a4", GREEN, "#274a5c", SUMI, INDIGO, "#27466f", second=GREEN),
    "sage": Inks(("#4b7b6d", "#6b9a8a", "#8db4a3"), PAPER, "#b5cdbd", INDIGO, "#214048", "#17272d", INDIGO, "#efcdb9"),
    "blush": Inks(("#d9917f", "#e6ab9b", "#eec3b4"), PAPER, "#f4dacb", GREEN, "#2f4f74", SUMI, INDIGO, "#2f4d75"),
    "paper": Inks(("#e2d3b8", "#efe3cc", "#f6eddb"), VERMILION, "#e3cba6", INDIGO, "#2b4258", SUMI, GREEN, "#b93a36", accent=INDIGO, light="#fbf5e8"),
    "ink": Inks(
        ("#12182a", "#1d2740", "#2e3d5c"), "#f6e7bd", "#4c6180", GREEN, "#182238", "#0b101c", INDIGO, "#566f80", night=True, second="#e8b552"
    ),
}


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, share: float) -> str:
    parts = (round(x + (y - x) * share) for x, y in zip(_rgb(a), _rgb(b), strict=False))
    return "#" + "".join(f"{part:02x}" for part in parts)


def luma(colour: str) -> float:
    red, green, blue = _rgb(colour)
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def mood(rng: Random, names: tuple[str, ...]) -> Inks:
    table = {**MOODS, **ROOMS}
    return table[rng.choice(names)]
