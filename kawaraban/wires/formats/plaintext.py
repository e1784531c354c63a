"""Plain text under a header block: a line `Key: value` for each thing that is told, an empty line, paragraphs. A format of this project's own."""

import re

from kawaraban.wires.copy import Copy, Status, Unreadable
from kawaraban.wires.encodings import decoded
from kawaraban.wires.formats import plaintext_values as values
from kawaraban.wires.formats.dispatches import language
from kawaraban.wires.formats.plaintext_keys import FIELD_OF, spelt
from kawaraban.wires.formats.plaintext_values import Told
from kawaraban.wires.guids import derived
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.orders import orders
from kawaraban.wires.words import html_of, one_line, text_of
from kawaraban.wires.wrapping import unwrapped

NAME = "plaintext"
SEEN = 8_192  # bytes in which the block has to end
LINES = 200  # of the block
STRICTEST = (Status.CANCELED, Status.WITHHELD, Status.USABLE)
PAIR = re.compile(r"(?P<key>[^\s:：<{\[][^:：]{0,30}?)\s{0,9}[:：](?!//)\s*(?P<value>.*)")


def fits(data: bytes) -> bool:
    """Whether there is a block with two known keys or more, one of them of identifier or headline, and no more unknown ones."""
    told, _ = header(decoded(data[:SEEN].rpartition(b"\n")[0] if len(data) > SEEN else data))
    known = [line.field for line in told if line.field]
    return len(known) > 1 and len(told) <= 2 * len(known) and not {"guid", "headline"}.isdisjoint(known)


def read(data: bytes) -> list[Copy]:
    if len(data) > ITEM_BYTES:
        raise Unreadable("it is longer than %(most)d bytes", most=ITEM_BYTES)
    told, text = header(decoded(data))
    if not any(line.field for line in told):
        raise Unreadable("it doesn't begin with a header block: lines such as 見出し: … or Headline: …, and an empty line behind them")
    return [item(told, text)]


def header(text: str) -> tuple[list[Told], str]:
    """The lines of the block and what follows it; no lines when one of them tells nothing."""
    lines = text.lstrip("\ufeff\r\n \t").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told: list[Told] = []
    for place, line in enumerate(lines[:LINES]):
        if not line.strip():
            return told, "\n".join(lines[place:])
        if line[0].isspace() and told:
            told[-1] = Told(told[-1].field, f"{told[-1].value} {line.strip()}", told[-1].is_japanese)
            continue
        found = PAIR.fullmatch(line)
        if found is None:
            return [], text
        field = FIELD_OF.get(spelt(found["key"]), "")
        if field == "body":
            return told, "\n".join([found["value"], *lines[place + 1 :]])
        told.append(Told(field, one_line(found["value"]), not found["key"].isascii()))
    return (told, "") if len(lines) <= LINES else ([], text)


def item(block: list[Told], text: str) -> Copy:
    told = [line for line in block if line.field and line.value]
    first = {line.field: line for line in reversed(told)}
    said = {field: line.value for field, line in first.items()}
    body = unwrapped(text)
    html = html_of(body)
    published = first["published"].moment() if "published" in first else None
    ordered = orders([said.get("headline", "")], issued=published)
    until, is_open = values.embargo(each(told, "embargoed_until"), published)
    given = {values.status(said.get("status", "")), ordered.status, Status.WITHHELD if is_open else Status.USABLE}
    given |= {Status.CANCELED} if values.kills(told) else set()
    return Copy(
        format=NAME,
        guid=said.get("guid") or derived(said.get("headline", ""), published, body),
        version=values.version(said.get("version", "")),
        status=next(status for status in STRICTEST if status in given),
        **{name: said.get(name, "") for name in ("headline", "slugline", "byline", "dateline", "agency", "copyright")},
        language=values.language(said.get("language", "")) or language(said.get("headline", "") + body),
        urgency=values.urgency(said.get("urgency", "")),
        published=published,
        updated=first["updated"].moment(published) if "updated" in first else None,
        embargoed_until=max(filter(None, (until, ordered.embargoed_until)), default=None),
        usage_terms="\n".join(line.value for line in each(told, "usage_terms")),
        editorial_note="\n".join([*(line.value for line in each(told, "editorial_note")), *values.remarks(told, is_open)]),
        subjects=tuple(map(values.subject, values.listed(each(told, "subjects")))),
        places=values.listed(each(told, "places")),
        people=values.listed(each(told, "people")),
        body_html=html,
        body_text=text_of(html),
        media=tuple(values.media(told)),
        links=tuple(dict.fromkeys(values.links(told))),
        address=values.web(said.get("address", "")),
    )


def each(told: list[Told], field: str) -> list[Told]:
    return [line for line in told if line.field == field]
