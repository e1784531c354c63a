"""ninjs 1.x, 2.x and 3.x, which differ in the case and number of their names. Source: https://iptc.org/standards/ninjs/ (schemas and user guide)"""

import re
from collections.abc import Iterator
from datetime import datetime

from kawaraban.wires.copy import Copy, Link, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats.associations import identifier, links, media, page
from kawaraban.wires.formats.bodies import distinct
from kawaraban.wires.formats.ninjs_text import body, headline
from kawaraban.wires.items import all_read
from kawaraban.wires.moments import moment
from kawaraban.wires.objects import Fields, number, objects, payload, sound, told, told_in_lines, values
from kawaraban.wires.words import text_of

NAME = "ninjs"
NAMED = re.compile(rb'"(?:uri|guid)"\s*:')
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/')
LISTS = ("items", "_items", "item", "newsItems", "newsitems", "stories", "results", "docs", "data")
WRAPPED = 5  # lists and wrappers within each other
NO_COPY = {"event", "planning"}  # what an agency is going to cover
STATUS = ("pubstatus", "pubStatus")
STATUSES = {
    **dict.fromkeys(("", "usable", "published", "updated", "corrected", "embargoed"), Status.USABLE),
    **dict.fromkeys(("canceled", "cancelled", "killed", "recalled", "retracted", "withdrawn", "deleted"), Status.CANCELED),
}
SCHEMES = {"mediatopic": "medtop", "subjectcode": "subj", "genre": "genre"}  # of cv.iptc.org/newscodes
NEWSCODES = re.compile(r"https?://cv\.iptc\.org/newscodes/(\w+)/?", re.I)
CONCEPTS = ("subject", "subjects", "genre", "genres", "organisation", "organisations", "event", "events", "object", "objects")


def fits(data: bytes) -> bool:
    told_first = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not told_first.startswith((b"{", b"[")):
        return False
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    return NAMED.search(plain) is not None and JSON_FEED.search(plain) is None


def read(data: bytes) -> list[Copy]:
    """The copies of one item, or of the items in a list, in the lines or in a wrapper; events and plans are left out."""
    return all_read((value for document in payload(data) for value in items(document, WRAPPED) if is_copy(value)), item)


def items(value: object, depth: int) -> list[object]:
    if depth and isinstance(value, list):
        return [inner for part in value for inner in items(part, depth - 1)]
    if depth and isinstance(value, dict) and not identifier(value):
        for name in LISTS:
            if isinstance(value.get(name), list | dict):
                return items(value[name], depth - 1)
    return [value]


def is_copy(value: object) -> bool:
    return not (isinstance(value, dict) and told(value, "type").lower() in NO_COPY)


def item(value: object) -> Copy:
    fields = sound(value)
    guid = identifier(fields)
    if not guid:
        raise Unreadable("it has no identifier: neither a uri nor a guid")
    version = number(fields, "version") or 1
    embargoed_until, has_no_end = embargo(fields)
    html, figures = body(fields)
    linked = tuple(dict.fromkeys(links(fields, guid, version)))
    created = moment_of(fields, "versioncreated", "versionCreated")
    return Copy(
        format=NAME,
        guid=guid,
        version=version,
        status=status(fields, has_no_end, Link(Relation.KILLS, guid) in linked),
        headline=headline(fields),
        slugline=told(fields, "slugline"),
        byline=byline(fields),
        dateline=told(fields, "located", "dateline"),
        language=told(fields, "language"),
        urgency=min(number(fields, "urgency"), 9) or 5,
        published=moment_of(fields, "firstcreated", "firstCreated") or created or moment_of(fields, "contentcreated", "contentCreated"),
        updated=created,
        embargoed_until=embargoed_until,
        agency=agency(fields),
        copyright=holder(fields),
        usage_terms="\n".join(terms(fields)),
        editorial_note="\n".join(filter(None, (told_in_lines(fields, name) for name in ("ednote", "edNote", "embargoedreason", "embargoedReason")))),
        subjects=tuple(dict.fromkeys(subjects(fields))),
        places=named(fields, "place", "places"),
        people=named(fields, "person", "people"),
        body_html=html,
        body_text=text_of(html),
        media=distinct((*media(fields), *figures)),
        links=linked,
        address=page(fields),
    )


def moment_of(fields: Fields, *names: str) -> datetime | None:
    return moment(told(fields, *names))


def status(fields: Fields, is_embargoed_without_end: bool, kills_itself: bool) -> Status:
    """The strictest of what is said; withheld when a word isn't known."""
    found = {STATUSES.get(last_word(value), Status.WITHHELD) for value in values(fields, STATUS)}
    found |= {Status.WITHHELD} if is_embargoed_without_end else set()
    found |= {Status.CANCELED} if kills_itself else set()
    return next((strict for strict in (Status.CANCELED, Status.WITHHELD) if strict in found), Status.USABLE)


def last_word(value: object) -> str:
    """`canceled` of stat:canceled, of the address of the code and of an object with either."""
    text = told(value, "literal", "code", "uri", "name") if isinstance(value, dict) else value if isinstance(value, str) else "?"
    return re.split("[:/]", text.strip().lower())[-1]


def embargo(fields: Fields) -> tuple[datetime | None, bool]:
    """Until when, and whether it is an embargo without an end: one that is empty, no moment, or but a status or a reason."""
    given = [value for value in values(fields, ("embargoed", "embargo")) if value is not False]
    ends = [moment(value) if isinstance(value, str) else None for value in given]
    is_said = bool(told(fields, "embargoedreason", "embargoedReason")) or any(map(is_embargo, values(fields, STATUS)))
    has_no_end = None in ends or (not given and is_said)
    return max((end for end in ends if end), default=None), has_no_end


def is_embargo(value: object) -> bool:
    return last_word(value) == "embargoed"


def byline(fields: Fields) -> str:
    """Bylines in a list are objects or texts."""
    found = told(fields, "byline", "by")
    if found:
        return found
    return ", ".join(filter(None, (told(by, "by", "byline", "name", "value") for by in objects(fields, "bylines", "byline", "by"))))


def agency(fields: Fields) -> str:
    sources = objects(fields, "infosource", "infosources", "infoSources")
    return next(filter(None, (told(source, "name", "literal") for source in sources)), told(fields, "source", "provider") or rights_holder(fields))


def rights_holder(fields: Fields) -> str:
    return told(fields, "copyrightholder", "copyrightHolder")


def holder(fields: Fields) -> str:
    name = rights_holder(fields)
    return told(fields, "copyrightnotice", "copyrightNotice") or (f"© {name}" if name else "")


def terms(fields: Fields) -> Iterator[str]:
    if told_terms := told_in_lines(fields, "usageterms", "usageTerms"):
        yield told_terms
    for rights in objects(fields, "rightsinfo", "rightsInfo"):
        if linked := told(rights, "linkedrights", "linkedRights"):
            yield linked
    if expires := moment_of(fields, "expires"):
        yield f"Expires {expires.isoformat()}"


def subjects(fields: Fields) -> Iterator[Subject]:
    for concept in objects(fields, *CONCEPTS):
        name = told(concept, "name")
        scheme, code = coded(concept)
        if code or name:
            yield Subject(scheme, code, name) if code else Subject("", name)


def coded(concept: Fields) -> tuple[str, str]:
    """Scheme and code, from a code with its scheme, an address or a word of its own; IPTC's schemes by their short names."""
    scheme, code = told(concept, "scheme"), told(concept, "code") or told(concept, "literal")
    if not scheme and (uri := told(concept, "uri")):
        scheme, code = parted(uri)
    elif not scheme and ":" in code:
        scheme, _, code = code.partition(":")
    newscodes = NEWSCODES.fullmatch(scheme)
    return (SCHEMES.get(newscodes[1].lower(), newscodes[1]) if newscodes else scheme), code


def parted(uri: str) -> tuple[str, str]:
    start, mark, code = uri.rpartition("/")
    return (start + mark, code) if code else ("", uri)


def named(fields: Fields, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (told(found, "name") for found in objects(fields, *names)))))
