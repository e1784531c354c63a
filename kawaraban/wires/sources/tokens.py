"""What an agency shows when it sends to us: only digests of it are kept. A token is long and random, so that a plain digest is enough."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from kawaraban.wires.models import Source

OVERLAP = timedelta(days=7)  # that the former token holds, so that the agency can change it in its own time


def digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def rotate(source: Source, now: datetime, overlap: timedelta = OVERLAP) -> str:
    """A new token, to be shown once. The former one holds for a while; with no overlap, for one that has leaked, neither it nor any before."""
    token = f"kw_{secrets.token_urlsafe(32)}"
    source.previous_hash = source.token_hash if overlap else ""
    source.previous_until = now + overlap if source.previous_hash else None
    source.token_hash = digest(token)
    source.save(update_fields=["token_hash", "previous_hash", "previous_until"])
    return token


def is_right(source: Source | None, token: str, now: datetime) -> bool:
    """Takes as long for a source that isn't there."""
    shown = digest(token)
    current, former = (source.token_hash, source.previous_hash) if source else ("", "")
    is_current = hmac.compare_digest(shown, current or "-")
    is_former = hmac.compare_digest(shown, former or "-")
    holds = bool(source and source.previous_until and now < source.previous_until)
    return is_current or (is_former and holds)
