"""HTML whose tags may cross, stay open or go as deep as they like, made well nested. Pure, in one pass."""

import re
from collections.abc import Iterator

TAG = re.compile(r"""<(?:!--.*?(?:-->|\Z)|(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>)""", re.I | re.S)
HREF = re.compile(r"""\shref\s{0,9}=\s{0,9}("[^"]*"|'[^']*')""", re.I)
INLINE = {"a", "b", "i", "em", "strong", "sub", "sup"}
NESTED = {"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "pre"} | INLINE
LEFT_OUT = {"script", "style"}  # with what they hold
# What an element closes when it begins, as in HTML, up to the element that holds it.
CLOSES = {"p": {"p"}, "li": {"li", "p"}, "tr": {"tr", "td", "th", "p"}, "td": {"td", "th", "p"}, "th": {"td", "th", "p"}}
HOLDS = {"ul", "ol", "table", "blockquote", "div"}


def well_nested(html: str, depth: int) -> str:
    """The same text with the tags of articles alone, each closed, none deeper than `depth`; only `a` keeps an attribute."""
    return "".join(pieces(html, depth))


def pieces(html: str, depth: int) -> Iterator[str]:
    stack: list[str] = []
    place, left_out = 0, ""
    for tag in TAG.finditer(html):
        if not left_out:
            yield html[place : tag.start()].replace("<", "&lt;")
        place = tag.end()
        name, ends = (tag["name"] or "").lower(), bool(tag["end"])
        if left_out or name in LEFT_OUT:
            left_out = "" if ends and name == left_out else left_out or ("" if ends else name)
        elif name == "br":
            yield "<br>"
        elif name in NESTED:
            yield from closed(stack, name) if ends else opened(stack, name, tag["rest"], depth)
    if not left_out:
        yield html[place:].replace("<", "&lt;")
    yield from (f"</{name}>" for name in reversed(stack))


def opened(stack: list[str], name: str, rest: str, depth: int) -> Iterator[str]:
    while stack and stack[-1] not in HOLDS and not CLOSES.get(name, set()).isdisjoint(since_holder(stack)):
        yield f"</{stack.pop()}>"
    if len(stack) < depth:
        stack.append(name)
        href = HREF.search(rest) if name == "a" else None
        yield f"<{name} href={href[1]}>" if href else f"<{name}>"


def since_holder(stack: list[str]) -> Iterator[str]:
    for name in reversed(stack):
        if name in HOLDS:
            return
        yield name


def closed(stack: list[str], name: str) -> Iterator[str]:
    while name in stack:
        last = stack.pop()
        yield f"</{last}>"
        if last == name:
            return
