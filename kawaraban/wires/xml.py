"""XML of strangers: no entities of theirs, nothing fetched, no depth without end. lxml."""

import codecs
import re
from html import unescape
from typing import TypeAlias

from lxml import etree

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.items import all_read as all_read
from kawaraban.wires.limits import DEPTH, PAYLOAD_BYTES
from kawaraban.wires.words import one_line

Element: TypeAlias = etree._Element

HEAD = 8_192  # bytes in which the root has to begin
MARKS = 1_000_000  # of < and =: bounds the memory that elements and attributes take
NAMED = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
SHIFT_JIS = re.compile(rb"""<\?xml[^>]{0,100}encoding=["'](?:shift[-_]jis|x-sjis|sjis)["']""", re.I)
DIGITS = re.compile(r"\s*([0-9]{1,9})\s*", re.ASCII)
TOO_DEEP = etree.XPath("boolean(" + "/*" * (DEPTH + 1) + ")")


class IllFormed(Unreadable):
    """This is not well-formed XML."""


def parsed(data: bytes) -> Element:
    """The root of a document. Raises Unreadable.

    A document type is allowed, since NITF and NewsML 1.2 come with one. Neither it nor a file that it names, as NewsML names that of NITF, is
    loaded, and entities that it declares are refused. Those that HTML knows become their character.
    """
    if len(data) > PAYLOAD_BYTES or data.count(b"<") + data.count(b"=") > MARKS:
        raise Unreadable("the document is larger, or has more elements, than any that is read")
    try:
        root = read(data.strip() if data[:1].isspace() else data)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise IllFormed("this is not well-formed XML: %(reason)s", reason=one_line(getattr(error, "msg", None) or str(error))) from None
    if has_own_entities(root):
        raise Unreadable("the document declares entities of its own, which are not read")
    if TOO_DEEP(root):
        raise Unreadable("its elements are nested more than %(most)d deep", most=DEPTH)
    spell_out(root)
    return root


def read(data: bytes) -> Element:
    """Shift_JIS is read as the code page 932, which is what goes by that name."""
    encoding = None
    if SHIFT_JIS.search(data[:200]):
        data, encoding = data.decode("cp932").encode(), "UTF-8"
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def has_own_entities(root: Element) -> bool:
    """Whether it declares any with a text, or uses one that is kept in a file. Files that only its document type uses are left alone."""
    doctype = root.getroottree().docinfo.internalDTD
    declared = [] if doctype is None else list(doctype.iterentities())
    if any(entity.content is not None for entity in declared):
        return True
    files = {entity.name for entity in declared}
    return bool(files) and any(entity.name in files for entity in root.iter(etree.Entity))


def spell_out(root: Element) -> None:
    """Puts a character in the place of each entity that the document leaves to its document type."""
    for entity in list(root.iter(etree.Entity)):
        parent, before = entity.getparent(), entity.getprevious()
        words = unescape(entity.text) + (entity.tail or "")
        if before is None:
            parent.text = (parent.text or "") + words
        else:
            before.tail = (before.tail or "") + words
        entity.tail = None
        parent.remove(entity)


def root_name(data: bytes) -> str:
    """The local name of the root, from the first bytes alone; "" when there is none. Never raises."""
    text = head_of(data)
    start = len(text) - len(text.lstrip())
    while text.startswith("<", start):
        if text.startswith("<!--", start):
            end = text.find("-->", start)
        elif text.startswith("<?", start):
            end = text.find("?>", start)
        elif text.startswith("<!", start):
            end = end_of_doctype(text, start)
        else:
            found = NAMED.match(text, start)
            return found[1] if found else ""
        start = text.find("<", end) if end >= 0 else len(text)
    return ""


def head_of(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:HEAD].decode("utf-16", "replace")
    return data[:HEAD].decode("utf-8-sig", "replace").replace("\0", "")


def end_of_doctype(text: str, start: int) -> int:
    """Where a document type ends, behind what it declares itself."""
    inner, end = text.find("[", start), text.find(">", start)
    if inner < 0 or end < inner:
        return end
    return text.find(">", max(text.find("]", inner), 0)) if "]" in text[inner:] else -1


def unqualified(root: Element) -> Element:
    """The same tree, its elements named without their namespaces."""
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag[0] == "{":
            element.tag = tag.rpartition("}")[2]
    return root


def told(element: Element | None, path: str = ".") -> str:
    """All text within the first element that a path leads to, in one line; "" when there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else one_line("".join(found.itertext()))


def each_told(element: Element, path: str) -> list[str]:
    """The texts, none empty, of all elements that a path leads to, each once."""
    return list(dict.fromkeys(filter(None, (told(found) for found in element.iterfind(path)))))


def attribute(element: Element | None, path: str, name: str) -> str:
    """An attribute of the first element that a path leads to and that has it; "" when none has."""
    if element is None:
        return ""
    return next((value for found in element.iterfind(path) if (value := one_line(found.get(name, "")))), "")


def number(text: str | None) -> int:
    """A whole number; 0 for what isn't one."""
    found = DIGITS.fullmatch(text or "")
    return int(found[1]) if found else 0
