"""NewsML 1.x, as agencies use it in version 1.2. Source: https://iptc.org/standards/newsml-1/ (functional specification of 10 October 2003)

Items that hold a set of topics instead of news are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from itertools import islice

from kawaraban.wires.copy import Copy, Link, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats.components import carried, formal, joined, texts_of
from kawaraban.wires.formats.concepts import each_once
from kawaraban.wires.formats.contents import filled, under, with_content
from kawaraban.wires.formats.nitf import UNTOLD
from kawaraban.wires.formats.topics import Topics, parties, people, places, subjects, topics_of
from kawaraban.wires.items import all_read
from kawaraban.wires.moments import JAPAN, moment
from kawaraban.wires.words import one_line
from kawaraban.wires.xml import Element, attribute, each_told, number, parsed, root_name, told, unqualified

NAME = "newsml1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PUBLIC = re.compile(r"(urn:newsml:[^:]+:[^:]+:.+):([0-9]{1,9})[NUA]?", re.ASCII | re.I)
CANCELED = {"canceled", "cancelled"}
KILLING = {"kill", "mandatorykill", "cancel", "withdraw", "withdrawal", "delete", "取消", "取り消し", "配信取消", "削除", "使用中止"}
CORRECTING = {"correct", "correction", "rectify", "rectification", "訂正"}
PARTIAL = {"A", "U"}  # how a revision is marked that tells only what it changes
MANY = 1_000  # subjects, places, people, instructions, changes to come


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is told of the items that follow."""

    language: str = ""
    sender: str = ""
    sent: str = ""
    priority: int = 0
    services: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An item with what its document tells about it. texts: its components without media and captions."""

    element: Element
    envelope: Envelope
    topics: Topics
    guid: str
    version: int
    texts: list[Element]
    instructions: frozenset[str]

    def first(self, path: str) -> str:
        return next((found for component in self.texts if (found := told(component, path))), "")

    def each(self, path: str) -> list[str]:
        """What the first component that tells any of it tells."""
        return next((found for component in self.texts if (found := each_told(component, path))), [])

    def parties(self, path: str) -> list[str]:
        return parties((party for component in self.texts for party in component.iterfind(path)), self.topics)

    @property
    def language(self) -> str:
        given = (attribute(component, "DescriptiveMetadata/Language", "FormalName") for component in self.texts)
        marked = (element.get(LANGUAGE) or "" for element in (*self.texts[:1], self.element))
        return next(filter(None, (*given, *marked)), self.envelope.language)

    @property
    def zone(self) -> tzinfo:
        """Of moments that name none: Japanese agencies mean theirs."""
        return JAPAN if self.language.lower().startswith("ja") else UTC


def fits(data: bytes) -> bool:
    return root_name(data) == "NewsML"


def read(data: bytes) -> list[Copy]:
    root = unqualified(parsed(data))
    if root.tag != "NewsML":
        raise Unreadable("the root is %(name)s, not NewsML", name=root.tag[:60])
    return all_read(items(root), partial(item, topics=topics_of(root)))


def items(root: Element) -> Iterator[tuple[Element, Envelope]]:
    """The news items, also those within another, each with the envelope before it."""
    envelope, latest = Envelope(root.get(LANGUAGE) or ""), None
    for child in root.iterchildren("NewsEnvelope", "NewsItem"):
        if child.tag == "NewsEnvelope":
            latest = child
            continue
        if latest is not None:
            envelope, latest = envelope_of(latest, root), None
        yield from ((element, envelope) for element in child.iter("NewsItem") if element.find("TopicSet") is None)


def envelope_of(element: Element, root: Element) -> Envelope:
    services = (Subject("service", name) for path in ("NewsService", "NewsProduct") if (name := attribute(element, path, "FormalName")))
    return Envelope(
        language=element.get(LANGUAGE) or root.get(LANGUAGE) or "",
        sender=attribute(element, "SentFrom/Party", "FormalName"),
        sent=told(element, "DateAndTime"),
        priority=min(number(attribute(element, "Priority", "FormalName")), 9),
        services=tuple(services),
    )


def item(sent: tuple[Element, Envelope], topics: Topics) -> Copy:
    """The copy of an item. Raises Unreadable."""
    element, envelope = sent
    guid, version = identity(element)
    if not guid:
        raise Unreadable("it has no identifier: neither a PublicIdentifier nor a NewsItemId")
    instructions = frozenset(map(formal, islice(element.iterfind("NewsManagement/Instruction"), MANY)))
    this = Told(element, envelope, topics, guid, version, texts_of(element), instructions)
    copy = managed(this)
    content = joined([carried(component, guid) for component in element.iterfind("NewsComponent")])
    copy = with_content(described(copy, this), replace(content, html=under(this.each("NewsLines/SubHeadLine"), content.html)))
    return filled(
        copy,
        headline=told(element, "Identification/NameLabel") or copy.slugline,
        byline=", ".join(name for name in this.parties("AdministrativeMetadata/Creator/Party") if name != copy.agency),
        published=moment(envelope.sent, this.zone),
        urgency=envelope.priority,
    )


def identity(element: Element) -> tuple[str, int]:
    """The identifier without its revision, "" when it has none, and the revision."""
    found = element.find("Identification/NewsIdentifier")
    version = number(told(found, "RevisionId"))
    public, parts = told(found, "PublicIdentifier"), [told(found, name) for name in ("ProviderId", "DateId", "NewsItemId")]
    built = f"urn:newsml:{':'.join(parts)}" if all(parts) else parts[-1]
    guid, revision = unrevised(public) if public and public != built else (built, 0)
    return guid, version or revision or 1


def unrevised(public: str) -> tuple[str, int]:
    """A public identifier without its revision, and the revision; 0 when it has none."""
    found = PUBLIC.fullmatch(public)
    return (found[1], number(found[2])) if found else (public, 0)


def managed(this: Told) -> Copy:
    """What tells the management of the item, with its identification."""
    management = this.element.find("NewsManagement")
    first, last = (moment(told(management, name), this.zone) for name in ("FirstCreated", "ThisRevisionCreated"))
    ends = changes(this, {"usable"}) if formal(management, "Status") == "embargoed" else []
    status = status_of(this, ends)
    provider = told(this.element, "Identification/NewsIdentifier/ProviderId")
    return Copy(
        format=NAME,
        guid=this.guid,
        version=this.version,
        status=status,
        language=this.language,
        urgency=min(number(attribute(management, "Urgency", "FormalName")), 9) or UNTOLD,
        published=first or last,
        updated=last if first and last != first else None,
        embargoed_until=max(filter(None, ends), default=None),
        agency=next(iter(this.parties("AdministrativeMetadata/Provider/Party")), "") or this.envelope.sender or provider,
        copyright=this.first("NewsLines/CopyrightLine") or holder(this),
        usage_terms="\n".join(dict.fromkeys(terms(this))),
        editorial_note="\n".join(dict.fromkeys(notes(this))),
        links=tuple(dict.fromkeys(links(this, status))),
    )


def described(copy: Copy, this: Told) -> Copy:
    """The copy with what tell the lines and the metadata of its texts."""
    found = islice(subjects(this.texts, this.topics), MANY)
    return replace(
        copy,
        headline=this.first("NewsLines/HeadLine"),
        slugline=this.first("NewsLines/SlugLine"),
        byline=", ".join(this.each("NewsLines/ByLine")),
        dateline=this.first("NewsLines/DateLine"),
        subjects=each_once((*found, *this.envelope.services)),
        places=tuple(dict.fromkeys(filter(None, islice(places(this.texts, this.topics), MANY)))),
        people=tuple(dict.fromkeys(filter(None, islice(people(this.texts, this.topics), MANY)))),
    )


def status_of(this: Told, ends: list[datetime | None]) -> Status:
    """ends: of an embargo. Withheld by a word that is not known, or by an embargo without an end that can be read."""
    given = this.element.find("NewsManagement/Status")
    if this.instructions & KILLING or formal(given) in CANCELED:
        return Status.CANCELED
    is_usable = given is None or formal(given) == "usable" or (ends and all(ends))
    update = attribute(this.element, "Identification/NewsIdentifier/RevisionId", "Update").upper()
    if update not in PARTIAL or this.element.find("NewsComponent") is not None:
        return Status.USABLE if is_usable else Status.WITHHELD
    if is_usable and not ends:
        raise Unreadable("it only changes parts of an earlier revision of %(guid)s; ask the agency for the whole item", guid=this.guid[:200])
    return Status.WITHHELD


def changes(this: Told, words: set[str]) -> list[datetime | None]:
    """When its status will become one of some words."""
    changing = islice(this.element.iterfind("NewsManagement/StatusWillChange"), MANY)
    return [moment(told(change, "DateAndTime"), this.zone) for change in changing if formal(change, "FutureStatus") in words]


def links(this: Told, status: Status) -> Iterator[Link]:
    """The revision that it follows, related items, items in its components. What a first revision kills or corrects are the related ones."""
    is_kill, is_correction = status is Status.CANCELED, bool(this.instructions & CORRECTING)
    relation = Relation.KILLS if is_kill else Relation.CORRECTS if is_correction else Relation.UPDATES
    previous = number(attribute(this.element, "Identification/NewsIdentifier/RevisionId", "PreviousRevision"))
    previous = previous or number(attribute(this.element, "NewsManagement/Instruction/RevisionStatus", "Revision"))
    others = [*related(this.element, "NewsManagement/DerivedFrom"), *related(this.element, "NewsManagement/AssociatedWith")]
    is_about_others = bool(others) and not previous and this.version == 1 and (is_kill or is_correction)
    if not is_kill and (previous or (is_correction and not is_about_others)):
        yield Link(relation, this.guid, previous)
    yield from (Link(relation, link.guid, 0 if is_kill else link.version) if is_about_others else link for link in others)
    for component in this.texts:
        yield from related(component, "NewsItemRef")
        yield from (Link(Relation.SEE_ALSO, *found) for element in component.iterfind("NewsItem") if (found := identity(element))[0])


def related(element: Element, path: str) -> Iterator[Link]:
    """The items that elements refer to, save those by their place in the document."""
    for found in islice(element.iterfind(path), MANY):
        guid, version = unrevised(one_line(found.get("NewsItem") or ""))
        if guid and not guid.startswith("#"):
            yield Link(Relation.SEE_ALSO, guid, version)


def holder(this: Told) -> str:
    name, date = (this.first(f"RightsMetadata/Copyright/{part}") for part in ("CopyrightHolder", "CopyrightDate"))
    return " ".join(filter(None, ("©" if name else "", date, name)))


def terms(this: Told) -> Iterator[str]:
    yield from this.each("NewsLines/RightsLine")
    for component in this.texts:
        yield from (", ".join(filter(None, map(told, rights))) for rights in component.iterfind("RightsMetadata/UsageRights"))
    yield from (f"Expires {end.isoformat()}" for end in changes(this, {"withheld", *CANCELED}) if end)


def notes(this: Told) -> Iterator[str]:
    """What the agency says to the desk, and lines of kinds that it has of its own."""
    yield from each_told(this.element, "Comment")
    yield from each_told(this.element, "NewsManagement/Instruction/Comment")
    for component in this.texts:
        for line in component.iterfind("NewsLines/NewsLine"):
            kind, text = attribute(line, "NewsLineType", "FormalName"), told(line, "NewsLineText")
            yield from (f"{kind}: {text}" if kind else text for _ in [text] if text)
