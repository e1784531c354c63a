"""あわせて読みたい: pieces that share what a piece is about, and differ from one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kawaraban.search import terms
from kawaraban.search.asking import either, quoted
from kawaraban.search.folding import fold
from kawaraban.search.japanese import Japanese
from kawaraban.search.store import Store, unpacked

CANDIDATES = 60
ASKED = 16  # words that candidates are looked for with
READ = 6_000  # places in the index that looking for candidates may read, about
DIFFERENT = 0.3  # how much being like an earlier result costs
SAME_STORY = 0.7  # likeness from which two pieces tell one story
LEAST = 0.01
DAY = 86_400.0
REMEMBERED = 500_000
MANY = 10  # times as many pieces are looked at when only those of a kind are wanted
LIKELY = "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
ROWS = "SELECT row FROM ({0}) AS found CROSS JOIN piece ON piece.row = found.rowid WHERE id GLOB ? AND row <> ? ORDER BY rank LIMIT ?"
TOLD = "SELECT id, date, text FROM piece WHERE {0} = ?"


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
    """likeness: of what it says, from 0 to 1, or what was made of it."""

    id: str
    likeness: float
    vector: terms.Vector
    date: float | None = None


@dataclass(frozen=True, slots=True)
class Newness:
    """How much more a piece counts for being new: worth today, half of it after so many days, and so on."""

    worth: float = 0.15
    half_life: float = 365.0

    def factor(self, date: float | None, now: float | None) -> float:
        if date is None or now is None:
            return 1.0
        return float(1 + self.worth * 0.5 ** (max(0.0, now - date) / DAY / self.half_life))


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
        newness = Newness()
        found = [one for one in self.candidates(self.vector(told), but) if LEAST < one.likeness < SAME_STORY]
        return different([replace(one, likeness=one.likeness * newness.factor(one.date, self.now)) for one in found], top)

    def likely(self, told: Mapping[str, float], but: str = "", kind: str = "") -> list[Candidate]:
        """What says the like of these telling words, without what tells the same story.

        but: id of the piece that they are of, whether the index has it or not. kind: how ids begin, such as "article:".
        """
        own = self.store.database.execute("SELECT row FROM piece WHERE id = ?", (but,)).fetchone()
        found = self.candidates(self.vector(told), own[0] if own else 0, kind)
        return [one for one in found if LEAST < one.likeness < SAME_STORY]

    def told(self, identities: Iterable[str]) -> dict[str, dict[str, float]]:
        """The telling words of those of some pieces that the index has."""
        rows = (self.store.database.execute(TOLD.format("id"), (identity,)).fetchone() for identity in identities)
        return {identity: terms.read(unpacked(text)[-1]) for identity, _, text in filter(None, rows)}

    def vector(self, told: Mapping[str, float]) -> dict[str, float]:
        self.look_up(told)
        return terms.weighted(told, self.count, self.frequency)

    def candidates(self, vector: terms.Vector, but: int = 0, kind: str = "") -> list[Candidate]:
        expression = either(map(quoted, self.asked(vector, least=2 if but else 1)))
        if not expression:
            return []
        values = (expression, CANDIDATES * (MANY if kind else 1), f"{kind}*", but, CANDIDATES)
        rows = self.store.database.execute(ROWS.format(LIKELY), values).fetchall()
        return self.compared(vector, "row", (row for (row,) in rows))

    def named(self, vector: terms.Vector, identities: Iterable[str]) -> list[Candidate]:
        """Those of some pieces that the index has, compared with a vector."""
        return self.compared(vector, "id", identities)

    def compared(self, vector: terms.Vector, column: str, values: Iterable[int | str]) -> list[Candidate]:
        """Pieces, each named by what one column says of it, compared with a vector."""
        rows = (self.store.database.execute(TOLD.format(column), (value,)).fetchone() for value in values)
        read = [(identity, date, terms.read(unpacked(text)[-1])) for identity, date, text in filter(None, rows)]
        self.look_up(text for *_, told in read for text in told)
        found = []
        for identity, date, told in read:
            other = terms.weighted(told, self.count, self.frequency)
            found.append(Candidate(identity, terms.likeness(vector, other), other, date))
        return found

    def asked(self, vector: terms.Vector, least: int) -> list[str]:
        """The words that tell most for what reading their places costs. least: in how many pieces, to be in another one than its own."""
        found: list[str] = []
        read = 0
        for text in sorted(vector, key=lambda text: (-vector[text], text)):
            frequency = self.frequency.get(text, 0)
            if frequency >= least and (read + frequency <= READ or not found):
                found.append(text)
                read += frequency
            if len(found) == ASKED:
                break
        return found

    def shown(self, texts: list[str]) -> list[str]:
        """Words as the pieces write them."""
        asked = f"SELECT text, shown FROM word WHERE text IN ({', '.join('?' * len(texts))})"  # noqa: S608 - question marks
        known = dict(self.store.database.execute(asked, texts))
        return [known.get(text) or text for text in texts]

    def look_up(self, texts: Iterable[str]) -> None:
        """In how many pieces each word is, remembered for the next piece."""
        if len(self.frequency) > REMEMBERED:
            self.frequency.clear()
        wanted = list({text for text in texts if text not in self.frequency})
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            asked = f"SELECT text, pieces FROM word WHERE text IN ({', '.join('?' * len(some))})"  # noqa: S608 - question marks
            self.frequency.update(dict.fromkeys(some, 0) | dict(self.store.database.execute(asked, some)))


def different(candidates: Iterable[Candidate], top: int, beside: Iterable[Candidate] = ()) -> list[Near]:
    """By maximal marginal relevance (Carbonell and Goldstein 1998): each the nearest that the earlier ones don't stand for already.

    beside: what stands there before them.
    """
    remaining = sorted(candidates, key=lambda found: (-found.likeness, found.id))
    nearest = dict.fromkeys((found.id for found in remaining), 0.0)
    chosen: list[Near] = []
    for before in beside:
        remaining = left_over(remaining, before, nearest)
    while remaining and len(chosen) < top:
        best = max(remaining, key=lambda found: found.likeness - DIFFERENT * nearest[found.id])
        chosen.append(Near(best.id, best.likeness - DIFFERENT * nearest[best.id]))
        remaining = left_over([other for other in remaining if other is not best], best, nearest)
    return chosen


def left_over(candidates: list[Candidate], chosen: Candidate, nearest: dict[str, float]) -> list[Candidate]:
    """Without those that tell the same story as one that was chosen; how near it the others are is noted."""
    for other in candidates:
        nearest[other.id] = max(nearest[other.id], terms.likeness(chosen.vector, other.vector))
    return [other for other in candidates if other.id != chosen.id and nearest[other.id] < SAME_STORY]


def told(fields: Mapping[str, str], japanese: Japanese) -> dict[str, float]:
    """The telling words of a text that is in no index, by field: title, lead, body, more."""
    return terms.telling({name: terms.field(japanese.folded_words(fold(text))) for name, text in fields.items()})
