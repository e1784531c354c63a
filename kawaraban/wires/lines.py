"""Copy as a line of JSON, to be looked at. Pure."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kawaraban.wires.copy import Copy


def line(copy: Copy) -> bytes:
    """The fields of a copy, in UTF-8 without a line end. Moments are ISO 8601 with their zone; of a medium's content there is but its size."""
    told = json.dumps(fields(copy), ensure_ascii=False, default=plain)
    return told.encode("utf-8", "backslashreplace")  # half a pair of surrogates becomes the escape that JSON has for it


def fields(copy: Copy) -> dict[str, Any]:
    told = asdict(copy)
    for medium in told["media"]:
        del medium["content"]
    return told


def plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
