import logging
from collections.abc import Mapping
from functools import cache

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from kawaraban.desk.models import Picture
from kawaraban.pages.values import Image, Source

log = logging.getLogger(__name__)

# The sizes that a picture is needed in: Wagtail's filter specs, small to large.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "figure": ("width-640", "width-1280"),
    "card": ("fill-480x300",),
    "cover": ("width-480",),
    "portrait": ("fill-320x320",),
}
SIZES = {
    "figure": "(min-width: 1200px) 760px, 100vw",
    "card": "(min-width: 1200px) 280px, (min-width: 700px) 33vw, 40vw",
    "cover": "240px",
    "portrait": "160px",
}
FORMATS = ("avif", "webp")
SHARED = "fill-1200x630|format-jpeg"


@cache
def specs(shape: str) -> tuple[str, ...]:
    return tuple(f"{size}|format-{kind}" for kind in FORMATS for size in SHAPES[shape])


def image(picture: Picture | None, shape: str, *, caption: str = "", is_first: bool = False, sizes: str = "") -> Image | None:
    """A picture in one of SHAPES; nothing when there is none, or when its file is gone (which is logged)."""
    if picture is None or not (made := renditions(picture, specs(shape))):
        return None
    per_format = len(SHAPES[shape])
    sources = tuple(
        Source(mime=f"image/{kind}", widths=", ".join(f"{item.url} {item.width}w" for item in made[place * per_format : (place + 1) * per_format]))
        for place, kind in enumerate(FORMATS)
    )
    largest = made[-1]
    return Image(
        alt=picture.alt,
        sources=sources,
        address=largest.url,
        width=largest.width,
        height=largest.height,
        sizes=sizes or SIZES[shape],
        caption=caption or picture.caption,
        credit=picture.credit,
        is_first=is_first,
    )


def shared_address(picture: Picture | None) -> str:
    """Path of the picture as other sites show it with a link, or empty."""
    made = renditions(picture, (SHARED,)) if picture else []
    return made[0].url if made else ""


def renditions(picture: Picture, wanted: tuple[str, ...]):
    try:
        found = picture.get_renditions(*wanted)
    except (SourceImageIOError, InvalidFilterSpecError, OSError) as error:
        log.warning("picture %s (%s) can't be shown: %s", picture.pk, picture.title, error)
        return []
    return [found[spec] for spec in wanted]
