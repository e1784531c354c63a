"""So many a second, and a few at once. Of one process."""

import threading
from dataclasses import dataclass, field

MOST_KEYS = 1_000


@dataclass
class Buckets:
    a_second: float
    burst: float
    levels: dict[str, tuple[float, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str, clock: float) -> float:
        """Takes one; gives 0, or else the seconds until there is one."""
        with self.lock:
            if key not in self.levels and len(self.levels) >= MOST_KEYS:
                self.levels.clear()
            level, since = self.levels.get(key, (self.burst, clock))
            level = min(self.burst, level + (clock - since) * self.a_second)
            is_there = level >= 1
            self.levels[key] = (level - 1 if is_there else level, clock)
            return 0.0 if is_there else (1 - level) / self.a_second
