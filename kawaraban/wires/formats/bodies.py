"""Bodies that come as HTML or text: sanitised, the pictures in them taken out, as is the head of a whole document."""

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from kawaraban.wires.addresses import medium
from kawaraban.wires.copy import Media, Unreadable
from kawaraban.wires.formats.markup import xhtml
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.words import clean_html, html_of_lines
from kawaraban.wires.xml import Element

BLOCK = re.compile(r"<(?:p|h[2-4]|[uo]l|blockquote|table|pre)>")
PICTURES = 1_000
DETAILS = ("mime", "caption", "credit", "width", "height", "size")
TAKEN = re.compile(r"<(?:img|figure|head|title)[\s/>]", re.I)


def html_body(html: str, base: str = "") -> tuple[str, tuple[Media, ...]]:
    """The sanitised HTML, in a paragraph at least, and the pictures that stood in it. base: of relative addresses. Raises Unreadable."""
    left, media = without_pictures(html, base)
    cleaned = clean_html(left, base)
    return (cleaned if BLOCK.search(cleaned) or not cleaned else f"<p>{cleaned}</p>"), media


def text_body(text: str) -> str:
    return html_of_lines(fitting(text))


def without_pictures(html: str, base: str = "") -> tuple[str, tuple[Media, ...]]:
    """The HTML, still to be cleaned, and what was in it. Raises Unreadable when it is too long or has too many."""
    places = sum(1 for _ in TAKEN.finditer(fitting(html)))
    if places > PICTURES:
        raise Unreadable("its body has more than %(most)d pictures", most=PICTURES)
    root = parsed(html) if places else None
    if root is None:
        return html, ()
    left, found = xhtml(root)
    placed = (replace(picture, address=medium(picture.address, base)) for picture in found)
    return fitting(left), distinct(picture for picture in placed if picture.address)


def distinct(media: Iterable[Media]) -> tuple[Media, ...]:
    """Each address once, where it stands first, with what any of its mentions tells."""
    found: dict[str, Media] = {}
    for one in media:
        kept = found.get(one.address, one)
        found[one.address] = replace(kept, **{name: value for name in DETAILS if not getattr(kept, name) and (value := getattr(one, name))})
    return tuple(found.values())


def fitting(html: str) -> str:
    if len(html) > ITEM_BYTES:
        raise Unreadable("its body is longer than %(most)d characters", most=ITEM_BYTES)
    return html


def parsed(html: str) -> Element | None:
    """None when there is nothing in it, or when it goes too deep for the parser to see its end."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    return None if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log) else root
