"""A mailbox over IMAP: what is new in it, one mail at a time, and taking away what has been archived. No Django.

The standard library's client, on a connection that is made and limited like every other. Source: RFC 3501, RFC 4315.
"""

import imaplib
import re
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kawaraban.wires.fault import Fault, Value
from kawaraban.wires.sources.connecting import Limits, Place, Unanswered, connected, reason, trusting

UID = re.compile(rb"\bUID (\d{1,10})\b")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
BODY = b"BODY[]"
SLACK = 1 << 16  # bytes that an answer may have beside the mail


@dataclass(frozen=True, slots=True)
class Door:
    """Where a mailbox is, and who opens it."""

    address: str  # imaps://host[:port], or imap:// for TLS that begins after the greeting
    user: str
    password: str
    mailbox: str = "INBOX"


class Session(imaplib.IMAP4):
    """The client on a connection that is there already, which takes no answer longer than a mail may be."""

    def __init__(self, line: socket.socket, place: Place, most: int) -> None:
        self.line, self.most = line, most
        super().__init__(place.host, place.port)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self.line

    def read(self, size: int) -> bytes:
        if size > self.most + SLACK:
            raise self.abort(f"the server sends {size} bytes at once")
        return super().read(size)


@contextmanager
def opened(door: Door, limits: Limits) -> Iterator["Box"]:
    """The mailbox, open to read and write. Raises Unanswered for whatever goes wrong, also within."""
    place = place_of(door.address)
    try:
        with connected(place, limits) as line:
            session = Session(line, place, limits.size)
            if not place.is_secret:
                begin_secret(session, place, limits)
            try:
                yield Box(session, enter(session, door), can_expunge(session))
            finally:
                with suppress(OSError, imaplib.IMAP4.error):
                    session.logout()
    except imaplib.IMAP4.error as error:
        raise Unanswered(Fault("%(name)s: %(reason)s.", {"name": place.host, "reason": said(error)})) from error
    except (OSError, ValueError) as error:
        told: dict[str, Value] = {"address": place.host, "reason": reason(error)}
        raise Unanswered(Fault("%(address)s did not answer as it should: %(reason)s.", told)) from error


def place_of(address: str) -> Place:
    """Raises Unanswered for what is no mailbox's address."""
    try:
        parts = urlsplit(address)
        if parts.scheme in ("imap", "imaps") and parts.hostname:
            return Place(unquote(parts.hostname), parts.port or (993 if parts.scheme == "imaps" else 143), parts.scheme == "imaps")
    except ValueError:
        pass
    told: dict[str, Value] = {"address": repr(address[:200])}
    raise Unanswered(Fault("%(address)s is no address of a mailbox. It must look like imaps://mail.agency.example.", told))


def begin_secret(session: Session, place: Place, limits: Limits) -> None:
    """Nobody logs in before the connection is encrypted."""
    if "STARTTLS" not in session.capabilities:
        told: dict[str, Value] = {"host": place.host}
        raise Unanswered(Fault("%(host)s does not encrypt what is said to it, so no password was sent. Try imaps:// in place of imap://.", told))
    session.starttls(trusting(limits))


def enter(session: Session, door: Door) -> int:
    """Opens the mailbox; gives its UIDVALIDITY."""
    if not door.user:
        raise Unanswered(Fault("The mailbox's log-in is not set."))
    session.login(in_quotes(door.user), plain(door.password))
    told, data = session.select(quoted(door.mailbox))
    if told != "OK":
        values: dict[str, Value] = {"folder": repr(door.mailbox), "reason": said(data[0])}
        raise Unanswered(Fault("There is no folder %(folder)s in the mailbox: %(reason)s.", values))
    _, numbers = session.response("UIDVALIDITY")
    return int(numbers[0]) if numbers and numbers[0] and bytes(numbers[0]).isdigit() else 0


def can_expunge(session: Session) -> bool:
    """Whether one mail alone can be taken away: what a server can do it may tell only after the log-in."""
    _, data = session.capability()
    return any(b"UIDPLUS" in bytes(line).upper().split() for line in data if line)


def quoted(mailbox: str) -> str:
    """A folder's name as IMAP writes it. Source: RFC 3501, 5.1.3, for names in other scripts."""
    return in_quotes(re.sub(r"[^\x20-\x7e]+", lambda found: in_base64(found[0]), plain(mailbox).replace("&", "&-")))


def plain(text: str) -> str:
    """Without what would end the line."""
    return "".join(letter for letter in text if letter.isprintable())


def in_quotes(text: str) -> str:
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_base64(text: str) -> str:
    return "&" + b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def said(what: object) -> Value:
    """A server's words, as they are, as part of a sentence."""
    text = what.decode("utf-8", "replace") if isinstance(what, bytes) else str(what)
    if text.startswith("b'") or text.startswith('b"'):
        text = text[2:-1]
    return plain(text)[:200].rstrip(". ") or Fault("it refused")


@dataclass
class Box:
    session: Session
    validity: int
    can_expunge: bool

    def uids(self, after: int) -> list[int]:
        """Of the mails that came after one, the oldest first."""
        told, data = self.session.uid("SEARCH", "UID", f"{after + 1}:*")
        if told != "OK":
            raise Unanswered(Fault("The mailbox could not be searched: %(reason)s.", {"reason": said(data[0])}))
        return sorted({int(part) for part in (data[0] or b"").split() if part.isdigit() and int(part) > after})

    def size(self, uid: int) -> int:
        """Bytes of a mail; -1 for one that is gone."""
        return next((int(found[1]) for line in self.fetched(uid, "(UID RFC822.SIZE)") if (found := SIZE.search(line[0]))), -1)

    def mail(self, uid: int) -> bytes | None:
        """The whole of it, not marked as read; None for one that is gone."""
        lines = self.fetched(uid, "(UID BODY.PEEK[])")
        return next((line[1] for line in lines if len(line) > 1 and BODY in line[0]), None)

    def fetched(self, uid: int, what: str) -> list[tuple[bytes, ...]]:
        told, data = self.session.uid("FETCH", str(uid), what)
        if told != "OK":
            raise Unanswered(Fault("Mail %(number)d could not be read: %(reason)s.", {"number": uid, "reason": said(data[0])}))
        lines = [line if isinstance(line, tuple) else (line,) for line in data if line]
        return [line for line in lines if (found := UID.search(line[0])) is None or int(found[1]) == uid]

    def delete(self, uid: int) -> None:
        """Takes a mail away for good; where the server can't do so to one alone, it is only marked."""
        self.session.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if self.can_expunge:
            self.session.uid("EXPUNGE", str(uid))
