"""What readers must get, made by the desk's templates without the edition: one line of JSON for each address."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from benchmarks.inside.model import Model, Models, values_of, values_of_model
from benchmarks.inside.mould import Mould, mould
from kawaraban.desk.models import Article
from kawaraban.pages.printer import made, made_slot
from kawaraban.press.compress import LEVEL
from kawaraban.press.sheet import with_slots


def tell(addresses: Iterable[str], file: Path) -> None:
    """address, digest of the page, its bytes, and its bytes compressed whole."""
    write(addresses, page_of(), file)


def tell_of(models: Models, addresses: Iterable[str], file: Path) -> None:
    """The same for articles that may be in the edition alone: their truth is the model's page with their words."""
    true = page_of()

    @cache
    def whole_mould(model: Model) -> Mould:
        return mould(true(model.address).decode(), values_of_model(model))

    def page(address: str) -> bytes:
        number = int(address.rpartition("/a")[2])
        if Article.objects.filter(pk=models.first_key + number).exists():
            return true(address)
        return whole_mould(models.of(number)).pour(values_of(models, number)).encode()

    write(addresses, page, file)


def page_of() -> Callable[[str], bytes]:
    """Makes pages; each slot once. What it makes raises LookupError where readers get nothing."""
    texts: dict[str, bytes] = {}

    def page(address: str) -> bytes:
        sheet, _ = made(address)
        if sheet is None:
            raise LookupError(f"readers get nothing at {address}")
        for name in sheet.slots - set(texts):
            texts[name] = made_slot(name)[1]
        return with_slots(sheet, texts)

    return page


def write(addresses: Iterable[str], page_at: Callable[[str], bytes], file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for address in addresses:
            page = page_at(address)
            whole = len(gzip.compress(page, LEVEL, mtime=0))
            line = {"address": address, "digest": hashlib.blake2b(page).hexdigest(), "bytes": len(page), "whole": whole}
            out.write(json.dumps(line) + "\n")
