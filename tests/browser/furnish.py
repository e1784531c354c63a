"""Makes the home that the browser tests look at: the demo edition, and the few pages that it lacks. Run as a process: FOLDER.

Its pictures are plain and sized once a shape, since drawing and sizing them takes a minute and these tests look at the pages;
those of one article, which Lighthouse loads, are drawn.
"""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from kawaraban import homes

PIXELS = {"picture": (1600, 1000), "cover": (900, 1200), "portrait": (640, 640)}
DRAWN = "river-word-atlas"
TRAP = "落とし穴"
TRAPPED = (
    '{% extends "pages/article.html" %}{% block main %}'
    f'{{% if head.title == "{TRAP}" %}}{{% include "pages/absent.html" %}}{{% endif %}}'
    "{{ block.super }}{% endblock %}"
)


def main(home: Path) -> None:
    homes.make(home)
    settings = home / "kawaraban.toml"
    told = settings.read_text(encoding="utf-8")
    told = told.replace("# page_size = 20", "page_size = 6").replace("# searches_a_second = 20", "searches_a_second = 1000")
    settings.write_text(told, encoding="utf-8")
    template = home / "theme" / "templates" / "pages" / "article.html"
    template.parent.mkdir()
    template.write_text(TRAPPED, encoding="utf-8")
    homes.enter(home)
    from kawaraban.demo import edition  # Django is ready only now

    edition.draw_all, edition.make_sizes = plain_drawings, size_once
    homes.demo(home, print)
    (home / "places.json").write_text(json.dumps(add_pages(), ensure_ascii=False), encoding="utf-8")


def plain_drawings(say: Callable[[str], None]) -> dict[tuple[str, str, str], bytes]:
    from kawaraban.demo import edition

    plain = {kind: shaded(size) for kind, size in PIXELS.items()}
    return {drawing: edition.draw_one(drawing) if drawing[2].startswith(DRAWN) else plain[drawing[0]] for drawing in edition.drawings()}


def shaded(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def size_once(say: Callable[[str], None]) -> None:
    """Sizes what is drawn and the first plain picture of each shape; the others, which look the same, share its files."""
    from kawaraban.demo.edition import make_size, shapes_of
    from kawaraban.desk.models import Article, Picture, Rendition

    atlas = Article.objects.get(slug=DRAWN)
    drawn = {atlas.picture_id, *(block.value["picture"].pk for block in atlas.body if block.block_type == "picture")}
    sized: dict[tuple[str, ...], Picture] = {}
    shared = []
    for picture in Picture.objects.order_by("pk"):
        shapes = shapes_of(picture)
        if picture.pk in drawn or sized.setdefault(shapes, picture) == picture:
            for shape in shapes:
                make_size((picture, shape))
        else:
            shared += [sharing(picture, made) for made in sized[shapes].renditions.all()]
    Rendition.objects.bulk_create(shared)


def sharing(picture: Any, made: Any) -> Any:
    return type(made)(image=picture, filter_spec=made.filter_spec, focal_point_key="", file=made.file.name, width=made.width, height=made.height)


def add_pages() -> dict[str, str]:
    """A stub, a withdrawn article and one whose page fails; gives the path of every page whose address holds a date or a key."""
    from django.utils import timezone

    from kawaraban.demo import builders
    from kawaraban.desk.models import Article, Issue
    from kawaraban.wires.models import WireItem

    section = Article.objects.first().section
    places = {article.slug: article.address for article in Article.objects.all()}
    places["stub"] = builders.make_article("見出しだけが残った記事", section=section, slug="stub", published_at=None, awaits_text=True).address
    places["failure"] = builders.make_article(TRAP, section=section, slug="trap", published_at=None, awaits_text=True).address
    withdrawn = builders.make_article("取り下げた記事", section=section, slug="withdrawn", live=False, first_published_at=timezone.now())
    places["withdrawn"] = withdrawn.address
    places["issue"] = Issue.objects.order_by("-cover_date")[1].address
    places["wire_item"] = f"/wire/{WireItem.objects.newest_first()[0].pk}"
    return places


if __name__ == "__main__":
    main(Path(sys.argv[1]))
