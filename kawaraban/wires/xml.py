"""XML of strangers: no entities of theirs, nothing fetched, no depth without end. lxml."""

from lxml import etree

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import DEPTH


def parsed(data: bytes) -> etree._Element:
    """The root of a document. Raises Unreadable.

    A document type is allowed, since NITF and NewsML 1.2 come with one, but it is not
    loaded, and the entities that it declares are refused.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(f"this is not well-formed XML: {error}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Unreadable("the document declares entities of its own, which are not read")
    if depth(root) > DEPTH:
        raise Unreadable(f"its elements are nested more than {DEPTH} deep")
    return root


def depth(root: etree._Element) -> int:
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
        if deepest > DEPTH:
            break
    return deepest
