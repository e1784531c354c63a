"""The parts of a NewsML 1.2 item: components within components, at the bottom content items of text and media.

Source: NewsML 1.2 functional specification, 5.7 to 5.9, https://iptc.org/standards/newsml-1/
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kawaraban.wires.copy import Media, Unreadable
from kawaraban.wires.formats.contents import Content, best_of, decoded, limited, marked_up, reachable, written
from kawaraban.wires.formats.markup import from_base64
from kawaraban.wires.words import one_line, text_of
from kawaraban.wires.xml import Element, attribute, number, told

MOST = 1_000  # components and content items of an item
MEDIUM = ("image/", "video/", "audio/")
MEDIA = {"photo", "photograph", "picture", "image", "graphic", "animation", "video", "audio", "thumbnail", "preview", "写真", "画像", "動画", "図"}
CAPTIONS = {"caption", "photocaption", "キャプション", "写真説明", "絵解き"}
TEXTS = {"main", "maintext", "text", "article", "story", "body", "本文"}
WIDTHS, HEIGHTS = {"width", "pixelwidth", "imagewidth", "幅"}, {"height", "pixelheight", "imageheight", "高さ"}


def formal(element: Element | None, path: str = ".") -> str:
    """A formal name for comparison: in lower case, letters alone."""
    return re.sub(r"[\W_]", "", attribute(element, path, "FormalName")).lower()


def role(component: Element) -> str:
    return formal(component, "Role")


def texts_of(item: Element) -> list[Element]:
    """The components of an item that are neither media nor captions, the outer before the inner. Raises Unreadable when it has too many."""
    if len(list(islice(item.iter("NewsComponent", "ContentItem"), MOST + 1))) > MOST:
        raise Unreadable("it has more than %(most)d components and content items", most=MOST)
    return [found for component in item.iterfind("NewsComponent") for found in within(component)]


def within(component: Element) -> Iterator[Element]:
    if role(component) not in MEDIA | CAPTIONS:
        yield component
        for inner in component.iterfind("NewsComponent"):
            yield from within(inner)


def carried(component: Element, guid: str, is_within: bool = False) -> Content:
    """The text and the media of a component; what stands with a medium within another component is its caption."""
    inner = [(role(child), carried(child, guid, True)) for child in component.iterfind("NewsComponent")]
    own = [content(element, guid) for element in component.iterfind("ContentItem")]
    own += [found for kind, found in inner if kind not in CAPTIONS]
    captions = [found for kind, found in inner if kind in CAPTIONS]
    texts, media = [found for found in own if found.html], [medium for found in own if not found.html for medium in found.media]
    if is_media(component, media, texts) and is_within:
        texts, captions = [], captions + texts
    is_choice = (component.get("EquivalentsList") or "").lower() == "yes"
    text = joined(best_text(texts) if is_choice else texts)
    media = best_of(media) if is_choice else media
    return replace(text, media=(*text.media, *captioned(media, captions, component, is_within)))


def is_media(component: Element, media: list[Media], texts: list[Content]) -> bool:
    if role(component) in MEDIA:
        return True
    return bool(media) and role(component) not in TEXTS and all(text.nitf is None for text in texts)


def best_text(texts: list[Content]) -> list[Content]:
    """Of texts that are offered instead of each other one in NITF, or else the first."""
    return ([text for text in texts if text.nitf] or texts)[:1]


def joined(texts: list[Content]) -> Content:
    inner = next((text.nitf for text in texts if text.nitf), None)
    return Content(limited("".join(text.html for text in texts)), tuple(medium for text in texts for medium in text.media), inner)


def captioned(media: Iterable[Media], captions: list[Content], component: Element, is_within: bool) -> Iterator[Media]:
    """Media with the caption and the credit that their component has for them; the lines of the outermost are about the text."""
    lines = component.find("NewsLines") if is_within else None
    caption = " ".join(one_line(text_of(text.html)) for text in captions) or told(lines, "HeadLine")
    credit = told(lines, "CreditLine") or told(lines, "ByLine")
    for medium in media:
        yield replace(medium, caption=medium.caption or caption, credit=medium.credit or credit)


def content(item: Element, guid: str) -> Content:
    """What a content item holds or points at."""
    data, mime = item.find(".//DataContent"), attribute(item, "MimeType", "FormalName").lower()
    if data is None:
        return Content(media=tuple(pointed_at(item, mime)))
    if len(data):
        is_wrapped = len(data) == 1 and not (data.text or "").strip() and not (data[0].tail or "").strip()
        return marked_up(data[0] if is_wrapped else data, guid)
    text, is_base64 = data.text or "", "base64" in attribute(item, ".//Encoding", "Notation").lower()
    if is_base64 and (mime.startswith(MEDIUM) or formal(item, "MediaType") in MEDIA):
        media = (replace(medium(item, mime), address="media", size=len(found), content=found) for found in [from_base64(text)] if found)
        return Content(media=tuple(media))
    return written(decoded(text) if is_base64 else text, mime)


def pointed_at(item: Element, mime: str) -> Iterator[Media]:
    if address := reachable(item.get("Href") or ""):
        yield replace(medium(item, mime), address=address)


def medium(item: Element, mime: str) -> Media:
    """What a content item's characteristics tell of a medium."""
    width, height = 0, 0
    for known in item.iterfind("Characteristics/Property"):
        width = number(known.get("Value")) if formal(known) in WIDTHS else width
        height = number(known.get("Value")) if formal(known) in HEIGHTS else height
    return Media("", mime, width=width, height=height, size=number(told(item, "Characteristics/SizeInBytes")))
