"""Articles written into the edition as parts, without a rendering for each: the models' printed pages with other words poured in."""

import multiprocessing
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.inside.model import Model, Models, values_of, values_of_model
from benchmarks.inside.mould import Mould, mould
from kawaraban.conf import Configuration
from kawaraban.pages.made_from import own
from kawaraban.pages.printer import Printer, made, printer
from kawaraban.pages.printing import tell_changes
from kawaraban.press import records
from kawaraban.press.compress import compressed
from kawaraban.press.edition import Edition
from kawaraban.press.marks import INSET, Inset
from kawaraban.press.records import Record, page_key
from kawaraban.press.sheet import with_slots
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

CHUNK = 500
PROOF = 60  # articles that the press makes again, to compare

Filed = tuple[str, Record, dict[str, frozenset[str]]]  # address, record, what it and its insets were made from


class Untrue(Exception):
    """What was written is not what the press prints."""


@dataclass
class Shape:
    """A model's page: moulds where its own words and its insets stand, keys of runs where slots are."""

    pieces: tuple[Mould | bytes, ...]
    keys: frozenset[str]  # without the article's own
    inset_keys: frozenset[str]  # the same of its insets
    insets: str  # as a record names them, without what they are about
    mime: str


@dataclass
class Casting:
    """All that a process needs to cast pages."""

    models: Models
    shapes: dict[int, Shape]
    generation: int
    started: int

    def cast(self, numbers: Iterable[int]) -> list[Filed]:
        return [self.one(number) for number in numbers]

    def one(self, number: int) -> Filed:
        model = self.models.of(number)
        shape, values = self.shapes[model.key], values_of(self.models, number)
        parts = tuple(compressed(piece.pour(values).encode()) if isinstance(piece, Mould) else piece for piece in shape.pieces)
        date = self.models.moment(number).timestamp()
        key, address = f"page:{self.models.first_key + number}", self.models.address(number)
        record = Record(200, shape.mime, parts, self.generation, self.started, date, inset_changes=self.started, insets=f"{key} {shape.insets}")
        return address, record, {address: shape.keys | {key, own(key), INSET + key}, INSET + key: shape.inset_keys | {key}}


casting: list[Casting] = []


def cast(numbers: list[int]) -> list[Filed]:
    return casting[0].cast(numbers)


def fill(found: Configuration, models: Models, count: int, *, proves: bool) -> None:
    press = printer()
    press.edition.close()
    press.edition = Edition(found.edition, syncs=False)
    while tell_changes(press):
        """What changed before the pages were there is not to have all of them printed again."""
    for model in models.models:
        if not press.print_page(model.address):
            raise Untrue(f"the model {model.key} can't be printed")
    casting[:] = [Casting(models, {model.key: shape_of(press, model) for model in models.models}, press.generation, press.edition.changes())]
    with multiprocessing.get_context("fork").Pool() as pool:
        for filed in pool.imap_unordered(cast, chunks(count)):
            file(press.edition, filed)
    press.edition.env.sync(True)
    press.edition.index.env.sync(True)
    if proves:
        prove(press, models, count)


def chunks(count: int) -> Iterator[list[int]]:
    return (list(range(start, min(count, start + CHUNK))) for start in range(0, count, CHUNK))


def shape_of(press: Printer, model: Model) -> Shape:
    """The model's page cut at its own words. Raises Untrue when the pieces don't give the page again."""
    sheet, _ = made(model.address)
    stored = press.edition.record(model.address)
    values = values_of_model(model)
    texts = [piece.text if isinstance(piece, Inset) else piece for piece in sheet.pieces]
    pieces = tuple(mould(text.decode(), values) if isinstance(text, bytes) else part for text, part in zip(texts, stored.parts, strict=True))
    whole = b"".join(piece.pour(values).encode() for piece in pieces if isinstance(piece, Mould))
    if whole != b"".join(text for text in texts if isinstance(text, bytes)):
        raise Untrue(f"the page of the model {model.key} can't be cut")
    key, insets = f"page:{model.key}", sheet.insets.partition(" ")[2]
    return Shape(pieces, sheet.keys - {key, own(key)}, sheet.inset_keys - {key}, insets, sheet.mime)


def file(edition: Edition, filed: list[Filed]) -> None:
    with edition.writing() as txn:
        edition.index.widen({place: keys for _, _, made_from in filed for place, keys in made_from.items()})
        for address, record, _ in filed:
            txn.put(page_key(address), records.written(record, edition.parts.append(txn, records.own(record))), db=edition.tables["pages"])


def prove(press: Printer, models: Models, count: int) -> None:
    """Has the press make some of the articles and compares the bytes. Raises Untrue."""
    texts = {name: press.edition.slot(name, press.generation) or b"" for name in press.edition.slot_names(press.generation)}
    view = View(press.edition)
    for number in random.Random(count).sample(range(count), min(count, PROOF)):  # noqa: S311
        address = models.address(number)
        sheet, _ = made(address)
        shown = view.page(address)
        if sheet is None or shown is None or identity(shown.parts) != with_slots(sheet, texts):
            raise Untrue(f"{address} is not what the press prints")
        keys = frozenset(press.edition.made_from(f"page:{models.first_key + number}"))
        if address not in keys:
            raise Untrue(f"{address} is not in the index")
    view.close()
