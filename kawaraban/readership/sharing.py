"""The day's salt, the same on all hosts, so that a reader whom two of them answer is one reader.

The first host to ask puts it on the server, sealed with the home's secret, and it goes there when its day is over.
Each host keeps it in its own file, tomorrow's too: a newsstand looks nowhere else, whether the server answers or not.
"""

import hmac
import secrets
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kawaraban.readership.readers import SALT_BYTES, Salts, day_of
from kawaraban.readership.server import Server

MARK_BYTES = 16


class Foreign(OSError):
    """Another home's secret has sealed what all hosts share."""


def share(salts: Salts, server: Server, key: bytes, zone: ZoneInfo, now: float) -> None:
    """now: seconds since 1970. key: made from the home's secret. Raises OSError."""
    today, ends = day_of(now, zone)
    for day, until in ((today, ends), (today + timedelta(days=1), day_of(ends + 1, zone)[1])):
        salts.replace(day, shared(server, key, day, until, salts.kept(day)))


def shared(server: Server, key: bytes, day: date, until: float, own: bytes) -> bytes:
    """What the first of all hosts has put there; own: what to put there if none has, empty for a new one."""
    name = server.key("salt", day.isoformat())
    found = server.ask("GET", name)
    if found is None:
        offered = sealed(key, day, own or secrets.token_bytes(SALT_BYTES))
        server.ask("SET", name, offered, "NX", "PXAT", round(until * 1000))
        found = server.ask("GET", name) or offered
    return opened(key, day, found)


def sealed(key: bytes, day: date, salt: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(salt, pad(key, day), strict=True)) + mark(key, day, salt)


def opened(key: bytes, day: date, found: bytes) -> bytes:
    salt = bytes(one ^ other for one, other in zip(found[:SALT_BYTES], pad(key, day), strict=True)) if len(found) == SALT_BYTES + MARK_BYTES else b""
    if not hmac.compare_digest(mark(key, day, salt), found[SALT_BYTES:]):
        raise Foreign(
            "the secret key of this home is not that of the other hosts, so its readers are counted apart. Give all hosts the same secrets.key."
        )
    return salt


def pad(key: bytes, day: date) -> bytes:
    """Used for one salt only."""
    return hmac.digest(key, f"salt {day.isoformat()}".encode(), "sha256")


def mark(key: bytes, day: date, salt: bytes) -> bytes:
    return hmac.digest(key, f"mark {day.isoformat()}".encode() + salt, "sha256")[:MARK_BYTES]
