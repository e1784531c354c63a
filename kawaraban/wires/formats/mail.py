"""Mail, RFC 5322 with MIME: an item with its pictures, or an envelope around items of other formats."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import partial
from itertools import takewhile

from kawaraban.wires.copy import Copy, Media, Partly, Read, Status, Unreadable
from kawaraban.wires.enclosures import with_media
from kawaraban.wires.formats import mail_item
from kawaraban.wires.formats import mail_parts as parts
from kawaraban.wires.opening import Room
from kawaraban.wires.orders import Orders
from kawaraban.wires.packages import gathered

Within = Callable[[bytes], Read | None]  # how to read what is enclosed, when it is in a format by itself
Reading = tuple[str, Callable[[], list[Copy]]]

NAME = "mail"
SEEN = 8_192  # bytes in which the headers are looked for
NAMED = re.compile(rb"([!-9;-~]{1,76}):")
SENT = {b"from", b"sender", b"message-id", b"received", b"return-path"}
USUAL = SENT | {b"date", b"subject", b"mime-version", b"to"}
DEPTH = 5  # of mails within mails
STRICTEST = (Status.CANCELED, Status.WITHHELD, Status.USABLE)


def fits(data: bytes) -> bool:
    names = header_names(data[:SEEN].lstrip())
    return not names.isdisjoint(SENT) and len(names & USUAL) > 1


def header_names(head: bytes) -> set[bytes]:
    """The names of the headers; none when a line before the first empty one is no header."""
    lines = head.splitlines()[: -1 if len(head) >= SEEN - 1 else None]
    block = list(takewhile(bytes.strip, lines[1:] if lines and lines[0].startswith(b"From ") else lines))
    found = [NAMED.match(line) for line in block if line[:1] not in b" \t"]
    return {match[1].lower() for match in found if match} if all(found) else set()


def nothing(data: bytes) -> Read | None:
    return None


def read(data: bytes, within: Within = nothing) -> list[Copy]:
    return Envelope(within).copies(parts.parsed(data))


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a mail, and each within it, is read. room: shared by all of them."""

    within: Within
    room: Room = field(default_factory=Room)
    depth: int = 0

    def copies(self, message: Message) -> list[Copy]:
        if self.depth > DEPTH:
            raise Unreadable("mails are enclosed in it more than %(most)d deep", most=DEPTH)
        if parts.mime(message) == "multipart/report":
            raise Unreadable("it is a report on the delivery of another mail")
        leaves = parts.leaves(message)
        files = parts.files(leaves, self.room)
        inner = [*self.mails(leaves), *self.payloads(leaves, files)]
        media = [file for file in files if file.mime]
        if not inner:
            return [mail_item.item(message, leaves, media)]
        ordered = mail_item.ordered_by(message)
        try:
            return with_media([held(copy, ordered) for copy in gathered(inner)], media)
        except Partly as partly:
            raise Partly(with_media([held(copy, ordered) for copy in partly.read], media), partly.faults) from None

    def mails(self, leaves: list[Message]) -> Iterator[Reading]:
        inner = replace(self, depth=self.depth + 1)
        for leaf in leaves:
            if parts.mime(leaf) in ("message/rfc822", "message/global"):
                yield from (("an enclosed mail", partial(inner.copies, message)) for message in parts.messages(leaf))

    def payloads(self, leaves: list[Message], files: list[Media]) -> Iterator[Reading]:
        """What is in a format by itself, among the attachments and the texts."""
        inner = replace(self, depth=self.depth + 1)
        for file in files:
            if reader := self.within(file.content):
                yield file.address, partial(reader, file.content)
            elif fits(file.content):
                yield file.address, partial(inner.enclosed, file.content)
        for data in map(parts.payload, filter(parts.is_text, leaves)):
            if reader := self.within(data):
                yield "its text", partial(reader, data)

    def enclosed(self, data: bytes) -> list[Copy]:
        return self.copies(parts.parsed(data))


def held(copy: Copy, ordered: Orders) -> Copy:
    """A copy that came in an envelope, held back as long as either of them says."""
    return replace(
        copy,
        status=min(copy.status, ordered.status, key=STRICTEST.index),
        embargoed_until=max(filter(None, (copy.embargoed_until, ordered.embargoed_until)), default=None),
    )
