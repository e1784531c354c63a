"""JSON Feed 1.0 and 1.1. Source: https://www.jsonfeed.org/version/1.1/"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kawaraban.wires.addresses import medium, web
from kawaraban.wires.copy import Copy, Media, Subject, Unreadable
from kawaraban.wires.formats.bodies import distinct, html_body, text_body
from kawaraban.wires.items import all_read
from kawaraban.wires.moments import moment
from kawaraban.wires.objects import Fields, number, objects, payload, sound, told, told_in_lines
from kawaraban.wires.words import text_of

NAME = "jsonfeed"
VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1')


@dataclass(frozen=True, slots=True)
class Feed:
    """What items have from their feed."""

    byline: str
    language: str
    base: str


def fits(data: bytes) -> bool:
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    return plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{") and VERSION.search(plain) is not None


def read(data: bytes) -> list[Copy]:
    fields, *others = payload(data)
    if others or not isinstance(fields, dict) or not isinstance(fields.get("items"), list):
        raise Unreadable("this is no JSON Feed: it has no items")
    whole = sound({name: value for name, value in fields.items() if name != "items"})
    base = web(told(whole, "home_page_url")) or web(told(whole, "feed_url"))
    return all_read(fields["items"], partial(item, Feed(byline(whole), told(whole, "language"), base)))


def item(feed: Feed, value: object) -> Copy:
    fields = sound(value)
    address = web(told(fields, "url"), feed.base)
    guid = told(fields, "id") or address
    if not guid:
        raise Unreadable("it has neither an id nor a url")
    html, figures = body(fields, address or feed.base)
    return Copy(
        format=NAME,
        guid=guid,
        headline=told(fields, "title"),
        byline=byline(fields) or feed.byline,
        language=told(fields, "language") or feed.language,
        published=moment(told(fields, "date_published")),
        updated=moment(told(fields, "date_modified")),
        subjects=tuple(dict.fromkeys(Subject("", tag) for found in objects(fields, "tags") if (tag := told(found, "name")))),
        body_html=html,
        body_text=text_of(html),
        media=distinct((*pictures(fields, feed.base), *attachments(fields, feed.base), *figures)),
        address=address,
    )


def byline(fields: Fields) -> str:
    """The authors of 1.1, the author of 1.0."""
    return ", ".join(filter(None, (told(author, "name") for author in objects(fields, "authors") or objects(fields, "author"))))


def body(fields: Fields, base: str) -> tuple[str, tuple[Media, ...]]:
    """The HTML, else the text, else the summary."""
    if html := told_in_lines(fields, "content_html"):
        return html_body(html, base)
    return text_body(told_in_lines(fields, "content_text", "summary")), ()


def pictures(fields: Fields, base: str) -> Iterator[Media]:
    return (Media(address) for name in ("image", "banner_image") if (address := medium(told(fields, name), base)))


def attachments(fields: Fields, base: str) -> Iterator[Media]:
    for found in objects(fields, "attachments"):
        if address := medium(told(found, "url"), base):
            yield Media(address, mime=told(found, "mime_type"), caption=told(found, "title"), size=number(found, "size_in_bytes"))
