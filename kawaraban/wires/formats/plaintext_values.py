"""What the values of plain text's header block tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import normalize

from kawaraban.wires.copy import Link, Media, Relation, Status, Subject
from kawaraban.wires.dates import has_time, spoken
from kawaraban.wires.enclosures import file_name
from kawaraban.wires.formats.plaintext_keys import LANGUAGE_OF, NOTHING, RELATIONS, STATUS_OF, URGENCY_OF, spelt
from kawaraban.wires.moments import JAPAN, moment

BEYOND_ASCII = re.compile("[^\x00-\x7f]")
GUID = re.compile(r"[!-~]{0,200}[0-9][!-~]{0,200}")
CODED = re.compile(r"(?P<scheme>[A-Za-z][\w.-]{0,40}):(?P<code>[!-~]{1,100})(?:\s+(?P<name>.*))?", re.ASCII)
LIST = re.compile(r"[,、，;；]")
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
NUMBER = re.compile(r"[0-9]{1,6}")
KANJI = str.maketrans("一二三四五六七八九", "123456789")
LAST = re.compile("最終|final", re.I)
LAST_VERSION = 99
WEB = re.compile(r"https?://[^\s<>\"\\]{1,2000}", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the block. field: of KEYS, "" for a key that is not known."""

    field: str
    value: str
    is_japanese: bool = False

    def moment(self, issued: datetime | None = None) -> datetime | None:
        """Without a zone it is Japan's when key or value are Japanese, else UTC."""
        return spoken(self.value, issued, JAPAN) if self.is_japanese or BEYOND_ASCII.search(self.value) else moment(self.value)


def embargo(told: Iterable[Told], issued: datetime | None) -> tuple[datetime | None, bool]:
    """When it ends; and whether something that is told has no end that could be kept."""
    ends = [line.moment(issued) if has_time(line.value) else None for line in told if spelt(line.value) not in NOTHING]
    return max(filter(None, ends), default=None), None in ends


def status(word: str) -> Status:
    return STATUS_OF.get(spelt(word), Status.WITHHELD) if word else Status.USABLE


def version(value: str) -> int:
    if LAST.search(value):
        return LAST_VERSION
    found = NUMBER.search(normalize("NFKC", value).translate(KANJI))
    return max(1, int(found[0])) if found else 1


def urgency(value: str) -> int:
    found = NUMBER.search(normalize("NFKC", value))
    return max(1, min(int(found[0]), 9)) if found else URGENCY_OF.get(spelt(value), 5)


def language(value: str) -> str:
    return value if TAG.fullmatch(value) else LANGUAGE_OF.get(spelt(value), "")


def listed(told: Iterable[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for line in told for part in LIST.split(line.value) if (word := part.strip())))


def subject(word: str) -> Subject:
    """`medtop:04000000 経済` is a code of a scheme, anything else a word of the agency's own."""
    found = CODED.fullmatch(word)
    return Subject(found["scheme"], found["code"], found["name"] or "") if found else Subject("", word)


def links(told: Iterable[Told]) -> Iterator[Link]:
    for line in told:
        relation = RELATIONS.get(line.field)
        yield from (Link(relation, word) for word in guids(line.value) if relation)


def guids(value: str) -> list[str]:
    """The identifiers that a value names; none when it says something in words."""
    words = LIST.sub(" ", value).split()
    return words if all(GUID.fullmatch(word) for word in words) else []


def remarks(told: Iterable[Told], is_open: bool) -> Iterator[str]:
    """What the lines that name other items say in words, and those of an embargo that can't be kept."""
    for line in told:
        in_words = line.field in RELATIONS and not guids(line.value) and spelt(line.value) not in NOTHING
        if in_words or (is_open and line.field == "embargoed_until"):
            yield line.value


def kills(told: Iterable[Told]) -> bool:
    return any(RELATIONS.get(line.field) is Relation.KILLS and spelt(line.value) not in NOTHING for line in told)


def media(told: Iterable[Told]) -> list[Media]:
    """The pictures, each with the caption and the credit that follow it."""
    found: list[Media] = []
    for line in told:
        if line.field == "picture" and (address := web(line.value) or file_name(line.value)):
            found.append(Media(address))
        elif found and line.field == "caption":
            found[-1] = replace(found[-1], caption=line.value)
        elif found and line.field == "credit":
            found[-1] = replace(found[-1], credit=line.value)
    return found


def web(value: str) -> str:
    found = WEB.fullmatch(value)
    return found[0] if found else ""
