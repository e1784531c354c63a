"""あわせて読みたい: pieces that share what a piece is about, and differ from one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kawaraban.search import terms
from kawaraban.search.asking import either, quoted
from kawaraban.search.store import Store, unpacked

CANDIDATES = 60
ASKED = 16  # words that candidates are looked for with
READ = 6_000  # places in the index that looking for candidates may read, about
DIFFERENT = 0.3  # how much being like an earlier result costs
SAME_STORY = 0.7  # likeness from which two pieces tell one story
LEAST = 0.01
NEWNESS, HALF_LIFE, DAY = 0.15, 365.0, 86_400.0
REMEMBERED = 500_000
LIKELY = "SELECT id, date, text FROM piece WHERE row IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?) AND row <> ?"


class NoSuchPieceError(Exception):
    """There is no piece {0!r} in the index."""

    def __str__(self) -> str:
        return str(self.__doc__).format(*self.args)


@dataclass(frozen=True, slots=True)
class Near:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    likeness: float
    vector: terms.Vector


class Relater:
    """Relates the pieces of an index. now: which day being new is counted from; else that of the newest piece."""

    def __init__(self, store: Store, now: datetime | None = None) -> None:
        self.store = store
        self.count = store.count
        newest = store.database.execute("SELECT max(date) FROM piece").fetchone()[0]
        self.now = now.timestamp() if now else newest
        self.frequency: dict[str, int] = {}

    def related(self, identity: str, top: int = 10) -> list[Near]:
        """What to read with a piece of the index, best first."""
        found = self.store.database.execute("SELECT row, text FROM piece WHERE id = ?", (identity,)).fetchone()
        if found is None:
            raise NoSuchPieceError(identity)
        return self.near(terms.read(unpacked(found[1])[-1]), top, but=found[0])

    def near(self, told: Mapping[str, float], top: int, but: int = 0) -> list[Near]:
        """What to read with whatever has these telling words, such as a text that is being written."""
        self.look_up(told)
        vector = terms.weighted(told, self.count, self.frequency)
        return different([found for found in self.candidates(vector, but) if LEAST < found.likeness < SAME_STORY], top)

    def candidates(self, vector: terms.Vector, but: int) -> list[Candidate]:
        expression = either(map(quoted, self.asked(vector)))
        if not expression:
            return []
        values = (expression, CANDIDATES, but)
        rows = [(identity, date, terms.read(unpacked(text)[-1])) for identity, date, text in self.store.database.execute(LIKELY, values)]
        self.look_up(text for *_, told in rows for text in told)
        found = []
        for identity, date, told in rows:
            other = terms.weighted(told, self.count, self.frequency)
            likeness = terms.likeness(vector, other)
            found.append(Candidate(identity, likeness if likeness >= SAME_STORY else likeness * self.newness(date), other))
        return found

    def asked(self, vector: terms.Vector) -> list[str]:
        """The words that tell most for what reading their places costs."""
        found: list[str] = []
        read = 0
        for text in sorted(vector, key=lambda text: (-vector[text], text)):
            frequency = self.frequency.get(text, 0)
            if frequency > 1 and (read + frequency <= READ or not found):
                found.append(text)
                read += frequency
            if len(found) == ASKED:
                break
        return found

    def look_up(self, texts: Iterable[str]) -> None:
        """In how many pieces each word is, remembered for the next piece."""
        if len(self.frequency) > REMEMBERED:
            self.frequency.clear()
        wanted = list({text for text in texts if text not in self.frequency})
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            asked = f"SELECT text, pieces FROM word WHERE text IN ({', '.join('?' * len(some))})"  # noqa: S608 - question marks
            self.frequency.update(dict.fromkeys(some, 0) | dict(self.store.database.execute(asked, some)))

    def newness(self, date: float | None) -> float:
        if date is None or self.now is None:
            return 1.0
        return float(1 + NEWNESS * 0.5 ** (max(0.0, self.now - date) / DAY / HALF_LIFE))


def different(candidates: list[Candidate], top: int) -> list[Near]:
    """By maximal marginal relevance (Carbonell and Goldstein 1998): each the nearest that the earlier ones don't stand for already."""
    remaining = sorted(candidates, key=lambda found: (-found.likeness, found.id))
    nearest = dict.fromkeys((found.id for found in remaining), 0.0)
    chosen: list[Near] = []
    while remaining and len(chosen) < top:
        best = max(remaining, key=lambda found: found.likeness - DIFFERENT * nearest[found.id])
        chosen.append(Near(best.id, best.likeness - DIFFERENT * nearest[best.id]))
        remaining.remove(best)
        for other in remaining:
            nearest[other.id] = max(nearest[other.id], terms.likeness(best.vector, other.vector))
        remaining = [other for other in remaining if nearest[other.id] < SAME_STORY]
    return chosen
