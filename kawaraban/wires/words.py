"""Text of agencies made safe and plain: HTML sanitised, text taken out of it, text made into it. Pure."""

import re
from contextlib import suppress
from html import escape, unescape
from typing import Any

import nh3

from kawaraban.wires.allowance import spend
from kawaraban.wires.limits import DEPTH
from kawaraban.wires.nesting import well_nested

BLOCKS = "p|h[1-6]|ul|ol|li|blockquote|table|tr|pre|div|section|article|figure|figcaption|br"
TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "pre",
    "br",
    "em",
    "strong",
    "a",
    "sub",
    "sup",
}
MANY = 1_000  # tags; crafted ones, unclosed or crossing, make the cleaning take minutes
SAFE: dict[str, Any] = {
    "tags": TAGS,
    "attributes": {"a": {"href"}},
    "url_schemes": {"http", "https", "mailto"},
    "link_rel": "nofollow noopener",
    "strip_comments": True,
}
SAME = (("b", "strong"), ("i", "em"), ("h1", "h2"), ("h5", "h4"), ("h6", "h4"), ("div", "p"))
RENAMED = [(re.compile(rf"<(/?){old}(?=[\s>/])", re.I), rf"<\1{new}") for old, new in SAME]
EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
BREAK = re.compile(rf"</?(?:{BLOCKS})(?:\s[^>]*)?>", re.I)
TAG = re.compile(r"<[^>]*>")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
PARTED = "\x1e"  # stands between paragraphs for a while; no text has it
UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\x7f\ufffe\uffff]")  # the others
BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0]+")
LINES = re.compile(r"\n{2,}")


def clean_html(html: str, base: str = "") -> str:
    """HTML with nothing left but text, its structure, and links to web and mail addresses.

    base: an address on the web, from which relative ones go on; without it they are dropped, since they would lead to pages of ours.
    Raises Unreadable while a payload is read whose texts have more tags than it may have.
    """
    spend(html)
    if html.count("<") > MANY:
        html = well_nested(html, DEPTH)
    for old, new in RENAMED:
        html = old.sub(new, html)
    return EMPTY.sub("", sanitised(CONTROLS.sub("", html), base)).strip()


def sanitised(html: str, base: str) -> str:
    if base.startswith(("https://", "http://")):
        with suppress(ValueError):  # it is no address after all
            return nh3.clean(html, url_relative=("rewrite_with_base", base), **SAFE)
    return nh3.clean(html, url_relative="deny", **SAFE)


def text_of(html: str) -> str:
    """The paragraphs and rows of sanitised HTML, an empty line between."""
    marked = BREAK.sub(PARTED, html.replace("</td>", "</td> ").replace("</th>", "</th> "))
    words = BLANKS.sub(" ", UNHEARD.sub("", unescape(TAG.sub("", marked))))
    return "\n\n".join(part for found in words.split(PARTED) if (part := found.strip()))


def html_of(text: str) -> str:
    """Plain text as HTML: a paragraph for each run of lines without an empty one. Raises Unreadable as `clean_html` does."""
    spend(text)
    return "".join(f"<p>{part}</p>" for part in paragraphs_of(escape(text, quote=False)))


def html_of_lines(text: str) -> str:
    """Plain text that nobody wrapped as HTML: where no line is empty, each is a paragraph."""
    lines = plain(text)
    return html_of(lines if "\n\n" in lines else lines.replace("\n", "\n\n"))


def paragraphs_of(text: str) -> list[str]:
    return [found for part in LINES.split(plain(text)) if (found := part.strip())]


def plain(text: str) -> str:
    """Text without control characters, its line ends alike and spaces at line ends gone."""
    lines = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip(" \t\u00a0") for line in lines).strip("\n")


def one_line(text: str) -> str:
    """Text in one line, with single spaces; ideographic spaces stay."""
    return BLANKS.sub(" ", CONTROLS.sub("", text)).strip()
