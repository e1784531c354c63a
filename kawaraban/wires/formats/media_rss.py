"""The media that a feed's item describes. Source: https://www.rssboard.org/media-rss"""

from collections.abc import Iterator

from lxml import etree

from kawaraban.wires.addresses import medium
from kawaraban.wires.copy import Media, Unreadable
from kawaraban.wires.words import clean_html, one_line, text_of
from kawaraban.wires.xml import Element, number, told

NAMESPACES = {f"http://{host}/mrss{end}" for host in ("search.yahoo.com", "video.search.yahoo.com") for end in ("", "/")}
MOST = 500  # elements of an item
LEFT = {"keywords", "category"}  # to the reader of the feed


def taken_media(item: Element, base: str) -> list[Media]:
    """The media; their elements are taken out of the item, as feedparser would take a caption for its text. Raises Unreadable."""
    parts = [part for part in item if name(part) and name(part) not in LEFT]
    if sum(1 for part in parts for _ in part.iter()) > MOST:
        raise Unreadable("it has more than %(most)d elements about media", most=MOST)
    found = list(media(item, base))
    for part in parts:
        item.remove(part)
    return found


def name(element: Element) -> str:
    """Of an element of Media RSS, without the namespace; "" for any other."""
    if not isinstance(element.tag, str):
        return ""
    found = etree.QName(element)
    return found.localname if found.namespace in NAMESPACES else ""


def media(item: Element, base: str) -> Iterator[Media]:
    """One for each content, and for each group of the same content; a thumbnail where there is neither."""
    groups = [[part] if name(part) == "content" else of(part, "content") for part in item if name(part) in ("content", "group")]
    best = [max(group, key=quality) for group in groups if group]
    for content in best or of(item, "thumbnail")[:1]:
        parent = content.getparent()
        if address := medium(content.get("url") or "", base):
            yield described(address, content, [content, item] if parent is item else [content, parent, item])


def of(element: Element, tag: str) -> list[Element]:
    return [part for part in element if name(part) == tag]


def quality(content: Element) -> tuple[bool, int, int]:
    return content.get("isDefault") == "true", number(content.get("width")), number(content.get("fileSize"))


def described(address: str, content: Element, around: list[Element]) -> Media:
    """around: the content itself, its group, its item. What the nearest says holds."""
    return Media(
        address,
        mime=(content.get("type") or "").strip().lower(),
        caption=nearest(around, "description") or nearest(around, "title"),
        credit=nearest(around, "credit") or nearest(around, "copyright"),
        width=number(content.get("width")),
        height=number(content.get("height")),
        size=number(content.get("fileSize")),
    )


def nearest(around: list[Element], tag: str) -> str:
    found = (", ".join(filter(None, map(text_in, of(element, tag)))) for element in around)
    return next(filter(None, found), "")


def text_in(element: Element) -> str:
    """In one line, whether it says that it is HTML or not."""
    text = told(element)
    return one_line(text_of(clean_html(text))) if element.get("type") == "html" else text
