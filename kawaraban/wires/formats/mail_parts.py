"""The parts of a mail: parsed within bounds, their texts and files. Source: RFC 2045 to 2049, RFC 2183, RFC 3676"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import Compat32
from mimetypes import guess_extension

from kawaraban.wires.copy import Media, Unreadable
from kawaraban.wires.enclosures import file_name, kind
from kawaraban.wires.encodings import decoded
from kawaraban.wires.formats.mail_headers import header, identifiers, plain
from kawaraban.wires.limits import LINES, PAYLOAD_BYTES
from kawaraban.wires.opening import File, Room, opened
from kawaraban.wires.words import one_line

LONGEST = 4_000  # characters of a header
CONTAINERS = 30
COMPARED = 3_000_000  # lines times containers: each line is compared with the boundaries of all that are open
PARTS = 200
HEADERS = 1_000
CONTAINER = re.compile(rb"boundary\s{0,9}\*?0?\*?\s{0,9}=|message/", re.I)
# What the library raises for hostile headers, beside its own errors.
BROKEN = (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
CHARSET = re.compile(r"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I | re.ASCII)


class Bounded(Compat32):
    """The library's newer policies take headers apart again at each look, in quadratic time, and stumble over hostile ones."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST]


def parsed(data: bytes) -> Message:
    """Raises Unreadable."""
    lines, containers = data.count(b"\n"), len(CONTAINER.findall(data))
    if len(data) > PAYLOAD_BYTES or lines > LINES or containers > CONTAINERS or lines * containers > COMPARED:
        raise Unreadable("the mail is larger, or has more lines or parts within parts, than any that is read")
    try:
        message = message_from_bytes(data, policy=Bounded())
    except BROKEN:
        raise Unreadable("the headers of the mail can't be taken apart") from None
    if len(message.keys()) > HEADERS:
        raise Unreadable("the mail has more than %(most)d headers", most=HEADERS)
    return message


def leaves(message: Message) -> list[Message]:
    """The parts that hold something, in their order; an enclosed mail is one. Raises Unreadable when they are too many."""
    found: list[Message] = []
    for part in within(message):
        if len(found) >= PARTS:
            raise Unreadable("the mail has more than %(most)d parts", most=PARTS)
        found.append(part)
    return found


def within(part: Message) -> Iterator[Message]:
    if mime(part).startswith("message/"):
        yield part
        return
    inner = messages(part)
    for each in inner:
        yield from within(each)
    if not inner:
        yield part


def messages(part: Message) -> list[Message]:
    """What a part contains: the parts of a container, the one enclosed mail."""
    inner = part.get_payload() if part.is_multipart() else []
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def mime(part: Message) -> str:
    with suppress(*BROKEN):
        return str(part.get_content_type()).lower()
    return "application/octet-stream"


def parameter(part: Message, name: str) -> str:
    with suppress(*BROKEN):
        found = part.get_param(name, "")
        return str(found[2] if isinstance(found, tuple) else found or "")
    return ""


def name_of(part: Message) -> str:
    with suppress(*BROKEN):
        return one_line(plain(part.get_filename("") or ""))
    return ""


def is_text(part: Message) -> bool:
    """Whether it is of the mail's own text."""
    with suppress(*BROKEN):
        return mime(part) in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not name_of(part)
    return False


def files(leaves: list[Message], room: Room) -> list[Media]:
    """What is attached, archives opened; each under a name of its own, with its kind as its bytes tell it."""
    found: dict[str, Media] = {}
    for leaf in leaves:
        if is_text(leaf) or mime(leaf).startswith("message/"):
            continue
        for file in unpacked(leaf, room):
            mime_told = kind(file.content)
            name = file_name(file.name) or address(leaf, mime_told, len(found) + 1)
            unique = f"{len(found) + 1}-{name}" if name in found else name
            found[unique] = Media(unique, mime_told, header(leaf, "content-description"), size=len(file.content), content=file.content)
    return list(found.values())


def unpacked(leaf: Message, room: Room) -> list[File]:
    """What can't be opened is no reason to refuse the mail."""
    with suppress(Unreadable):
        return opened(content(leaf), name_of(leaf), room)
    return []


def address(leaf: Message, mime_told: str, place: int) -> str:
    """Of a part without a name."""
    told = identifiers(header(leaf, "content-id"))
    return f"cid:{told[0]}" if told else f"part-{place}{guess_extension(mime_told) or ''}"


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    with suppress(*BROKEN):
        found = part.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""
    return b""


def payload(part: Message) -> bytes:
    """A text as a payload by itself: in UTF-8, unless it has to declare its encoding itself."""
    data = content(part)
    return data if data.lstrip()[:1] in (b"<", b"{") else text(part).encode("utf-8", "replace")


def text(part: Message) -> str:
    """The text of a part, in its encoding as declared or detected, put together when it is flowed."""
    data, label = content(part), parameter(part, "charset")
    if mime(part) == "text/html" and not label:
        found = CHARSET.search(data[:2_000].decode("latin-1"))
        label = found[1] if found else ""
    told = decoded(data, label)
    is_flowed = parameter(part, "format").lower() == "flowed"
    return unflowed(told, parameter(part, "delsp").lower() == "yes") if is_flowed else told


def unflowed(told: str, takes_space: bool) -> str:
    """Paragraphs of flowed text, an empty line between. takes_space: whether the space that marks a soft break is not of the text."""
    done: list[list[str]] = [[]]
    for stuffed in told.replace("\r\n", "\n").split("\n"):
        line = stuffed.removeprefix(" ")
        is_soft = line.endswith(" ") and line != "-- "
        done[-1].append(line[:-1] if is_soft and takes_space else line)
        if not is_soft:
            done.append([])
    is_flowed = any(len(part) > 1 for part in done)
    return "\n\n".join("".join(part) for part in done if any(piece.strip() for piece in part)) if is_flowed else told
