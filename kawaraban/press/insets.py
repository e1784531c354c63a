"""Insets filed: parts of pages that are printed again without the rest of them.

An inset lies among its page's own parts, so that a newsstand does not know it from them: it looks up and keeps nothing for it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import lmdb

from kawaraban.press import records
from kawaraban.press.compress import Part, compressed
from kawaraban.press.marks import INSET
from kawaraban.press.queue import Urgency
from kawaraban.press.records import Record, page_key
from kawaraban.press.segments import Lost, Segments

if TYPE_CHECKING:
    from kawaraban.press.edition import Edition

EMPTY = compressed(b"")
Holders = dict[str, bytes | None]  # address → what is stored of its page


class Insets(NamedTuple):
    """All insets about one thing, made at one moment."""

    about: str
    texts: Mapping[str, bytes]  # by name
    keys: frozenset[str]  # what they were made from


def file_insets(edition: "Edition", made: Sequence[Insets], started: int, generation: int) -> None:
    """Puts insets into every page that holds them; those that are not given are emptied.

    A page of an earlier generation, whose form is another, is marked to be printed whole; until then nothing stands there, because
    what stood there may have been withdrawn.

    started: changes() before they were made. Raises Outdated, EditionFull; then nothing is stored.
    """
    filed: dict[str, Holders] = {}
    with edition.writing() as txn:
        edition.refuse_outdated(txn, generation)
        edition.index.widen({INSET + insets.about: insets.keys for insets in made})
        for insets in made:
            parts = {name: compressed(text) for name, text in insets.texts.items()}
            for address in edition.index.made_from(INSET + insets.about):
                replace(edition, txn, address, insets.about, parts, started, generation)
            filed[insets.about] = holders(edition, txn, insets.about)
            edition.settle(txn, INSET + insets.about, insets.keys, started, 0.0)
    narrow(edition, made, filed)


def holders(edition: "Edition", txn: lmdb.Transaction, about: str) -> Holders:
    return {address: txn.get(page_key(address), db=edition.tables["pages"]) for address in edition.index.made_from(INSET + about)}


def narrow(edition: "Edition", made: Sequence[Insets], filed: dict[str, Holders]) -> None:
    """The index without what they are no longer made from, unless a page that holds them has been filed meanwhile."""
    with edition.writing(announces=False) as txn:
        same = [insets for insets in made if holders(edition, txn, insets.about) == filed[insets.about]]
        edition.index.narrow({INSET + insets.about: insets.keys if filed[insets.about] else frozenset() for insets in same})


def replace(edition: "Edition", txn: lmdb.Transaction, address: str, about: str, parts: Mapping[str, Part], started: int, generation: int) -> None:
    """The record of one page with these parts in place of its earlier ones, unless it has later ones."""
    key = page_key(address)
    stored = txn.get(key, db=edition.tables["pages"])
    if stored is None:
        return
    head = records.head(stored)
    if head.generation != generation:
        edition.queue.add(txn, address, Urgency.NOW, head.date, started)
        parts = {}
    if head.inset_changes > started:
        return
    try:
        record = records.read(stored, edition.segments.read(*records.place(stored)))
    except Lost:
        edition.queue.add(txn, address, Urgency.NOW, head.date, started)
        return
    emptied = {name: EMPTY for _, name in record.inset_places(about)}
    changed = with_insets(record, about, {**emptied, **parts})._replace(inset_changes=started)
    place = record.place
    if changed.parts != record.parts:
        edition.parts.let_go(txn, stored)
        place = edition.parts.append(txn, records.own(changed))
    txn.put(key, records.written(changed, place), db=edition.tables["pages"])


def with_insets(record: Record, about: str, parts: Mapping[str, Part]) -> Record:
    """A record with other insets, as far as it has such about this."""
    made = list(record.parts)
    for place, name in record.inset_places(about):
        made[place] = parts.get(name, made[place])
    return record._replace(parts=tuple(made))


def with_later_insets(record: Record, before: bytes | None, segments: Segments) -> Record:
    """A page that is to be filed, with the insets that were put into the one before it while it was made."""
    if before is None:
        return record
    head = records.head(before)
    if head.generation != record.generation or head.inset_changes <= record.changes:
        return record
    try:
        earlier = records.read(before, segments.read(*records.place(before)))
    except Lost:
        return record
    about = record.insets.partition(" ")[0]
    kept = {name: earlier.parts[place] for place, name in earlier.inset_places(about)}
    parts = {name: part for name, part in kept.items() if isinstance(part, Part)}
    return with_insets(record, about, parts)._replace(inset_changes=head.inset_changes if parts else record.changes)
