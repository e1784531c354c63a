"""NewsML-G2 2.x: news items and packages, alone or in a message. Source: https://iptc.org/standards/newsml-g2/ (2.36)

Items that carry knowledge or plans instead of news are passed over: a message of nothing else can be read, and holds no copy.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice

from kawaraban.wires.copy import Copy, Link, Media, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats.concepts import each_once, parties, people, places, subjects
from kawaraban.wires.formats.contents import Content, best_of, filled, under, with_content
from kawaraban.wires.formats.nitf import UNTOLD
from kawaraban.wires.formats.qcodes import LANGUAGE, Names, declared, names_of, word
from kawaraban.wires.formats.renditions import media, text
from kawaraban.wires.items import all_read
from kawaraban.wires.moments import moment
from kawaraban.wires.words import html_of, one_line
from kawaraban.wires.xml import Element, number, parsed, root_name, told, unqualified

NAME = "newsmlg2"
KINDS = {"newsItem", "packageItem"}
PASSED_OVER = {"knowledgeItem", "conceptItem", "planningItem", "catalogItem"}
STATUSES = {"usable": Status.USABLE, "withheld": Status.WITHHELD, "canceled": Status.CANCELED, "cancelled": Status.CANCELED}
# Beside IPTC's words those of agencies: IPTC's signals have no kill.
KILLING = {"kill", "mandatorykill", "cancel", "withdraw", "withdrawal"}
CORRECTING = {"correction", "correct", "corrects"}
UPDATING = {"update", "updates", "replaceprev"}
RELATIONS = {
    **dict.fromkeys((*UPDATING, "previousversion", "replaces", "supersedes"), Relation.UPDATES),
    **dict.fromkeys((*CORRECTING, "correctionof"), Relation.CORRECTS),
    **dict.fromkeys((*KILLING, "kills", "cancels", "withdraws"), Relation.KILLS),
}
TEXT = {"", "text", "composite"}  # natures of items whose description is a summary; that of others is a caption
MANY = 1_000  # elements of one name that are looked at
MAIN = {"", "main", "title", "headline"}  # roles of a headline

Parts = dict[str, list[Element]]


def fits(data: bytes) -> bool:
    return root_name(data) in {"newsMessage", *KINDS, *PASSED_OVER}


@dataclass(frozen=True, slots=True)
class Message:
    """What a message tells of the items in it."""

    sender: str = ""
    sent: datetime | None = None
    priority: int = 0
    schemes: dict[str, str] = field(default_factory=dict)


ALONE = Message()


def read(data: bytes) -> list[Copy]:
    root = unqualified(parsed(data))
    if root.tag == "newsMessage":
        message, found = headed(root.find("header")), root.findall("itemSet/*")
    elif root.tag in KINDS | PASSED_OVER:
        message, found = ALONE, [root]
    else:
        raise Unreadable("the root is %(name)s, not an item or a message of NewsML-G2", name=root.tag[:60])
    return all_read((element for element in found if element.tag not in PASSED_OVER), partial(item, message=message))


def headed(header: Element | None) -> Message:
    return Message(told(header, "sender"), moment(told(header, "sent")), min(number(told(header, "priority")), 9), declared(header))


@dataclass(frozen=True, slots=True)
class Told:
    """What an item tells, by the names of the elements of its two metadata."""

    element: Element
    guid: str
    names: Names
    meta: Parts
    content: Parts
    signals: frozenset[str]


def item(element: Element, message: Message = ALONE) -> Copy:
    """The copy of an item. Raises Unreadable."""
    if element.tag not in KINDS:
        raise Unreadable("%(name)s is not a kind of item that is read", name=element.tag[:60])
    this = gathered(element, message.schemes)
    copy = with_content(described(managed(this), this), carried(this))
    return filled(
        copy,
        headline=this.names.chosen(this.content["headline"]) or this.names.chosen(this.meta["title"]) or copy.slugline,
        byline=", ".join(name for name in parties(this.content["creator"], this.names) if name != copy.agency),
        agency=message.sender or "".join(parties(this.content["infoSource"], this.names)[:1]),
        published=message.sent,
        urgency=message.priority,
    )


def gathered(element: Element, schemes: dict[str, str]) -> Told:
    guid = one_line(element.get("guid") or "")
    if not guid:
        raise Unreadable("this %(name)s has no guid", name=element.tag[:60])
    meta, content = parts(element.find("itemMeta")), parts(element.find("contentMeta"))
    language = next((tag for found in content["language"] if (tag := one_line(found.get("tag") or ""))), element.get(LANGUAGE) or "")
    signals = frozenset(word(signal) for signal in meta["signal"])
    return Told(element, guid, names_of(element, language, schemes), meta, content, signals)


def parts(element: Element | None) -> Parts:
    found: Parts = defaultdict(list)
    for child in () if element is None else element:
        if len(found[child.tag]) < MANY:
            found[child.tag].append(child)
    return found


def managed(this: Told) -> Copy:
    """What tell the metadata of the item."""
    meta = this.meta
    first, last = time(meta["firstCreated"]), time(meta["versionCreated"])
    copy = Copy(
        format=NAME,
        guid=this.guid,
        version=number(this.element.get("version")) or 1,
        status=status_of(this),
        language=this.names.language,
        published=first or last or time(this.content["contentCreated"]),
        updated=last if first and last != first else None,
        embargoed_until=time(meta["embargoed"]),
        agency="".join(parties(meta["provider"], this.names)[:1]),
        copyright="\n".join(notices(this)),
        usage_terms="\n".join(terms(this)),
        editorial_note="\n".join(texts(meta["edNote"])),
        address=next((href for found in meta["altRep"] if (href := found.get("href") or "").startswith(("https://", "http://"))), ""),
    )
    return replace(copy, links=tuple(dict.fromkeys((*links(this, copy), *members(this)))))


def described(copy: Copy, this: Told) -> Copy:
    """The copy with what tell the metadata of the content."""
    content, names = this.content, this.names
    other_signals = [signal for signal in this.meta["signal"] if word(signal) not in RELATIONS]
    concepts = (*content["subject"], *content["genre"], *this.meta["service"], *other_signals)
    credit = names.chosen(content["creditline"]) or ", ".join(parties(content["creator"], names))
    return replace(
        copy,
        headline=names.chosen([line for line in content["headline"] if word(line, "role") in MAIN]),
        slugline=names.chosen(content["slugline"]),
        byline=", ".join(texts(content["by"])),
        dateline=names.chosen(content["dateline"]),
        urgency=min(number(names.chosen(content["urgency"])), 9) or UNTOLD,
        subjects=each_once((*subjects(concepts, names), *(Subject("", key) for key in texts(content["keyword"])))),
        places=tuple(dict.fromkeys(places(content["located"], content["subject"], names))),
        people=tuple(dict.fromkeys(people(content["subject"], names))),
        media=tuple(best_of(media(this.element, Media("", caption=caption(this), credit=credit)))),
    )


def status_of(this: Told) -> Status:
    """The strictest one told; withheld by a word that is not known, or by an embargo without an end that can be read."""
    found = {STATUSES.get(word(status), Status.WITHHELD) for status in this.meta["pubStatus"]}
    if Status.CANCELED in found or this.signals & KILLING:
        return Status.CANCELED
    is_open = any(moment(told(embargo)) is None for embargo in this.meta["embargoed"])
    return Status.WITHHELD if is_open or Status.WITHHELD in found else Status.USABLE


def links(this: Told, copy: Copy) -> Iterator[Link]:
    """What the item links to. A link to what it updates is one to what it kills or corrects when the item says that it does so.

    A signal without such a link is about the item's own earlier version; so is a cancellation that is not a first version.
    """
    is_kill = bool(this.signals & KILLING) or (copy.status is Status.CANCELED and copy.version == 1)
    updates = Relation.KILLS if is_kill else Relation.CORRECTS if this.signals & CORRECTING else Relation.UPDATES
    found: set[Relation] = set()
    for element in this.meta["link"]:
        relation = RELATIONS.get(word(element, "rel"), Relation.SEE_ALSO)
        relation = updates if relation is Relation.UPDATES else relation
        target = target_of(element)
        if target and (target != this.guid or copy.status is not Status.CANCELED):
            found.add(relation)
            yield Link(relation, target, 0 if relation is Relation.KILLS else number(element.get("version")))
    if updates not in found and copy.status is not Status.CANCELED and this.signals & (CORRECTING | UPDATING):
        yield Link(updates, this.guid)


def members(this: Told) -> list[Link]:
    """The items of a package, those of its main group first, without those that it says are canceled."""
    if this.element.tag != "packageItem":
        return []
    references = sorted(islice(this.element.iter("itemRef"), MANY), key=lambda reference: word(reference.getparent(), "role") != "main")
    return [
        Link(Relation.SEE_ALSO, target, number(reference.get("version")))
        for reference in references
        if (target := target_of(reference)) and not any(word(status).startswith("cancel") for status in reference.iterfind("pubStatus"))
    ]


def target_of(element: Element) -> str:
    return one_line(element.get("residref") or element.get("href") or "")


def notices(this: Told) -> list[str]:
    rights = this.element.findall("rightsInfo")
    found = texts(notice for one in rights for notice in one.iterfind("copyrightNotice"))
    holders = (holder for one in rights for holder in one.iterfind("copyrightHolder"))
    return found or [f"© {holder}" for holder in parties(holders, this.names)]


def terms(this: Told) -> list[str]:
    found = texts(term for rights in this.element.iterfind("rightsInfo") for term in rights.iterfind("usageTerms"))
    expires = time(this.meta["expires"])
    return [*found, f"Expires {expires.isoformat()}"] if expires else found


def caption(this: Told) -> str:
    """A description that says it is a caption; of an item that is no text, any."""
    given = this.content["description"]
    captions = [found for found in given if word(found, "role") == "caption"]
    return this.names.chosen(captions or ([] if nature(this) in TEXT else given))


def nature(this: Told) -> str:
    return next((word(found) for found in this.meta["itemClass"]), "")


def carried(this: Told) -> Content:
    """What the item carries, below its second headlines; without any text its summary."""
    content = text(this.element, this.guid)
    summaries = (found for found in this.content["description"] if word(found, "role") != "caption")
    html = content.html or ("".join(map(html_of, texts(summaries))) if nature(this) in TEXT else "")
    seconds = texts(line for line in this.content["headline"] if word(line, "role").startswith("sub"))
    return replace(content, html=under(seconds, html))


def texts(elements: Iterable[Element]) -> list[str]:
    """What elements tell, each once."""
    return list(dict.fromkeys(filter(None, map(told, islice(elements, MANY)))))


def time(elements: Iterable[Element]) -> datetime | None:
    """The latest of the moments that elements tell."""
    return max(filter(None, (moment(told(element)) for element in elements)), default=None)
