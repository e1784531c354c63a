"""A feed as text: decoded as declared or detected, its document type left out, what is no XML put right. Pure.

Source: https://www.w3.org/TR/xml/ (appendix F, how encodings are told apart)
"""

import codecs
import re
from html import unescape
from html.entities import html5
from xml.sax.saxutils import escape

from charset_normalizer import from_bytes

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import PAYLOAD_BYTES
from kawaraban.wires.words import CONTROLS
from kawaraban.wires.xml import HEAD

SIGNS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
ESCAPE, ESCAPING = b"\x1b$", "iso2022_jp_ext"
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})["']""")
# Those that text comes in. Others, such as punycode, take minutes, or are none.
KNOWN = re.compile(r"(?:utf|us-ascii|ascii|latin|iso|windows|cp|koi8|gb|big5|euc|shift|sjis|x-sjis|ms_kanji|mac)[-_a-z0-9]*", re.I)
# By what goes under their name.
MEANT = {"shift_jis": "cp932", "euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_ext", "gb2312": "gb18030", "ascii": "utf-8"}
JAPANESE = ["cp932", "euc_jp", "iso2022_jp", "cp1252"]
SAMPLE = 65_536  # bytes from which an encoding is detected
FEW = 1_000  # characters for each that is lost

ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|RDF|feed|entry)(?=[\s/>])")
ENDS = ("</rss>", "</feed>", "</rdf:RDF>")
COMMENT = re.compile(r"<!--.*?-->", re.S)
CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.S)
REFERENCE = re.compile(r"&(?:(#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});)|([A-Za-z][A-Za-z0-9]{1,31};))?")
XML_OWN = {"lt;", "gt;", "amp;", "quot;", "apos;"}
PREFIX = re.compile(r"<([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
DECLARATION = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s{0,9}=")
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
PREFIXES = 50  # that may lack a declaration


def feed_text(data: bytes) -> str:
    """The feed from its root on. Raises Unreadable."""
    if len(data) > PAYLOAD_BYTES:
        raise Unreadable("the feed is larger than %(most)d bytes", most=PAYLOAD_BYTES)
    text = decoded(data)
    head = COMMENT.sub(lambda found: " " * len(found[0]), text[:HEAD])
    root = ROOT.search(head)
    if root is None:
        raise Unreadable("this is no feed: neither rss, rdf:RDF, feed nor entry begins it")
    if "<!entity" in head[: root.start()].lower():
        raise Unreadable("the feed declares entities of its own, which are not read")
    return text[root.start() :]


def decoded(data: bytes) -> str:
    """As its first bytes and its declaration say, if that can be; else as it most likely is. A few broken characters are lost alone."""
    said = declared(data)
    for codec in (*(codec for mark, codec in SIGNS if data.startswith(mark)), *([ESCAPING] if ESCAPE in data else []), said, "utf-8"):
        if (text := strictly(data, codec)) is not None:
            return text
    text = data.decode(said, "replace")
    if text.count("\ufffd") * FEW <= len(text):
        return text
    return data.decode(detected(data) or said, "replace")


def declared(data: bytes) -> str:
    """The codec that a declaration names, UTF-8 without one."""
    found = DECLARED.search(data[:300])
    name = found[1].decode("ascii") if found else ""
    try:
        codec = codecs.lookup(name).name if KNOWN.fullmatch(name) else "utf-8"
    except LookupError:
        return "utf-8"
    return MEANT.get(codec, codec)


def strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def detected(data: bytes) -> str | None:
    """The encoding of a sample, cut behind a sign that is never part of a Japanese character."""
    sample = data[: data.rfind(b">", 0, SAMPLE) + 1] or data[:SAMPLE]
    best = from_bytes(sample, cp_isolation=JAPANESE).best()
    return best.encoding if best else None


def mended(text: str) -> str:
    """The same feed with what commonly keeps it from being well-formed put right, and no more.

    That is control characters, ampersands, entities of HTML, prefixes without a namespace, and what stands behind the end.
    """
    text = CONTROLS.sub("", text)
    end = max(text.rfind(mark) + len(mark) if mark in text else 0 for mark in ENDS)
    parts = CDATA.split(text[:end] if end else text)
    parts[::2] = [REFERENCE.sub(reference, part) for part in parts[::2]]
    return with_namespaces("".join(parts), parts[::2])


def reference(found: re.Match[str]) -> str:
    number, name = found[1], found[2]
    if number:
        return escape(CONTROLS.sub("", unescape(f"&{number}")))
    if name in XML_OWN:
        return found[0]
    return escape(html5[name]) if name in html5 else f"&amp;{name or ''}"


def with_namespaces(text: str, markup: list[str]) -> str:
    used = {prefix for part in markup for prefix in PREFIX.findall(part)} | {prefix for prefix in NAMESPACES if f" {prefix}:" in text}
    missing = sorted(used.difference(*map(DECLARATION.findall, markup)), key=lambda prefix: (prefix not in NAMESPACES, prefix))[:PREFIXES]
    declarations = "".join(f' xmlns:{prefix}="{NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    return ROOT.sub(lambda root: root[0] + declarations, text, count=1)
