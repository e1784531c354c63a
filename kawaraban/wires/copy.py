"""Agency copy: the one value that every format becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kawaraban.wires.fault import Fault, Faulty, Value


class Status(StrEnum):
    """Source: https://cv.iptc.org/newscodes/pubstatusg2/"""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Relation(StrEnum):
    """What an item is to the one that a link names."""

    UPDATES = "updates"
    CORRECTS = "corrects"
    KILLS = "kills"
    SEE_ALSO = "see_also"


@dataclass(frozen=True, slots=True)
class Subject:
    """scheme: an address or name of the vocabulary, such as `medtop`; "" for a word of the agency's own."""

    scheme: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or other medium that came with the item."""

    address: str  # an absolute address, `cid:…` of a mail's part, or a name within the package
    mime: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0  # pixels; 0: not told
    height: int = 0
    size: int = 0  # bytes
    content: bytes = b""  # when it came inside the payload


@dataclass(frozen=True, slots=True)
class Link:
    relation: Relation
    guid: str
    version: int = 0  # 0: whichever


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One item in one version. Moments have a zone. Whatever isn't told is empty."""

    format: str
    guid: str
    version: int = 1
    status: Status = Status.USABLE
    headline: str = ""
    slugline: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""  # BCP 47
    urgency: int = 5  # 1 flash … 9 least
    published: datetime | None = None
    updated: datetime | None = None
    embargoed_until: datetime | None = None
    agency: str = ""
    copyright: str = ""
    usage_terms: str = ""
    editorial_note: str = ""
    subjects: tuple[Subject, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    body_html: str = ""  # sanitised
    body_text: str = ""  # paragraphs, an empty line between
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    address: str = ""  # of the item at the agency


SHOWN = 5  # reasons in one sentence


class Unreadable(Faulty):
    """A payload, or an item of it, can't be read. The fault says what is wrong and where; values are those of a text."""

    def __init__(self, what: Fault | str, **values: Value) -> None:
        super().__init__(what if isinstance(what, Fault) else Fault(what, values))


class Partly(Unreadable):
    """Some items of a payload could be read, others not. faults: one for each of those that could not."""

    def __init__(self, read: list[Copy], faults: list[Fault]) -> None:
        self.read, self.faults = read, faults
        count = {"number": len(faults), "all": len(read) + len(faults)}
        super().__init__(Fault("%(number)d of %(all)d items can't be read: %(reasons)s", {**count, "reasons": in_short(faults)}))


def in_short(faults: list[Fault]) -> Fault:
    """The first of several reasons, and how many more there are."""
    shown: dict[str, Value] = {f"reason{place}": fault for place, fault in enumerate(faults[:SHOWN])}
    text = "; ".join(f"%({name})s" for name in shown)
    several = Fault(text, shown)
    more = len(faults) - SHOWN
    return Fault("%(reasons)s; and %(number)d more", {"reasons": several, "number": more}) if more > 0 else several


Read = Callable[[bytes], list[Copy]]
