"""Messages between control characters, as telex and its heirs send them: SOH head STX text ETX tail EOT."""

from dataclasses import dataclass

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.encodings import decoded
from kawaraban.wires.limits import ITEM_BYTES, LINES, PAYLOAD_BYTES

SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"
LONGEST_HEAD = 4_000  # characters
ITEM_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Message:
    head: str
    text: str
    tail: str


def messages(data: bytes) -> list[bytes]:
    """What follows each SOH of a stream. Raises Unreadable when there is none."""
    if len(data) > PAYLOAD_BYTES or max(data.count(b"\n"), data.count(b"\r")) > LINES:
        raise Unreadable("the stream is larger, or has more lines, than any that is read")
    found = data.split(SOH.encode())[1:]
    if not found:
        raise Unreadable("there is no message in it: none begins with SOH")
    return found


def parts(message: bytes) -> Message:
    """The parts of one message as text. Raises Unreadable for one that has no text or doesn't end."""
    if len(message) > ITEM_BYTES:
        raise Unreadable("it is longer than %(most)d bytes", most=ITEM_BYTES)
    head, begun, rest = decoded(message).partition(STX)
    if not begun:
        raise Unreadable("it has no text: there is no STX behind its head")
    if len(head) > LONGEST_HEAD:
        raise Unreadable("its head is longer than %(most)d characters", most=LONGEST_HEAD)
    ended = min(place for place in (rest.find(ETX), rest.find(EOT), len(rest)) if place >= 0)
    if ended == len(rest):
        raise Unreadable("it is torn: neither ETX nor EOT ends its text")
    if rest.count("\n") > ITEM_LINES:
        raise Unreadable("its text has more than %(most)d lines", most=ITEM_LINES)
    return Message(head, rest[:ended], rest[ended + 1 :].partition(EOT)[0])
