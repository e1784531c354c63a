"""What readers must get, made by the desk's templates without the edition: one line of JSON for each address."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from kawaraban.pages.printer import made, made_slot
from kawaraban.press.compress import LEVEL
from kawaraban.press.edition import with_slots


def tell(addresses: Iterable[str], file: Path) -> None:
    """address, digest of the page, its bytes, and its bytes compressed whole."""
    texts: dict[str, bytes] = {}
    with file.open("w", encoding="utf-8") as out:
        for address in addresses:
            sheet, _ = made(address)
            if sheet is None:
                raise LookupError(f"readers get nothing at {address}")
            for name in sheet.slots - set(texts):
                texts[name] = made_slot(name)[1]
            page = with_slots(sheet, texts)
            whole = len(gzip.compress(page, LEVEL, mtime=0))
            line = {"address": address, "digest": hashlib.blake2b(page).hexdigest(), "bytes": len(page), "whole": whole}
            out.write(json.dumps(line) + "\n")
