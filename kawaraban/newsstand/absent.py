"""Addresses that need not be asked about again for a while."""

from hashlib import blake2b

MOST, SECONDS = 10_000, 10.0


class Absent:
    """Kept by digest, since a made-up address may be long; the oldest go first."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self.until: dict[bytes, float] = {}
        self.changes = 0

    def __len__(self) -> int:
        return len(self.until)

    def add(self, address: str, now: float) -> None:
        key = digest(address)
        self.until.pop(key, None)
        self.until[key] = now + self.seconds
        if len(self.until) > self.most:
            del self.until[next(iter(self.until))]

    def has(self, address: str, now: float) -> bool:
        return self.until.get(digest(address), 0.0) > now

    def forget_after(self, changes: int) -> None:
        """Forgets all when the number of changes is another one."""
        if changes != self.changes:
            self.changes = changes
            self.until.clear()


def digest(address: str) -> bytes:
    return blake2b(address.encode("utf-8", "surrogatepass"), digest_size=12).digest()
