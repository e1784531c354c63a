"""What an article page carries so that its read is taken: the article's seal, and the hour's token.

Both are signed with a key that the press and every newsstand have, so that neither is looked up.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable

HOUR, HOURS = 3600, 2  # seconds; how many of them a token is valid
BYTES = 9  # of a signature


def signed(key: bytes, text: str) -> str:
    return str(urlsafe_b64encode(hmac.digest(key, text.encode("utf-8", "replace"), "sha256")[:BYTES]), "ascii")


def seal(key: bytes, article: int) -> str:
    """Says that an article has been printed: its key alone could be made up."""
    return f"{article}.{signed(key, f'article {article}')}"


def token(key: bytes, hour: int) -> str:
    """hour: since 1970."""
    return f"{hour}.{signed(key, f'hour {hour}')}"


def is_ours(key: bytes, found: str) -> bool:
    """Whether a token was given out by us, at any time."""
    hour = found.partition(".")[0]
    return (
        hour.isascii()
        and hour.isdecimal()
        and len(hour) < 10
        and hmac.compare_digest(token(key, int(hour)).encode(), found.encode("utf-8", "replace"))
    )


class Valid:
    """The tokens that are taken just now."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.served: dict[str, float] = {}
        self.found: frozenset[str] = frozenset()

    def renew(self, now: float, served: Iterable[str] = ()) -> None:
        """now: seconds since 1970. served: what pages carry at this moment: with no press at work, these may be old.

        A token is valid for two hours from when it was last carried. The clock of whoever printed may be ahead a little.
        """
        self.served |= dict.fromkeys(served, now)
        self.served = {told: last for told, last in self.served.items() if now - last < HOURS * HOUR}
        hour = int(now) // HOUR
        self.found = frozenset(token(self.key, hour - back) for back in range(-1, HOURS)) | self.served.keys()

    def __contains__(self, told: str) -> bool:
        return told in self.found
