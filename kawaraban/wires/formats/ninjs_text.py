"""The headline and the body of a ninjs item, in whichever of its shapes: `body_html` of 1.x, `bodies` of 2.x and 3.x."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from kawaraban.wires.copy import Media
from kawaraban.wires.formats.bodies import html_body, text_body
from kawaraban.wires.objects import Fields, objects, told, told_in_lines
from kawaraban.wires.words import clean_html, one_line, text_of

MARKED_UP = re.compile(r"\s*<[a-z!?]", re.I)


@dataclass(frozen=True, slots=True)
class Words:
    role: str
    text: str
    mime: str = ""

    @property
    def rank(self) -> int:
        """HTML before text, text before other markup, which comes as a stranger's XML."""
        told_as = f"{self.mime} {self.role}".lower()
        if "html" in told_as:
            return 0
        if "xml" in told_as or "nitf" in told_as:
            return 2
        return 1

    @property
    def is_marked_up(self) -> bool:
        return self.rank != 1 or (not self.mime and self.role != "text" and MARKED_UP.match(self.text) is not None)


def words(fields: Fields, singular: str, plural: str) -> Iterator[Words]:
    """All headlines, bodies or descriptions of an item."""
    for name, value in fields.items():
        if name.startswith(f"{singular}_") and isinstance(value, str) and value.strip():
            yield Words(name.removeprefix(f"{singular}_"), value)
    for part in objects(fields, plural):
        if text := told_in_lines(part, "value", "name"):
            yield Words(told(part, "role").lower(), text, told(part, "contenttype", "contentType"))


def headline(fields: Fields) -> str:
    """The one that has no role or the main one, else the first."""
    if found := told(fields, "headline"):
        return found
    given = list(words(fields, "headline", "headlines"))
    best = next((one for one in given if one.role in ("", "main", "text")), given[0] if given else None)
    return one_line(text_of(clean_html(best.text)) if best.is_marked_up else best.text) if best else told(fields, "title", "name")


def subheads(fields: Fields) -> str:
    given = (one for one in words(fields, "headline", "headlines") if one.role == "subhead")
    return "".join(f"<h2>{escape(one_line(one.text), quote=False)}</h2>" for one in given)


def body(fields: Fields) -> tuple[str, tuple[Media, ...]]:
    """The cleaned body and the pictures in it; a description where there is no body. Raises Unreadable."""
    given = list(words(fields, "body", "bodies")) or list(words(fields, "description", "descriptions"))
    best = min(given, key=lambda one: one.rank, default=None)
    if best is None:
        return subheads(fields), ()
    if not best.is_marked_up:
        return subheads(fields) + text_body(best.text), ()
    html, figures = html_body(best.text)
    return subheads(fields) + html, figures


def description(fields: Fields) -> str:
    """In one line, such as a caption."""
    best = min(words(fields, "description", "descriptions"), key=lambda one: (one.role != "caption", one.rank != 1), default=None)
    return one_line(text_of(clean_html(best.text)) if best.is_marked_up else best.text) if best else ""
