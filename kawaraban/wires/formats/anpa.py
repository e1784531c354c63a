"""ANPA 1312, the text message of American agencies. Source: ANPA Bulletin 1312, since 1989 NAA 89-3"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from kawaraban.wires.copy import Copy, Link, Relation, Status, Subject, Unreadable
from kawaraban.wires.dates import transmitted
from kawaraban.wires.formats.dispatches import BYLINE, agency_of, language, placed
from kawaraban.wires.formats.framing import Message, messages, parts
from kawaraban.wires.formats.typesetting import Line, lines, tables_joined
from kawaraban.wires.guids import digest
from kawaraban.wires.items import all_read
from kawaraban.wires.orders import Orders, orders, taken
from kawaraban.wires.words import clean_html, one_line

NAME = "anpa"
START = re.compile(rb"\x01\s{0,4}[A-Za-z][0-9]{3,4}[\x1f\r\n A-Za-z-]")
SEEN = 8_192  # bytes in which a message has to begin
HEAD = re.compile(
    r"\s*(?P<level>[a-z])(?P<number>\d{3,4})[^\r\n]{0,40}[\r\n]+(?P<priority>[a-z])[ \t]+(?:(?P<category>[a-z]{1,4})(?=[\x10-\x14\s]))?"
    r"[\x10-\x14 ]*(?P<keyword>[^\s\x10-\x14]{1,80})(?P<version>[^\r\n]{0,200})",
    re.I | re.ASCII,
)
TABULAR = "\x12"
URGENCIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 6, "a": 7, "s": 8}
ADVANCE = ("a", "s")  # sent ahead of its day, which the text may tell
ADVANCED = re.compile(r"\badv(?:ance)?\s?\d{0,2}\b", re.I)
FILED = re.compile(r"\s\d{1,2}-\d{1,2}(?:\s+\d{1,5})?\s*$")
CYCLE = re.compile(r"(?:am|pm|bc|ap)-+", re.I)
PIECE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\s?(add|insert|sub|take)|\b(add|insert|sub|take)\s?(\d{1,2})", re.I | re.ASCII)
SENDER = re.compile(r"\b([A-Z]{2,5})-(?:[A-Z]{2}-)?\d")
ASIDE = re.compile(r"(?:Eds|Editors?'?s?(?: Note)?|HL|[A-Z]{3,12}|code|Update)\s?[:—]|(?:[A-Z]{2,4} )?(?:Photos?|Graphics?|Video|Audio)\b", re.I)
HEADLINE = re.compile(r"HL:\s?", re.I)
NOT_WORDS = re.compile(r"[\W_]+")
ABOVE = 40  # lines that may stand above the text
DAYS_BACK = 2  # how old an item may be that a kill or a correction names by its keyword alone


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines say that stand above the text."""

    headline: str = ""
    byline: str = ""
    versions: str = ""
    orders: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def fits(data: bytes) -> bool:
    return START.search(data[:SEEN]) is not None


def read(data: bytes) -> list[Copy]:
    return all_read(messages(data), item)


def item(data: bytes) -> Copy:
    message = parts(data)
    head = HEAD.match(message.head)
    if head is None:
        raise Unreadable("its head is not service level, number, priority and keyword: %(head)s", head=repr(one_line(message.head)[:60]))
    found = lines(message.text, is_tabular=TABULAR in message.head)
    begun = next((place for place, line in enumerate(found[:ABOVE]) if line.kind != "^"), min(len(found), ABOVE))
    above = said_above(found[:begun], head["keyword"])
    first = found[begun].text if begun < len(found) else ""
    dateline, rest = placed(first, ())
    body = [replace(line, text=rest) if line is found[begun] else line for line in found[begun:]]
    published = transmitted(message.tail)
    ordered = ordered_by(head, above, published)
    key = keyword(head)
    return Copy(
        format=NAME,
        guid=f"{key}-{digest(message.text)}" if published is None else identifier(head, published) + piece(head, above),
        version=int(head["number"]) or 1 if published else 1,
        status=ordered.status,
        headline=above.headline or key,
        slugline=one_line(head["keyword"]),
        byline=above.byline,
        dateline=dateline,
        language=language(above.headline + first),
        urgency=URGENCIES.get(head["priority"].lower(), 5),
        published=published,
        embargoed_until=ordered.embargoed_until,
        agency=sender(message, first),
        editorial_note="\n".join(filter(None, dict.fromkeys((said_of_version(head) if ordered.relation else "", *above.orders, *above.notes)))),
        subjects=(Subject(NAME, head["category"].lower()),) if head["category"] else (),
        body_html=html_of(body),
        body_text="\n\n".join(filter(None, (one_line(line.text) for line in body))),
        links=tuple(links(head, above, published, ordered.relation)),
    )


def said_above(head_lines: Iterable[Line], keyword: str) -> Above:
    found, is_byline = Above(), False
    for line in head_lines:
        kind, besides = taken(line.text)
        byline = BYLINE.fullmatch(line.text)
        if not found.versions and bare(line.text).startswith(bare(keyword)):
            found = replace(found, versions=line.text.partition(",")[2] or line.text)
        elif byline or (is_byline and line.is_centred):
            found = replace(found, byline=", ".join(filter(None, (found.byline, (byline and (byline[1] or byline[2])) or line.text))))
        elif kind and (kind == "embargo" or not besides or found.headline):
            found = replace(found, orders=(*found.orders, line.text))
        elif HEADLINE.match(line.text) or not (found.headline or ASIDE.match(line.text)):
            found = replace(found, headline=HEADLINE.sub("", line.text, count=1))
        else:
            found = replace(found, notes=(*found.notes, line.text))
        is_byline = bool(byline)
    return found


def bare(keyword: str) -> str:
    return NOT_WORDS.sub("", CYCLE.sub("", keyword.casefold(), count=1))


def html_of(found: list[Line]) -> str:
    tags = {"^": "h2", "\b": "pre", "": "p"}
    return clean_html("".join(f"<{tags[line.kind]}>{escape(line.text, quote=False)}</{tags[line.kind]}>" for line in tables_joined(found)))


def ordered_by(head: re.Match[str], above: Above, published: datetime | None) -> Orders:
    """What head and lines order. An advance that doesn't tell when it may be used is withheld."""
    said = versions(head, above)
    told = orders((above.headline, *above.orders), "/".join(re.split(r"[-,.\s]+", said)), published)
    is_advance = head["priority"].lower() in ADVANCE or ADVANCED.search(said)
    is_held = is_advance and told.embargoed_until is None and told.status is Status.USABLE
    return replace(told, status=Status.WITHHELD) if is_held else told


def versions(head: re.Match[str], above: Above) -> str:
    """What the head and the first line say of this version: 1st Ld-Writethru, KILL."""
    return f"{said_of_version(head)} {above.versions}"[:200]


def said_of_version(head: re.Match[str]) -> str:
    return one_line(FILED.sub("", head["version"]))


def keyword(head: re.Match[str]) -> str:
    """The keyword without the cycle in which it was sent, morning or evening."""
    return CYCLE.sub("", one_line(head["keyword"]), count=1) or head["keyword"]


def identifier(head: re.Match[str], day: datetime) -> str:
    """All that a service sends of one keyword on one day is one item, of which the transmission numbers are the versions."""
    return f"{head['level'].lower()}-{day:%Y%m%d}-{keyword(head).lower()}"


def piece(head: re.Match[str], above: Above) -> str:
    """What tells a piece of a long text from the text that it belongs to."""
    found = PIECE.search(versions(head, above))
    return f"-{(found[2] or found[3]).lower()}{found[1] or found[4]}" if found else ""


def sender(message: Message, text: str) -> str:
    found = SENDER.search(message.tail)
    return agency_of(text) or (found[1] if found else "")


def links(head: re.Match[str], above: Above, published: datetime | None, relation: Relation | None) -> Iterator[Link]:
    if published is None:
        return
    if piece(head, above):
        yield Link(Relation.SEE_ALSO, identifier(head, published))
    elif relation in (Relation.KILLS, Relation.CORRECTS):
        yield from (Link(relation, identifier(head, published - timedelta(days=days))) for days in range(1, DAYS_BACK + 1))
