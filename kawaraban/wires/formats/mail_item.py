"""The copy that a mail is by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from kawaraban.wires.copy import Copy, Link, Media, Relation, Subject, Unreadable
from kawaraban.wires.formats import mail_parts as parts
from kawaraban.wires.formats.dispatches import Dispatch, asides, language, placed
from kawaraban.wires.formats.mail_headers import header, identifiers, sender
from kawaraban.wires.guids import derived
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.moments import moment
from kawaraban.wires.orders import Orders, orders
from kawaraban.wires.words import clean_html, html_of, text_of
from kawaraban.wires.wrapping import unwrapped

NAME = "mail"
REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|転送|返信)\s?[:：]\s*)+", re.I)
SIGNATURE, SIGNED = ("-- ", "--"), 15  # the line above a signature; the most lines that it takes
EMBARGO = ("embargo", "embargo-until", "x-embargo", "x-embargo-until")
LISTED = re.compile(r"[,、;]")
PRIORITIES = {"1": 2, "2": 3, "3": 5, "4": 7, "5": 8}
IMPORTANCES = {"high": 3, "urgent": 3, "normal": 5, "low": 7, "non-urgent": 7}
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
LINKS = 50
ORDERING = 5  # paragraphs of HTML that may be orders


@dataclass(frozen=True, slots=True)
class Body:
    html: str = ""
    text: str = ""
    above: Dispatch = Dispatch()  # what stood above the text
    dateline: str = ""


def item(message: Message, leaves: list[Message], media: list[Media]) -> Copy:
    headline = subject(message)
    published = moment(header(message, "date"))
    name, address = sender(header(message, "from"))
    body = body_of(leaves)
    ordered = ordered_by(message, body.above.orders)
    given = identifiers(header(message, "message-id")) or header(message, "message-id").split()
    organization = header(message, "organization")
    expires = moment(header(message, "expires"))
    return Copy(
        format=NAME,
        guid=given[0] if given else derived(headline, published, body.text),
        status=ordered.status,
        headline=headline,
        byline=body.above.byline or (name if organization else ""),
        dateline=body.dateline,
        language=spoken(message) or language(headline + body.text),
        urgency=urgency(message),
        published=published,
        embargoed_until=ordered.embargoed_until,
        agency=organization or name or address.rpartition("@")[2],
        usage_terms=f"Expires {expires.isoformat()}" if expires else "",
        editorial_note="\n".join(body.above.orders),
        subjects=tuple(Subject("", word) for part in LISTED.split(header(message, "keywords")) if (word := part.strip())),
        body_html=body.html,
        body_text=body.text,
        media=tuple(media),
        links=tuple(dict.fromkeys(links(message, ordered.relation, given[:1])))[:LINKS],
        address=archived(message),
    )


def subject(message: Message) -> str:
    return REPLY.sub("", header(message, "subject"), count=1)


def ordered_by(message: Message, lines: tuple[str, ...] = ()) -> Orders:
    """What the headers order, and lines of the text."""
    embargo = [f"EMBARGO: {value}" for name in EMBARGO if (value := header(message, name))]
    killed = ["KILL"] if header(message, "control").lower().startswith("cancel ") else []
    return orders((subject(message), *embargo, *killed, *lines), issued=moment(header(message, "date")))


def body_of(leaves: list[Message]) -> Body:
    """The plain texts, else the first HTML, else a text that is attached. Raises Unreadable when it is too long."""
    own = list(filter(parts.is_text, leaves))
    plain = [text for leaf in own if parts.mime(leaf) == "text/plain" and (text := bounded(parts.text(leaf))).strip()]
    html = [text for leaf in own if parts.mime(leaf) == "text/html" and (text := bounded(parts.text(leaf))).strip()]
    if not plain and html:
        return of_html(html[0])
    attached = (bounded(parts.text(leaf)) for leaf in leaves if parts.mime(leaf) == "text/plain" and leaf not in own)
    return of_text("\n\n".join(plain) or next(attached, ""))


def bounded(text: str) -> str:
    if len(text) > ITEM_BYTES:
        raise Unreadable("its text is longer than %(most)d characters", most=ITEM_BYTES)
    return text


def of_text(told: str) -> Body:
    text = told.replace("\r\n", "\n").replace("\r", "\n")
    above, lines = asides(unsigned(text.rstrip("\n").split("\n")))
    dateline, text = placed(unwrapped("\n".join(lines)), ())
    html = html_of(text)
    return Body(html, text_of(html), above, dateline)


def unsigned(lines: list[str]) -> list[str]:
    place = next((place for place in range(len(lines) - 1, max(0, len(lines) - 2 - SIGNED), -1) if lines[place] in SIGNATURE), len(lines))
    return lines[:place]


def of_html(told: str) -> Body:
    """Its orders stay where they are."""
    begun, ended = (told.lower().find(tag) for tag in ("<head", "</head>"))
    html = clean_html(told if begun < 0 or ended < begun else told[:begun] + told[ended:])
    text = text_of(html)
    above, _ = asides(text.split("\n\n")[:ORDERING])
    return Body(html, text, above)


def spoken(message: Message) -> str:
    told = header(message, "content-language").partition(",")[0].strip()
    return told if TAG.fullmatch(told) else ""


def urgency(message: Message) -> int:
    """Urgency is a number from 1 to 9, X-Priority one from 1 to 5, Importance and Priority are words."""
    given = header(message, "urgency")[:1]
    if given in set("123456789"):
        return int(given)
    if found := PRIORITIES.get(header(message, "x-priority")[:1]):
        return found
    return IMPORTANCES.get(header(message, "importance").lower() or header(message, "priority").lower(), 5)


def links(message: Message, relation: Relation | None, own: list[str]) -> Iterator[Link]:
    """What it supersedes and answers; an order to kill or to correct is about these."""
    earlier = identifiers(header(message, "references"))
    answered = identifiers(header(message, "in-reply-to")) or earlier[-1:]
    for name in ("supersedes", "obsoletes", "control"):
        yield from (Link(relation or Relation.UPDATES, guid) for guid in identifiers(header(message, name)))
    yield from (Link(relation or Relation.SEE_ALSO, guid) for guid in answered if guid not in own)
    yield from (Link(Relation.SEE_ALSO, guid) for guid in earlier if guid not in (*own, *answered))


def archived(message: Message) -> str:
    found = identifiers(header(message, "archived-at"))
    return found[0] if found and found[0].startswith(("https://", "http://")) else ""
