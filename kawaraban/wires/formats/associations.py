"""What a ninjs item brings along: its renditions, and the items associated with it, as media and links."""

import re
from collections.abc import Iterator

from kawaraban.wires.addresses import medium, web
from kawaraban.wires.copy import Link, Media, Relation
from kawaraban.wires.formats.ninjs_text import description
from kawaraban.wires.objects import Fields, listed, number, objects, told, values

FAMILIES = {"picture": "image", "graphic": "image", "video": "video", "audio": "audio"}  # of MIME types, by the type of the item
SMALL = re.compile("thumb|preview|small|icon|square", re.I)
RELATIONS = {
    **dict.fromkeys(("update", "updates", "updated", "replaces", "writethru"), Relation.UPDATES),
    **dict.fromkeys(("correction", "corrects", "corrected"), Relation.CORRECTS),
    **dict.fromkeys(("kill", "kills", "killed", "cancels", "canceled", "retracts", "retraction"), Relation.KILLS),
}


def media(fields: Fields) -> Iterator[Media]:
    """What the item is, and what is associated with it."""
    for described in (fields, *objects(fields, "associations")):
        if found := medium_of(described):
            yield found


def medium_of(fields: Fields) -> Media | None:
    """The best rendition of a picture, graphic, video or audio, and of a text that brings one."""
    family = FAMILIES.get(kind(fields), "")
    best = max(shown(fields, family), key=lambda rendition: quality(rendition, family), default=None)
    if best is None:
        return None
    return Media(
        address=address(best),
        mime=mime(best) or mime(fields),
        caption=description(fields) or told(fields, "headline", "title"),
        credit=told(fields, "byline", "by", "creditline", "copyrightholder", "copyrightHolder"),
        width=number(best, "width"),
        height=number(best, "height"),
        size=number(best, "sizeinbytes", "sizeInBytes"),
    )


def shown(fields: Fields, family: str) -> list[Fields]:
    """The renditions that are media. family: of an item that is itself one, whose renditions need not say so."""
    families = set(FAMILIES.values()) | ({""} if family else set())
    return [rendition for rendition in objects(fields, "renditions") if address(rendition) and mime(rendition).partition("/")[0] in families]


def quality(rendition: Fields, family: str) -> tuple[bool, bool, int, int]:
    is_of_family = mime(rendition).startswith(family)
    return (
        is_of_family,
        not SMALL.search(told(rendition, "name", "title")),
        number(rendition, "width"),
        number(rendition, "sizeinbytes", "sizeInBytes"),
    )


def kind(fields: Fields) -> str:
    return told(fields, "type").lower()


def mime(fields: Fields) -> str:
    return told(fields, "contenttype", "contentType", "mimetype").lower()


def address(rendition: Fields) -> str:
    return medium(told(rendition, "href"))


def page(fields: Fields) -> str:
    """Where the item stands on the web: its rendition as HTML. The uri is but its name."""
    return next((found for rendition in objects(fields, "renditions") if "html" in mime(rendition) and (found := web(told(rendition, "href")))), "")


def links(fields: Fields, guid: str, version: int) -> Iterator[Link]:
    for association in objects(fields, "associations"):
        target = identifier(association)
        if target and target != guid and kind(association) not in FAMILIES:
            relation = relation_of(told(association, "rel")) or relation_of(told(association, "name")) or Relation.SEE_ALSO
            yield Link(relation, target, number(association, "version"))
    if evolved := told(fields, "evolvedfrom", "evolvedFrom"):
        yield Link(Relation.UPDATES, evolved)
    for relation, target in signalled(fields):
        if target and target != guid:
            yield Link(relation, target)
        elif relation is not Relation.UPDATES:
            yield Link(relation, guid, version - 1 if relation is Relation.CORRECTS else 0)


def relation_of(word: str) -> Relation | None:
    """What `correction`, sig:correction, its address or `corrects-1` say."""
    return RELATIONS.get(re.split("[:/]", word.lower())[-1].rstrip("-_0123456789"))


def signalled(fields: Fields) -> Iterator[tuple[Relation, str]]:
    """What the item is to which other, "" for itself. Signals come as their names, as objects, or as names that lead to items."""
    for value in values(fields, ("signals", "signal")):
        for signal in listed(value):
            if isinstance(signal, dict):
                yield from described(signal)
            elif isinstance(signal, str) and (relation := relation_of(signal)):
                yield relation, ""


def described(signal: Fields) -> Iterator[tuple[Relation, str]]:
    said = next((relation for name in ("name", "literal", "role", "code", "uri") if (relation := relation_of(told(signal, name)))), None)
    if said:
        targets = (told(signal, name) for name in ("target", "guid", "value", "href", "uri"))
        yield said, next((target for target in targets if target and not relation_of(target)), "")
    for name, value in signal.items():
        relation = relation_of(name)
        if relation and value:
            yield from ((relation, identifier(part)) for part in listed(value))


def identifier(value: object) -> str:
    """Of an item, or of the text that names it."""
    return told(value, "uri", "guid") if isinstance(value, dict) else value.strip() if isinstance(value, str) else ""
