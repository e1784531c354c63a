"""A copy as JSON, and back. Media that came inside the payload stay in the archive: here they are a digest and a size."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from kawaraban.wires.copy import Copy, Link, Media, Relation, Status, Subject

MOMENTS = ("published", "updated", "embargoed_until")
# What tells nothing of the content: the same version in two formats is one.
FORM = ("format", "body_html")
GREATEST = 2**63 - 1
NAMES = {kind: tuple(entry.name for entry in fields(kind)) for kind in (Copy, Subject, Media, Link)}


def told(copy: Copy) -> dict[str, Any]:
    """The fields of a copy as JSON holds them. What is empty stays out, but for guid, version and status."""
    found: dict[str, Any] = {}
    for name in NAMES[Copy]:
        value = getattr(copy, name)
        if value or name in ("guid", "version", "status"):
            found[name] = value
    found |= {name: found[name].isoformat() for name in MOMENTS if name in found}
    found |= {name: list(found[name]) for name in ("places", "people") if name in found}
    found |= {name: [plain(part) for part in found[name]] for name in ("subjects", "media", "links") if name in found}
    return found | {"status": str(copy.status)}


def plain(part: Subject | Media | Link) -> dict[str, Any]:
    found = {name: getattr(part, name) for name in NAMES[type(part)]}
    if content := found.pop("content", b""):
        found |= {"digest": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return {name: str(value) if isinstance(value, Relation) else value for name, value in found.items() if value}


def copy_of(found: dict[str, Any]) -> Copy:
    """The copy that `told` made this of, without the content of its media."""
    values = {name: value for name, value in found.items() if name in NAMES[Copy]} | {"format": found.get("format", "")}
    values |= {name: datetime.fromisoformat(values[name]) for name in MOMENTS if name in values}
    values |= {name: tuple(values[name]) for name in ("places", "people") if name in values}
    values["status"] = Status(values["status"])
    values["subjects"] = tuple(Subject(part.get("scheme", ""), part.get("code", ""), part.get("name", "")) for part in found.get("subjects", ()))
    values["media"] = tuple(Media(**{name: value for name, value in part.items() if name != "digest"}) for part in found.get("media", ()))
    values["links"] = tuple(Link(Relation(part["relation"]), part["guid"], part.get("version", 0)) for part in found.get("links", ()))
    return Copy(**values)


def digest(copy: Copy) -> str:
    """The same for the same content, in whichever format it came."""
    return digest_of(told(copy))


def digest_of(told_copy: dict[str, Any]) -> str:
    """The digest of what `told` made."""
    found = {name: value for name, value in told_copy.items() if name not in FORM}
    return hashlib.sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def storable(copy: Copy) -> Copy:
    """The copy without what no database takes: NUL, halves of characters, numbers without end."""
    copy = within_bounds(copy)
    written = json.dumps(told(copy))
    if "\\u0000" not in written and "\\ud" not in written:
        return copy
    return replace(copy_of(cleaned(told(copy))), media=tuple(replace(part, **cleaned(plain_texts(part))) for part in copy.media))


def within_bounds(copy: Copy) -> Copy:
    if 1 <= copy.version <= GREATEST and 1 <= copy.urgency <= 9 and all(0 <= link.version <= GREATEST for link in copy.links):
        return copy
    links = tuple(replace(link, version=bounded(link.version, 0, GREATEST)) for link in copy.links)
    return replace(copy, version=bounded(copy.version, 1, GREATEST), urgency=bounded(copy.urgency, 1, 9), links=links)


def bounded(number: int, least: int, greatest: int) -> int:
    return min(max(number, least), greatest)


def plain_texts(part: Media) -> dict[str, Any]:
    return {name: getattr(part, name) for name in ("address", "mime", "caption", "credit")}


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: cleaned(part) for name, part in value.items()}
    return [cleaned(part) for part in value] if isinstance(value, list) else value


def weight(copy: Copy) -> int:
    """Bytes of an item's own text, its media aside."""
    return len(copy.body_html.encode(errors="replace")) + len(copy.body_text.encode(errors="replace")) + len(copy.editorial_note)
