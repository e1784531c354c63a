"""RSS 0.9x, 1.0 and 2.0, and Atom, as feedparser understands them; with Media RSS, and deleted entries of Atom.

Source: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec,
RFC 4287 (Atom), RFC 6721 (deleted entries), RFC 5023 (drafts)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from kawaraban.wires.addresses import medium, web
from kawaraban.wires.copy import Copy, Media, Status, Subject, Unreadable
from kawaraban.wires.formats.bodies import distinct, html_body, text_body
from kawaraban.wires.formats.feed_parts import XML, entry_of, local, loose_people, loosely, shell, taken_apart, taken_people, tree
from kawaraban.wires.formats.feed_text import feed_text
from kawaraban.wires.formats.media_rss import taken_media, text_in
from kawaraban.wires.items import all_read
from kawaraban.wires.moments import moment
from kawaraban.wires.words import clean_html, one_line, text_of
from kawaraban.wires.xml import HEAD, Element, IllFormed, head_of, number, root_name, told

NAME = "rss"
LANGUAGE = f"{XML}lang"
# Roots, and what says that they are of a feed: others have roots of these names as well.
SIGNS = {"rss": "", "RDF": "rss/|rdf/simple", "feed": "atom", "entry": "atom"}


@dataclass(frozen=True, slots=True)
class Channel:
    """What items have from their feed."""

    byline: str = ""
    agency: str = ""
    language: str = ""
    copyright: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What of an item is read beside feedparser."""

    byline: str
    media: list[Media]
    language: str = ""
    status: Status = Status.USABLE


def fits(data: bytes) -> bool:
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    root = root_name(head)
    return root in SIGNS and any(sign in head_of(head).lower() for sign in SIGNS[root].split("|"))


def read(data: bytes) -> list[Copy]:
    text = feed_text(data)
    try:
        root = tree(text)
    except IllFormed as reason:
        feed, entries = loosely(text, reason)
        return all_read(entries, partial(loose_item, loose_channel(feed.feed)))
    items, around = taken_apart(root), shell(root)
    return all_read(items, partial(item, Channel() if root in items else channel(root), around))


def channel(root: Element) -> Channel:
    """Of a feed without its items. The authors of an Atom feed are those of its entries."""
    head = root.find("{*}channel")
    head = root if head is None else head
    rights = next((found for name in ("rights", "copyright") if (found := head.find(f"{{*}}{name}")) is not None), None)
    links = (link.get("href") or told(link) for link in head.iterfind("{*}link") if link.get("rel", "alternate") == "alternate")
    return Channel(
        byline=taken_people(root),
        agency=named(told(head, "{*}publisher")),
        language=told(head, "{*}language") or head.get(LANGUAGE) or root.get(LANGUAGE, ""),
        copyright="" if rights is None else text_in(rights),
        base=next(filter(None, (web(link, root.get(f"{XML}base", "")) for link in links)), ""),
    )


def loose_channel(feed: Any) -> Channel:
    """Of what feedparser made of a feed."""
    return Channel(language=words(feed, "language"), copyright=plain(feed, "rights"), base=web(words(feed, "link")))


def item(feed: Channel, around: Element, element: Element) -> Copy:
    if local(element) == "deleted-entry":
        return deleted(feed, element)
    is_draft = told(element, "{*}control/{*}draft").lower() == "yes"
    aside = Aside(
        byline=taken_people(element),
        media=taken_media(element, feed.base),
        language=element.get(LANGUAGE, ""),
        status=Status.WITHHELD if is_draft else Status.USABLE,
    )
    return copy(feed, entry_of(element, around), aside)


def deleted(feed: Channel, element: Element) -> Copy:
    guid = one_line(element.get("ref", ""))
    if not guid:
        raise Unreadable("it deletes an entry, and does not say which")
    return Copy(
        format=NAME,
        guid=guid,
        status=Status.CANCELED,
        updated=moment(element.get("when", "")),
        agency=feed.agency,
        editorial_note=told(element, "{*}comment"),
    )


def loose_item(feed: Channel, entry: Any) -> Copy:
    if entry is None:
        raise Unreadable("the feed breaks off in it")
    described = [*entry.get("media_content", []), *entry.get("media_thumbnail", [])[:1]]
    media = [
        Media(address, mime=words(found, "type"), width=number(found.get("width")), height=number(found.get("height")))
        for found in described
        if (address := medium(words(found, "url"), feed.base))
    ]
    return copy(feed, entry, Aside(loose_people(entry), media))


def copy(feed: Channel, entry: Any, aside: Aside) -> Copy:
    address = page(entry, feed.base)
    html, figures = body(entry, address or feed.base)
    headline = plain(entry, "title")
    guid = words(entry, "id") or address or fingerprint(headline, html)
    if not guid:
        raise Unreadable("it has neither a guid nor a link, a title or a text")
    return Copy(
        format=NAME,
        guid=guid,
        status=aside.status,
        headline=headline,
        byline=aside.byline or feed.byline,
        language=words(entry, "language") or aside.language or feed.language,
        published=moment(words(entry, "published") or words(entry, "created")) or moment(words(entry, "updated")),
        updated=moment(words(entry, "updated")),
        agency=named(words(entry, "publisher")) or words(entry.get("source") or {}, "title") or feed.agency,
        copyright=plain(entry, "rights") or feed.copyright,
        usage_terms="\n".join(dict.fromkeys(web(words(link, "href")) for link in links(entry, "license"))),
        subjects=tuple(dict.fromkeys(subjects(entry))),
        body_html=html,
        body_text=text_of(html),
        media=distinct((*enclosures(entry, feed.base), *aside.media, *figures)),
        address=address,
    )


def page(entry: Any, base: str) -> str:
    """The link, else a guid that is one. By RSS each guid is an address that does not say otherwise, which is often wrong."""
    link = words(entry, "link")
    is_guid = dict.get(entry, "guidislink") and link == words(entry, "id")
    return web(link, "" if is_guid else base)


def words(found: Any, name: str) -> str:
    """A text of what feedparser made, in one line. It fills in some that are not there, with a warning; those are left alone."""
    value = dict.get(found, name)
    return one_line(value) if isinstance(value, str) else ""


def plain(found: Any, name: str) -> str:
    """A text that may be HTML, as text in one line."""
    value, detail = dict.get(found, name), dict.get(found, f"{name}_detail") or {}
    if not isinstance(value, str):
        return ""
    return one_line(text_of(clean_html(value)) if "html" in detail.get("type", "") else value)


def fingerprint(headline: str, html: str) -> str:
    """Stands in for an identifier where there is none, the same at each poll."""
    said = f"{headline}\n{html}".strip()
    return f"sha256:{sha256(said.encode()).hexdigest()}" if said else ""


def named(publisher: str) -> str:
    """The name; it is often the address of a webmaster."""
    return "" if "@" in publisher else publisher


def subjects(entry: Any) -> Iterator[Subject]:
    for tag in dict.get(entry, "tags") or []:
        if term := words(tag, "term"):
            yield Subject(words(tag, "scheme"), term, words(tag, "label"))


def body(entry: Any, base: str) -> tuple[str, tuple[Media, ...]]:
    """The content, HTML rather than text, else the summary. Raises Unreadable."""
    contents = [found for found in dict.get(entry, "content") or [] if found.get("value", "").strip() and is_text(found.get("type", ""))]
    best = min(contents, key=lambda found: "html" not in found["type"], default=None) or dict.get(entry, "summary_detail") or {}
    value = best.get("value") or ""
    if "html" in best.get("type", "html"):
        return html_body(value, web(best.get("base") or "", base) or base)
    return text_body(value), ()


def is_text(mime: str) -> bool:
    return "html" in mime or mime.startswith("text/")


def links(entry: Any, relation: str) -> list[Any]:
    return [link for link in dict.get(entry, "links") or [] if link.get("rel") == relation]


def enclosures(entry: Any, base: str) -> Iterator[Media]:
    for link in links(entry, "enclosure"):
        if address := medium(words(link, "href"), base):
            yield Media(address, mime=words(link, "type").lower(), caption=words(link, "title"), size=number(link.get("length")))
