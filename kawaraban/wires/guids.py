"""Identifiers of items whose sender gives none. Pure."""

from datetime import datetime
from hashlib import sha256

from kawaraban.wires.copy import Unreadable


def derived(headline: str, published: datetime | None, text: str) -> str:
    """An identifier of what the item says, the same whenever it comes again. Raises Unreadable without a headline or a date."""
    if not headline or published is None:
        raise Unreadable("it has no identifier, and not both a headline and a date from which one could be made")
    return f"{published:%Y%m%d}-{digest(headline, published.isoformat(), text)}"


def digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
