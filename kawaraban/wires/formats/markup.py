"""Bodies marked up in NITF or XHTML: as HTML, still to be cleaned, and the media that stand in them.

Elements are named without namespaces. Source: NITF 3.6, https://iptc.org/standards/nitf/
"""

import binascii
from base64 import b64decode
from collections.abc import Iterator
from html import escape
from itertools import islice

from lxml import etree

from kawaraban.wires.copy import Media
from kawaraban.wires.xml import Element, attribute, each_told, number, told

NAMES = {
    "p": "p",
    "hl2": "h2",
    "dt": "p",
    "dd": "p",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "pre": "pre",
    "thead": "thead",
    "tbody": "tbody",
    "tfoot": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}
INLINE = {"em": "em", "strong": "strong", "sub": "sub", "sup": "sup"}
FLOWING = {"block", "body.content", "nitf-table", "dl", "note", "fn", "abstract", "tagline"}
SILENT = {"media", "hr", "nitf-table-metadata", "custom-table", "caption", "byline", "dateline", "copyrite"}
BLOCKS = NAMES.keys() | FLOWING | SILENT | {"bq", "table"}
MANY = 1_000  # media that are looked at


def nitf_html(element: Element) -> str:
    """What an element such as `body.content` holds; text that stands loose becomes paragraphs. Without media and notes to the desk."""
    done: list[str] = []
    loose = [escape(element.text or "")]
    for child in element:
        if child.tag in BLOCKS:
            done += paragraph(loose), block(child)
            loose = []
        else:
            loose.append(inline(child))
        loose.append(escape(child.tail or ""))
    return "".join([*done, paragraph(loose)])


def paragraph(loose: list[str]) -> str:
    text = "".join(loose).strip(" \t\n")
    return f"<p>{text}</p>" if text else ""


def block(element: Element) -> str:
    tag = element.tag
    if tag in SILENT or is_for_the_desk(element):
        return ""
    if tag == "bq":
        return f"<blockquote>{nitf_html(element)}</blockquote>"
    if tag == "table":
        caption = escape(told(element, "caption"))
        return f"{paragraph([caption])}<table>{inner(element)}</table>"
    if tag in NAMES:
        return f"<{NAMES[tag]}>{inner(element)}</{NAMES[tag]}>"
    return nitf_html(element)


def inner(element: Element) -> str:
    found = [escape(element.text or "")]
    for child in element:
        found += (block(child) if child.tag in BLOCKS else inline(child)), escape(child.tail or "")
    return "".join(found)


def inline(element: Element) -> str:
    tag = element.tag
    if tag == "br":
        return "<br>"
    if tag == "a" and element.get("href"):
        return f'<a href="{escape(element.get("href"))}">{inner(element)}</a>'
    if tag == "q":
        return f"“{inner(element)}”"
    if tag in INLINE:
        return f"<{INLINE[tag]}>{inner(element)}</{INLINE[tag]}>"
    return inner(element)


def is_for_the_desk(element: Element) -> bool:
    """Whether it is a note that is not for publication."""
    return element.tag == "note" and (element.get("type") == "npa" or element.get("noteclass") == "editorsnote")


def desk_notes(body: Element) -> list[str]:
    return [note for element in body.iter("note") if is_for_the_desk(element) and (note := told(element))]


def nitf_media(body: Element) -> list[Media]:
    """The media elements of a body; of several references to one medium the widest."""
    return [found for element in islice(body.iter("media"), MANY) if (found := nitf_medium(element))]


def nitf_medium(element: Element) -> Media | None:
    references = element.findall("media-reference")
    best = max(references, key=lambda reference: number(reference.get("width")), default=None)
    content = decoded(element.find("media-object"))
    address = "" if best is None else (best.get("source") or best.get("name") or "").strip()
    if not address and not content:
        return None
    return Media(
        address=address or f"{attribute(element, '.', 'id') or 'media'}",
        mime=attribute(element, "media-reference", "mime-type") if best is None else (best.get("mime-type") or "").strip(),
        caption=caption_of(element) or attribute(element, "media-reference", "alternate-text"),
        credit=told(element, "media-producer") or attribute(element, "media-reference", "copyright"),
        width=0 if best is None else number(best.get("width")),
        height=0 if best is None else number(best.get("height")),
        size=len(content),
        content=content,
    )


def caption_of(element: Element) -> str:
    """The paragraphs of all captions, in one line."""
    found = (part for caption in element.iterfind("media-caption") for part in each_told(caption, "p") or [told(caption)])
    return " ".join(filter(None, found))


def decoded(element: Element | None) -> bytes:
    if element is None or (element.get("encoding") or "").strip().lower() != "base64":
        return b""
    return from_base64("".join(element.itertext()))


def from_base64(text: str) -> bytes:
    """The bytes; none when it isn't base64."""
    try:
        return b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def xhtml(root: Element) -> tuple[str, list[Media]]:
    """The body of an `html` element, or of a part of one, and the pictures in it. These, with their figures, are taken out of the tree."""
    body = root.find("body")
    body = root if body is None else body
    media = list(pictures(body))
    etree.strip_elements(body, "head", "figure", "img", with_tail=False)
    return etree.tostring(body, encoding="unicode", method="html", with_tail=False), media


def pictures(body: Element) -> Iterator[Media]:
    captions: dict[Element, str] = {}  # of figures, each read once however many pictures it has
    for image in body.iter("img"):
        address = (image.get("src") or "").strip()
        if address and not address.startswith("data:"):
            figure = next(image.iterancestors("figure"), None)
            if figure is not None and figure not in captions:
                captions[figure] = told(figure, "figcaption")
            caption = ("" if figure is None else captions[figure]) or attribute(image, ".", "alt")
            yield Media(address=address, caption=caption, width=number(image.get("width")), height=number(image.get("height")))
