"""IPTC 7901, the text message of European and Asian agencies. Source: IPTC Recommended Message Format, IPTC TEC 7901, 5th edition"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from kawaraban.wires.copy import Copy, Link, Relation, Subject, Unreadable
from kawaraban.wires.dates import day_time_group
from kawaraban.wires.formats.dispatches import Dispatch, dispatch, language
from kawaraban.wires.formats.framing import Message, messages, parts
from kawaraban.wires.guids import digest
from kawaraban.wires.items import all_read
from kawaraban.wires.orders import keyword, order, orders
from kawaraban.wires.words import html_of, one_line, text_of

NAME = "iptc7901"
START = re.compile(rb"\x01\s{0,4}[A-Za-z]{2,5}\s?[0-9]{3,5}\s+[1-9]\s+[A-Za-z]{1,5}\s")
HEAD = re.compile(
    r"\s*(?P<source>[A-Za-z]{2,5})\s?(?P<number>\d{3,5})[ \t]+(?P<priority>[1-9])[ \t]+(?P<category>[A-Za-z]{1,5})"
    r"(?:[ \t]+(?P<words>\d{1,6}))?(?:[ \t]+(?P<more>[^\r\n]*))?\s*(?:[\r\n]|$)",
    re.ASCII,
)
AGENCY = re.compile(r"(?<!\S)[^\W\d_]{2,20}(?!\S)")
VERSION = re.compile(r"(?:\bv(?:er(?:sion)?)?\.?\s?|第)(\d{1,3})(?:版|\b)", re.I | re.ASCII)
REFERENCE = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,5})\s?(\d{3,5})(?:[-/](\d{8}))?(?!\d)", re.ASCII)
SLASH = re.compile(r"[/;,、]")
SEEN = 8_192  # bytes in which a message has to begin


def fits(data: bytes) -> bool:
    return START.search(data[:SEEN]) is not None


def read(data: bytes) -> list[Copy]:
    return all_read(messages(data), item)


def item(data: bytes) -> Copy:
    message = parts(data)
    head = HEAD.match(message.head)
    if head is None:
        raise Unreadable("its head is not source, number, priority and category: %(head)s", head=repr(one_line(message.head)[:60]))
    slugline = one_line(message.head[head.end() :])
    agency = (AGENCY.findall(head["more"] or "") or [head["source"].upper()])[-1]
    found = dispatch(message.text, (agency, head["source"]))
    published = day_time_group(message.tail)
    ordered = orders((*head_lines(message, head), found.headline, *found.orders), slugline, published)
    html = html_of(found.text)
    return Copy(
        format=NAME,
        guid=identifier(head, published, found),
        version=version(head, slugline),
        status=ordered.status,
        headline=found.headline or slugline,
        slugline=slugline,
        byline=found.byline,
        dateline=found.dateline,
        language=language(found.headline + found.text),
        urgency=int(head["priority"]),
        published=published,
        embargoed_until=ordered.embargoed_until,
        agency=agency,
        editorial_note="\n".join(dict.fromkeys([*filter(order, head_lines(message, head)), *found.orders])),
        subjects=(Subject(NAME, head["category"].lower()), *map(word, words(slugline))),
        body_html=html,
        body_text=text_of(html),
        links=tuple(dict.fromkeys(links(head, (slugline, found.headline, *found.orders), published, ordered.relation))),
    )


def head_lines(message: Message, head: re.Match[str]) -> list[str]:
    return [line for part in message.head[head.end() :].splitlines() if (line := one_line(part))]


def identifier(head: re.Match[str], published: datetime | None, found: Dispatch) -> str:
    """Source, number and day: numbers begin anew. Without a day, what it says."""
    told = f"{head['source'].lower()}{head['number']}"
    return f"{told}-{published:%Y%m%d}" if published else f"{told}-{digest(found.headline, found.text)}"


def version(head: re.Match[str], slugline: str) -> int:
    found = VERSION.search(head["more"] or "") or VERSION.search(slugline)
    return max(1, int(found[1])) if found else 1


def words(slugline: str) -> list[str]:
    return [told for part in SLASH.split(slugline) if (told := part.strip()) and not keyword(told) and not order(told)]


def word(told: str) -> Subject:
    return Subject("", told)


def links(head: re.Match[str], lines: tuple[str, ...], published: datetime | None, relation: Relation | None) -> Iterator[Link]:
    """To the messages that those named by number were. A number that is not above the message's own is of the same day, else of the day before."""
    for source, number, day in REFERENCE.findall(" ".join(lines)) if relation else ():
        is_own = (source.lower(), number) == (head["source"].lower(), head["number"])
        if relation and not is_own and (day or published):
            sent = published and published - timedelta(days=int(number) > int(head["number"]))
            yield Link(relation, f"{source.lower()}{number}-{day or f'{sent:%Y%m%d}'}")
