"""What the headers of mail say, as their senders meant it. Source: RFC 5322, RFC 2047"""

import re
from binascii import Error, a2b_base64
from email.message import Message
from quopri import decodestring

from kawaraban.wires.encodings import decoded
from kawaraban.wires.words import one_line

WORD = re.compile(r"=\?(?P<label>[^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?(?P<how>[bq])\?(?P<text>[^?]*)\?=", re.I)
FOLD = re.compile(r"[\r\n]+[ \t]*")
NAME_AND_ADDRESS = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>")
ADDRESS_AND_NAME = re.compile(r"\s*(?P<address>[^\s()<>]+)\s*\((?P<name>[^()]*)\)")
IDENTIFIER = re.compile(r"<([^<>\s]{1,900})>")


def header(part: Message, name: str) -> str:
    """The first header of a name, in one line; "" when there is none."""
    return one_line(plain(raw(part, name)))


def raw(part: Message, name: str) -> str:
    return next((str(value) for key, value in part.raw_items() if key.lower() == name), "")


def plain(value: str) -> str:
    """The text of a header. Encoded words side by side are one text: some senders break them within a character."""
    done: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    place = 0
    for word in WORD.finditer(value):
        between = value[place : word.start()]
        label = word["label"].lower()
        if not between.strip() and pending[0] == label:
            pending = (label, pending[1] + content(word))
        else:
            done += decoded(pending[1], pending[0]), unencoded(between if between.strip() or not pending[0] else "")
            pending = (label, content(word))
        place = word.end()
    return "".join([*done, decoded(pending[1], pending[0]), unencoded(value[place:])])


def content(word: re.Match[str]) -> bytes:
    told = word["text"].encode("ascii", "surrogateescape")
    if word["how"] in "qQ":
        return decodestring(told, header=True)
    try:
        return a2b_base64(told + b"==")
    except Error:
        return b""


def unencoded(text: str) -> str:
    """What stands in a header as bare bytes, in whatever encoding."""
    return FOLD.sub(" ", decoded(text.encode("utf-8", "surrogateescape")))


def sender(value: str) -> tuple[str, str]:
    """The name, "" for none, and the address of a header such as From."""
    found = NAME_AND_ADDRESS.match(value) or ADDRESS_AND_NAME.match(value)
    if found is None:
        return "", value.strip()
    return found["name"].strip(" \"'"), found["address"].strip()


def identifiers(value: str) -> list[str]:
    """The identifiers of a header such as References."""
    return IDENTIFIER.findall(value)
