"""The table of motifs: which scene draws each, and in which moods."""

from __future__ import annotations

from collections.abc import Callable

from . import scenes_nature as nature
from . import scenes_rail as rail
from . import scenes_rooms as rooms
from . import scenes_sea as sea
from . import scenes_still as still
from . import scenes_tech as tech
from . import scenes_town as town
from .canvas import Canvas
from .inks import ANY, COLD, DARK, DAY, OPEN, ROOMS

Scene = Callable[[Canvas], None]
INSIDE = tuple(ROOMS)
NIGHT = ("night", "moonrise")
WARM = ("dusk", "autumn", "dawn", "moonrise", "rose", "noon")

SCENES: dict[str, tuple[Scene, tuple[str, ...]]] = {
    "harbor": (sea.harbor, OPEN),
    "lighthouse": (sea.lighthouse, OPEN),
    "sea": (sea.sea, OPEN),
    "island": (sea.island, OPEN),
    "bridge": (sea.bridge, ANY),
    "train": (rail.train, ANY),
    "station": (rail.station, ANY),
    "city": (town.city, ANY),
    "night-city": (town.night_city, (*NIGHT, "dusk", "jade")),
    "market": (town.market, ANY),
    "field": (nature.field, ("noon", "autumn", "dawn", "mist", "jade", "dusk", "rose")),
    "terrace": (nature.terrace, DAY),
    "forest": (nature.forest, ("mist", "jade", "autumn", "noon", "dusk", "night", "snow", "rose")),
    "mountain": (nature.mountain, ANY),
    "snow": (nature.snow, COLD),
    "river": (sea.river, ANY),
    "desert": (nature.desert, WARM),
    "night-sky": (nature.night_sky, NIGHT),
    "satellite": (tech.satellite, (*DARK, "noon", "rose")),
    "laboratory": (still.laboratory, INSIDE),
    "microscope": (still.microscope, INSIDE),
    "whale": (sea.whale, OPEN),
    "birds": (nature.birds, ANY),
    "robot": (tech.robot, INSIDE),
    "server-room": (tech.server_room, (*DARK, "noon", "snow")),
    "circuit": (tech.circuit, tuple(n for n in INSIDE if n != "paper")),
    "factory": (town.factory, ANY),
    "workshop": (rooms.workshop, INSIDE),
    "books": (still.books, INSIDE),
    "stage": (rooms.stage, INSIDE),
    "museum": (rooms.museum, INSIDE),
    "instrument": (still.instrument, INSIDE),
    "kitchen": (still.kitchen, INSIDE),
    "tea": (still.tea, INSIDE),
    "bread": (still.bread, INSIDE),
    "garden": (nature.garden, DAY),
    "rain": (town.rain, ("snow", "night", "mist", "moonrise", "jade", "rose")),
    "festival": (town.festival, (*NIGHT, "night", "jade", "dusk")),
    "newspaper": (still.newspaper, INSIDE),
    "ship": (sea.ship, OPEN),
    "wind-turbine": (town.wind_turbine, ANY),
    "house": (town.house, ANY),
}
