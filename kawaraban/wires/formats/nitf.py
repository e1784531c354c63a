"""NITF 3.x. Source: https://iptc.org/standards/nitf/ (nitf-3-6.dtd and its documentation)"""

import re
from dataclasses import replace
from datetime import datetime

from kawaraban.wires.copy import Copy, Link, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats.markup import block, desk_notes, nitf_html, nitf_media
from kawaraban.wires.limits import ITEM_BYTES
from kawaraban.wires.moments import moment
from kawaraban.wires.words import clean_html, text_of
from kawaraban.wires.xml import Element, attribute, each_told, number, parsed, root_name, told, unqualified

NAME = "nitf"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
STATUSES = {"": Status.USABLE, "usable": Status.USABLE, "embargoed": Status.USABLE, "canceled": Status.CANCELED, "cancelled": Status.CANCELED}
UNTOLD = 5  # the urgency of what tells none
KILLING = {"kill", "mandatorykill", "cancel", "withdrawal"}  # types of a message to the desk
RELATIONS = {
    "canceled": Relation.KILLS,
    "cancelled": Relation.KILLS,
    "corrected": Relation.CORRECTS,
    "correction": Relation.CORRECTS,
}
SUBJECTS = ("org", "event", "object.title", "function", "virtloc", "classifier")
# Details of the text's element that are not part of the name.
ASIDE = {"function", "alt-code"}
# What an envelope leaves to the NITF within it.
INNER = (
    *("headline", "slugline", "byline", "dateline", "language", "agency", "copyright", "usage_terms"),
    *("subjects", "places", "people", "body_html", "body_text", "links", "address", "published", "updated"),
)
STRICTEST = (Status.CANCELED, Status.WITHHELD, Status.USABLE)


def fits(data: bytes) -> bool:
    return root_name(data) == "nitf"


def read(data: bytes) -> list[Copy]:
    root = unqualified(parsed(data))
    if root.tag != "nitf":
        raise Unreadable("the root is %(name)s, not nitf", name=root.tag[:60])
    return [item(root)]


def item(root: Element, guid: str = "") -> Copy:
    """A copy of an unqualified `nitf` element. guid: of the envelope that it came in. Raises Unreadable."""
    docdata = root.find("head/docdata")
    issued, released = date(docdata, "issue"), date(docdata, "release")
    embargoed_until = released if is_embargo(docdata, issued, released) else None
    body = root.find("body")
    html = clean_html(body_html(body))
    return Copy(
        format=NAME,
        guid=guid or identifier(root),
        version=number(attribute(docdata, "du-key", "version")) or max(1, len(root.findall("head/revision-history"))),
        status=status(docdata, embargoed_until),
        headline=told(body, "body.head/hedline/hl1") or told(body, "body.head/hedline") or told(root, "head/title"),
        slugline=meta(root, "slug", "slugline") or attribute(docdata, "du-key", "key"),
        byline=", ".join([] if body is None else each_told(body, "body.head/byline")),
        dateline=told(body, "body.head/dateline"),
        language=attribute(root, ".", LANGUAGE) or attribute(root, "body", LANGUAGE) or attribute(root, ".", "baselang"),
        urgency=min(number(attribute(docdata, "urgency", "ed-urg")), 9) or UNTOLD,
        published=issued or moment(attribute(root, "head/pubdata", "date.publication")) or released,
        updated=max((found for found in revisions(root) if found), default=None),
        embargoed_until=embargoed_until,
        agency=told(body, "body.head/distributor") or attribute(docdata, "doc-id", "regsrc") or attribute(docdata, "doc.copyright", "holder"),
        copyright=holder(docdata),
        usage_terms="\n".join(terms(root)),
        editorial_note="\n".join(notes(root)),
        subjects=tuple(dict.fromkeys(subjects(root))),
        places=tuple(named(root, "location")),
        people=tuple(named(root, "person")),
        body_html=html,
        body_text=text_of(html),
        media=tuple([] if body is None else nitf_media(body)),
        links=tuple(links(docdata)),
        address=address(root),
    )


def completed(outer: Copy, inner: Copy) -> Copy:
    """An envelope's copy, with what it leaves open told by the NITF within it. What either of them holds back is held back."""
    told_inside = {name: getattr(inner, name) for name in INNER if not getattr(outer, name)}
    return replace(
        outer,
        **told_inside,
        status=min(outer.status, inner.status, key=STRICTEST.index),
        editorial_note="\n".join(dict.fromkeys(filter(None, (outer.editorial_note, inner.editorial_note)))),
        urgency=inner.urgency if outer.urgency == UNTOLD else outer.urgency,
        media=outer.media + inner.media,
        embargoed_until=max(filter(None, (outer.embargoed_until, inner.embargoed_until)), default=None),
    )


def identifier(root: Element) -> str:
    found = attribute(root, "head/docdata/doc-id", "id-string") or attribute(root, "head/docdata/du-key", "key") or attribute(root, ".", "uno")
    if not found:
        raise Unreadable("it has no identifier: neither a doc-id nor a du-key in head/docdata")
    return found


def date(docdata: Element | None, kind: str) -> datetime | None:
    return moment(attribute(docdata, f"date.{kind}", "norm"))


def is_embargo(docdata: Element | None, issued: datetime | None, released: datetime | None) -> bool:
    if released is None:
        return False
    return management(docdata) == "embargoed" or issued is None or released > issued


def management(docdata: Element | None) -> str:
    return attribute(docdata, ".", "management-status").lower()


def status(docdata: Element | None, embargoed_until: datetime | None) -> Status:
    """What is embargoed without a date, or in a way not known, is withheld."""
    if any(re.sub(r"[\s_-]", "", found.get("msg-type", "")).lower() in KILLING for found in every(docdata, "ed-msg")):
        return Status.CANCELED
    given = management(docdata)
    if given == "embargoed" and embargoed_until is None:
        return Status.WITHHELD
    return STATUSES.get(given, Status.WITHHELD)


def every(element: Element | None, path: str) -> list[Element]:
    return [] if element is None else element.findall(path)


def meta(root: Element, *names: str) -> str:
    return next(
        (content for found in root.iterfind("head/meta") if found.get("name", "").lower() in names and (content := found.get("content", "").strip())),
        "",
    )


def revisions(root: Element) -> list[datetime | None]:
    return [moment(found.get("norm", "")) for found in root.iterfind("head/revision-history")]


def holder(docdata: Element | None) -> str:
    year, name = (attribute(docdata, "doc.copyright", part) for part in ("year", "holder"))
    return " ".join(filter(None, ("©" if name else "", year, name)))


def terms(root: Element) -> list[str]:
    found = each_told(root, "body/body.head/rights")
    expires = date(root.find("head/docdata"), "expire")
    return [*found, f"Expires {expires.isoformat()}"] if expires else found


def notes(root: Element) -> list[str]:
    docdata, body = root.find("head/docdata"), root.find("body")
    found = [info for name in ("ed-msg", "correction") for element in every(docdata, name) if (info := element.get("info", "").strip())]
    return list(dict.fromkeys(found + ([] if body is None else desk_notes(body))))


def subjects(root: Element) -> list[Subject]:
    """IPTC subject codes, the classified content, the keywords."""
    coded = (
        Subject("subj", code, attribute(found, ".", "tobject.subject.detail") or attribute(found, ".", "tobject.subject.matter") or kind(found))
        for found in root.iterfind("head/tobject/tobject.subject")
        if (code := attribute(found, ".", "tobject.subject.refnum"))
    )
    content = (classified(found) for found in root.iterfind("head/docdata/identified-content/*") if found.tag in SUBJECTS)
    keys = (Subject("", key) for found in root.iterfind("head/docdata/key-list/keyword") if (key := found.get("key", "").strip()))
    return [subject for subject in (*coded, *content, *keys) if subject.code]


def kind(subject: Element) -> str:
    return attribute(subject, ".", "tobject.subject.type")


def classified(element: Element) -> Subject:
    name, code = words(element), element.get("value", "").strip()
    if not code:
        return Subject("", name)
    return Subject(element.get("idsrc", "").strip() or element.get("type", "").strip(), code, name)


def named(root: Element, tag: str) -> list[str]:
    """The persons or places that the head lists and the text marks, each once."""
    found = [*root.iterfind(f"head/docdata/identified-content/{tag}"), *root.iterfind(f"body/body.content//{tag}")]
    cities = [city for place in root.iterfind("head/docdata/evloc") if (city := place.get("city", "").strip())] if tag == "location" else []
    return list(dict.fromkeys(filter(None, [*map(words, found), *cities])))


def words(element: Element) -> str:
    """The text of a name, a comma between the parts of a place, a space between those of a person."""
    parts = [told(child) for child in element if child.tag not in ASIDE]
    if not any(parts) or (element.text or "").strip():
        return told(element)
    return (" " if element.tag == "person" else ", ").join(filter(None, parts))


def links(docdata: Element | None) -> list[Link]:
    corrected = [Link(Relation.CORRECTS, guid) for found in every(docdata, "correction") if (guid := found.get("id-string", "").strip())]
    managed = attribute(docdata, ".", "management-doc-idref")
    relation = RELATIONS.get(attribute(docdata, ".", "management-idref-status").lower(), Relation.UPDATES)
    return corrected + ([Link(relation, managed)] if managed else [])


def address(root: Element) -> str:
    found = attribute(root, "head/pubdata", "ex-ref") or meta(root, "canonical")
    return found if found.startswith(("https://", "http://")) else ""


def body_html(body: Element | None) -> str:
    """The sub-headlines, the content and the tagline; an abstract when there is no content."""
    if body is None:
        return ""
    content = body.find("body.content")
    subheads = "".join(map(block, body.iterfind("body.head/hedline/hl2")))
    html = "" if content is None else nitf_html(content)
    if not html:
        html = "".join(map(nitf_html, body.iterfind("body.head/abstract")))
    html = subheads + html + "".join(map(nitf_html, body.iterfind("body.end/tagline")))
    if len(html) > ITEM_BYTES:
        raise Unreadable("its body is longer than %(most)d characters", most=ITEM_BYTES)
    return html
