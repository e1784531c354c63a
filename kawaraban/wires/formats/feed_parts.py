"""Feeds in parts of one item each, so that an item that feedparser chokes on stops none of its neighbours, and none asks for much time."""

import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import feedparser
from lxml import etree

from kawaraban.wires.allowance import spend_marks
from kawaraban.wires.copy import Unreadable
from kawaraban.wires.formats.feed_text import CDATA, mended
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.words import one_line
from kawaraban.wires.xml import Element, IllFormed, parsed, told

# What feedparser reads in a second or two; some of it takes the square of these.
ELEMENTS = 100_000  # of a feed
FIELDS = 200  # elements of an item beside its text
MARKS = 400_000  # of < and & in a feed to be put right
NAMESPACES = 100
LOOSE_CHARACTERS, LOOSE_MARKS, LOOSE_TERMS = 500_000, 50_000, 5_000
LONGEST, LONGEST_ADDRESS = 300, 2_000  # characters of a field

ITEMS = {"item", "entry", "deleted-entry"}
WORDY = {"title", "description", "summary", "content", "encoded", "body", "abstract", "rights", "copyright", "div"}
ADDRESSES = {"link", "guid", "id", "uri", "url"}
PEOPLE = {"author", "creator", "contributor"}
MAILBOX = re.compile(r"(?:mailto:)?[^\s@<>()]{1,99}@[^\s@<>()]{1,199}(?:\s*\((.*)\))?|(.*)<[^\s@<>]{1,99}@[^\s@<>]{1,199}>", re.S)
XML = "{http://www.w3.org/XML/1998/namespace}"
KEPT = ("version", f"{XML}base", f"{XML}lang")  # attributes of the root
# What feedparser takes long over, or for the text of an item; under another name it leaves them alone.
RENAMED = re.compile(
    r"(</?)(?:(?:[\w-]{1,20}:)?(author|creator|contributor|publisher|managingEditor|webMaster|name)|media:(title|description|text))(?=[\s/>])", re.I
)
END = re.compile(r"</(?:[\w-]{1,20}:)?(?:item|entry)\s*>", re.I)


def tree(text: str) -> Element:
    """The feed's root, of a feed put right if need be. Raises IllFormed when it can't be, Unreadable for what is not safe."""
    try:
        return sane(parsed(text.encode("utf-8", "replace")))
    except IllFormed:
        if text.count("<") + text.count("&") > MARKS:
            raise
    return sane(parsed(mended(text).encode("utf-8", "replace")))


def sane(root: Element) -> Element:
    if sum(1 for _ in root.iter()) > ELEMENTS or len(root.nsmap) > NAMESPACES:
        raise Unreadable("the feed has more than %(most)d elements or %(namespaces)d namespaces", most=ELEMENTS, namespaces=NAMESPACES)
    return root


def taken_apart(root: Element) -> list[Element]:
    """The items, none within another, taken out of the feed."""
    if local(root) in ITEMS:
        return [root]
    found = [element for element in root.iter(etree.Element) if local(element) in ITEMS]
    within = set(found)
    items = [item for item in found if within.isdisjoint(item.iterancestors())]
    for item in items:
        item.getparent().remove(item)
    return items


def local(element: Element) -> str:
    return etree.QName(element).localname


def shell(root: Element) -> Element:
    """A root like the feed's, with nothing in it."""
    tag = etree.QName(etree.QName(root).namespace, "feed") if local(root) in ITEMS else root.tag
    return etree.Element(tag, {name: root.get(name) for name in KEPT if root.get(name) is not None}, nsmap=root.nsmap)


def entry_of(item: Element, around: Element) -> Any:
    """What feedparser makes of an item. around: the shell that it is put in for that. Raises Unreadable."""
    keep_modest(item)
    around.append(item)
    document = etree.tostring(around, encoding="utf-8")
    around.remove(item)
    if len(document) > ITEM_BYTES:
        raise Unreadable("it is longer than %(most)d bytes", most=ITEM_BYTES)
    if document.count(b"xmlns") > 2 * NAMESPACES:
        raise Unreadable("it has more than %(most)d namespaces", most=2 * NAMESPACES)
    spend_marks((document.count(b"\n") + document.count(b"&")) // 2)  # over each feedparser takes half as long as the cleaning of its text does
    entries = understood(document).entries
    if len(entries) != 1:
        raise Unreadable("nothing can be found in it")
    return entries[0]


def keep_modest(item: Element) -> None:
    """Cuts names and terms that are none. Raises Unreadable when there are too many."""
    fields = [field for child in item if local(child) not in WORDY for field in child.iter(etree.Element)]
    if len(fields) > FIELDS:
        raise Unreadable("it has more than %(most)d elements beside its text", most=FIELDS)
    for field in fields:
        field.text = (field.text or "")[: LONGEST_ADDRESS if local(field) in ADDRESSES else LONGEST]


def taken_people(element: Element) -> str:
    """The authors of an item or a feed; their elements are taken out of it, as feedparser takes long over a name."""
    authors = [child for child in element if isinstance(child.tag, str) and local(child) in PEOPLE]
    for author in authors:
        element.remove(author)
    names = (told(author, "{*}name") or name_in(told(author)[:LONGEST]) for author in authors if local(author) != "contributor")
    return ", ".join(dict.fromkeys(filter(None, names)))


def name_in(person: str) -> str:
    """The name alone of `kei@wire.example (Kei)`, `Kei <kei@wire.example>` and `Kei`."""
    found = MAILBOX.fullmatch(person.strip())
    return next((name.strip() for name in found.groups() if name), "") if found else person


def loose_people(entry: Any) -> str:
    """The author of an item that `loosely` found."""
    found = (dict.get(entry, f"x-{name}") for name in ("name", "creator", "author"))
    return next((name_in(one_line(text[:LONGEST])) for text in found if isinstance(text, str) and text.strip()), "")


def understood(document: bytes) -> Any:
    """Raises Unreadable: it fails in many ways on what nobody means."""
    try:
        return feedparser.parse(BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the library names no errors of its own
        raise Unreadable("feedparser can't read it: %(kind)s", kind=type(error).__name__) from None


def loosely(text: str, reason: IllFormed) -> tuple[Any, list[Any]]:
    """What feedparser makes of a feed that is no XML, and its items; one in which the text breaks off is None. Raises Unreadable."""
    if len(text) > LOOSE_CHARACTERS:
        raise Unreadable("%(reason)s; and it is too large to be read in spite of that", reason=reason.fault)
    text = RENAMED.sub(r"\1x-\2\3", CDATA.sub(lambda found: escape(found[0][9:].removesuffix("]]>")), mended(text)))
    terms = sum(map(text.count, ("<category", "<keywords", "<dc:subject")))
    if text.count("<") > LOOSE_MARKS or terms > LOOSE_TERMS:
        raise Unreadable("%(reason)s; and it has too many elements to be read in spite of that", reason=reason.fault)
    found = understood(text.encode("utf-8", "replace"))
    if not found.entries:
        raise Unreadable("%(reason)s; and it has no items that can be made out", reason=reason.fault)
    ended = len(END.findall(text))
    return found, found.entries[:ended] + [None] * (len(found.entries) > ended)
