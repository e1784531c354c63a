"""What a NewsML-G2 item carries: its text, which may be offered in several markups, and its media in several sizes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from kawaraban.wires.copy import Media
from kawaraban.wires.formats.contents import Content, decoded, marked_up, reachable, written
from kawaraban.wires.formats.markup import from_base64
from kawaraban.wires.formats.qcodes import word
from kawaraban.wires.xml import Element, number

MANY = 100  # renditions that are looked at


def offered(item: Element) -> list[Element]:
    return list(islice(item.iterfind("contentSet/*"), MANY))


def text(item: Element, guid: str) -> Content:
    """The text in the best markup that has any; else what NITF without a text tells."""
    spare = Content()
    for element in sorted(offered(item), key=rank):
        found = inline(element, guid)
        if found.html:
            return replace(found, nitf=found.nitf or spare.nitf)
        spare = spare if spare.nitf else found
    return spare


def rank(element: Element) -> int:
    """NITF before XHTML before whatever else."""
    held = element[0].tag if len(element) else ""
    return 0 if held == "nitf" or "nitf" in mime(element) else 1 if held == "html" or "html" in mime(element) else 2


def inline(element: Element, guid: str) -> Content:
    if element.tag == "inlineXML" and len(element):
        return marked_up(element[0], guid)
    if element.tag != "inlineData" or is_medium(element):
        return Content()
    told = "".join(element.itertext())
    return written(decoded(told) if is_base64(element) else told, mime(element))


def media(item: Element, like: Media) -> Iterator[Media]:
    """All renditions of media. like: what is told of each of them."""
    for element in offered(item):
        address = reachable(element.get("href") or element.get("residref") or "") if element.tag == "remoteContent" else ""
        content = from_base64("".join(element.itertext())) if is_medium(element) else b""
        if address or content:
            width, height, size = (number(element.get(name)) for name in ("width", "height", "size"))
            told = replace(like, mime=mime(element), width=width, height=height, size=size or len(content))
            yield replace(told, address=address or "media", content=content)


def is_medium(element: Element) -> bool:
    return element.tag == "inlineData" and is_base64(element) and not mime(element).startswith("text/")


def is_base64(element: Element) -> bool:
    return word(element, "encoding") == "base64"


def mime(element: Element) -> str:
    return (element.get("contenttype") or "").partition(";")[0].strip().lower()
