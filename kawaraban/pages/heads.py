"""The <head> of a page and what machines read of it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from kawaraban.desk.models import Front
from kawaraban.pages.assets import with_hashes
from kawaraban.pages.contexts import Head
from kawaraban.pages.values import Link

STYLE = Path(__file__).parent / "static" / "kawaraban" / "css"


@cache
def style_sheet() -> SafeString:
    """Our style sheets in the order of their names, then the theme's."""
    files = sorted(STYLE.glob("*.css")) + sorted((settings.KAWARABAN.theme / "css").glob("*.css"))
    return mark_safe(with_hashes(squeezed("\n".join(file.read_text(encoding="utf-8") for file in files))))  # noqa: S308


def squeezed(css: str) -> str:
    """CSS without comments and indentation; the rest compression does."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", plain).strip().replace("</", "<\\/")


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else settings.KAWARABAN.readers_address.rstrip("/") + path


def magazine() -> Front:
    """The front page, which carries the magazine's name. Raises Front.DoesNotExist in a home not founded yet."""
    return Front.objects.get()


def head(title: str, address: str, *, description: str = "", feed: str = "/feed.xml", crumbs: tuple[Link, ...] = (), **more: Any) -> Head:
    """The head of the page at a path. An empty title is the front page's."""
    front = magazine()
    data = more.pop("data", ())
    if crumbs:
        data = (*data, breadcrumbs((*crumbs, Link(title, address))))
    return Head(
        title=title,
        site_name=front.title,
        language=settings.KAWARABAN.site.language,
        description=" ".join((description or front.description).split()),
        canonical=absolute(address),
        feed=feed,
        data=data,
        **more,
    )


def breadcrumbs(links: tuple[Link, ...]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": link.title, "item": absolute(link.address)} for place, link in enumerate(links, 1)
        ],
    }
