"""Looks into a mailbox: each new mail is a payload. Up to which it has been read is kept by UIDVALIDITY and UID, never by a mark in the mailbox."""

import time
from dataclasses import replace
from datetime import datetime

from kawaraban.wires import health
from kawaraban.wires.archive import Payload
from kawaraban.wires.fault import Fault, Value
from kawaraban.wires.ingest import keep
from kawaraban.wires.models import Source
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.imap import Box, Door, opened
from kawaraban.wires.sources.options import limits, options_of

BUDGET = 60.0  # seconds after which no further mail is begun: the next look goes on
SECONDS = 150.0  # of one look, all in all
TYPE = "message/rfc822"


def ask(source: Source, now: datetime) -> None:
    """Raises Unanswered, Unkept, database errors."""
    options, found = options_of(source), replace(limits(), seconds=SECONDS)
    door = Door(source.address, options.user, options.password, options.mailbox)
    with opened(door, found) as box:
        health.seen(source, now)
        refused = take(source, box, found.size, now, delete=options.is_deleting)
    if refused:
        raise Unanswered(refused[-1])


def take(source: Source, box: Box, most: int, now: datetime, *, delete: bool) -> list[Fault]:
    """Archives what is new, then notes how far it came; gives a fault for each mail that was passed over."""
    refused: list[Fault] = []
    until = time.monotonic() + BUDGET
    for uid in box.uids(last(source, box)):
        if time.monotonic() > until:
            break
        size = box.size(uid)
        if size > most:
            told: dict[str, Value] = {"number": uid, "size": size, "most": most}
            refused.append(Fault("Mail %(number)d has %(size)d bytes, and wires.payload_bytes allows %(most)d. It stays in the mailbox.", told))
        elif size >= 0:
            take_one(source, box, uid, now, delete=delete)
        note(source, box, uid)
    return refused


def take_one(source: Source, box: Box, uid: int, now: datetime, *, delete: bool) -> None:
    data = box.mail(uid)
    if data is None:
        return
    keep(source, Payload(data, f"{uid}.eml", TYPE), now)
    if delete:
        box.delete(uid)


def last(source: Source, box: Box) -> int:
    """The last mail that was read; 0 when the server has numbered them anew, and what is known is known again by its bytes."""
    known = source.state if isinstance(source.state, dict) else {}
    return int(known.get("uid", 0)) if known.get("validity") == box.validity and known.get("mailbox") == where(source) else 0


def note(source: Source, box: Box, uid: int) -> None:
    source.state = {"validity": box.validity, "uid": uid, "mailbox": where(source)}
    Source.objects.filter(pk=source.pk).update(state=source.state)


def where(source: Source) -> str:
    """The same state is no use for another mailbox."""
    options = options_of(source)
    return f"{source.address} {options.user} {options.mailbox}"
