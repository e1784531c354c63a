"""What a NewsML item of either generation carries: NITF, XHTML, HTML or plain text, as sanitised HTML with its media."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from typing import Any

from kawaraban.wires.copy import Copy, Media, Unreadable
from kawaraban.wires.formats import nitf
from kawaraban.wires.formats.markup import from_base64, nitf_html, nitf_media, xhtml
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.words import clean_html, html_of, text_of
from kawaraban.wires.xml import Element

FRAGMENTS = {"body.content", "block"}  # of NITF, without its envelope
LOOKS_LIKE_HTML = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|body|html)\b[^<>]{0,200}>", re.I)
WITHIN = re.compile(r"""[^\x00-\x1f\\:*?"<>|]+""")  # a name within a package
INDENTED = re.compile("\n(?=\u3000)")  # how a paragraph of Japanese text begins
KINDS = ("image/", "video/", "audio/")
SECONDS = 5  # headlines
MEDIA = 100  # of an item
UNTOLD = Copy(format="", guid="")
LEADING = re.compile(r"(?:file:)?(?:\.?/)*", re.I)
AT = re.compile(r"(?:https?|ftp)://|cid:|urn:|tag:", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """html: sanitised. nitf: what NITF tells beside the text."""

    html: str = ""
    media: tuple[Media, ...] = ()
    nitf: Copy | None = None


def marked_up(element: Element, guid: str) -> Content:
    """An element that holds NITF or XHTML; of any other its words."""
    if element.tag == "nitf":
        inner = nitf.item(element, guid)
        return Content(inner.body_html, reached(inner.media), replace(inner, media=()))
    html, media = (nitf_html(element), nitf_media(element)) if element.tag in FRAGMENTS else xhtml(element)
    return Content(clean_html(limited(html)), reached(media))


def written(text: str, mime: str = "") -> Content:
    """Text that is HTML by its type or, when that tells nothing, by its look, or else plain."""
    if "html" in mime or (mime != "text/plain" and LOOKS_LIKE_HTML.search(text)):
        return Content(clean_html(limited(text)))
    return Content(html_of(INDENTED.sub("\n\n", limited(text))))


def decoded(text: str) -> str:
    """The text that is written in base64."""
    return from_base64(text).decode("utf-8", "replace")


def under(lines: Iterable[str], html: str) -> str:
    """A body with second headlines above it, as far as it hasn't them itself."""
    heads = (head for line in islice(lines, SECONDS) if (head := f"<h2>{escape(line, quote=False)}</h2>") not in html)
    return limited("".join(heads) + html)


def limited(html: str) -> str:
    if len(html) > ITEM_BYTES:
        raise Unreadable("its body is longer than %(most)d characters", most=ITEM_BYTES)
    return html


def reached(media: Iterable[Media]) -> tuple[Media, ...]:
    """The media with an address, as it may be used, or a content."""
    return tuple(replace(medium, address=reachable(medium.address)) for medium in media if medium.content or reachable(medium.address))


def reachable(address: str) -> str:
    """An address of the net or of a mail's part as it is, a path as the name of a file in the package; "" for any other."""
    told = address.strip()
    if AT.match(told):
        return told
    name = LEADING.sub("", told, count=1).strip()
    return name if WITHIN.fullmatch(name) and ".." not in name.split("/") else ""


def best_of(media: Iterable[Media]) -> list[Media]:
    """Of the renditions of one piece the widest of each kind: picture, video, sound."""
    found: dict[str, Media] = {}
    for medium in media:
        kind = medium.mime.partition("/")[0] if medium.mime.startswith(KINDS) else ""
        if kind not in found or (medium.width, medium.size) > (found[kind].width, found[kind].size):
            found[kind] = medium
    return list(found.values())


def with_content(copy: Copy, content: Content) -> Copy:
    """The copy of an envelope with what it carries; media of its own come first."""
    if len(copy.media) + len(content.media) > MEDIA:
        raise Unreadable("it has more than %(most)d pictures and other media", most=MEDIA)
    filled = replace(copy, body_html=content.html, body_text=text_of(content.html), media=copy.media + content.media)
    return filled if content.nitf is None else nitf.completed(filled, content.nitf)


def filled(copy: Copy, **spare: Any) -> Copy:
    """The copy with other values for what it does not tell."""
    return replace(copy, **{name: value for name, value in spare.items() if value and getattr(copy, name) == getattr(UNTOLD, name)})
