"""Pieces that answer a query, best first.

What has all words comes first, then what has words that mean the same or the characters alone, then what has some of the words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np

from kawaraban.search import grams, guessing, matching
from kawaraban.search.answer import Answer, Extract, Hit, Span
from kawaraban.search.asking import Asked, Asker, Asking, both, either, quoted
from kawaraban.search.catalogue import Catalogue, Mark, Mask, Rows
from kawaraban.search.extracting import extract, marked
from kawaraban.search.filters import Filters, Order
from kawaraban.search.matching import NOTHING, Matcher, Scores
from kawaraban.search.query import parse
from kawaraban.search.store import Store
from kawaraban.search.suggesting import suggested

LOOKED_AT = 200  # pieces whose text is read to see whether they say something, or that have only some of the words
FEW = 10  # answers with which nobody is helped yet: then words that mean the same, and what has only some of the words, are looked for
READ = 8_000  # places in the index that looking for some of the words may read, about
HALF_LIFE = 180.0  # days in which half of what being new is worth is lost
NEWNESS = 0.1
DAY = 86_400.0
IN_TITLE, SAID_OTHERWISE = 6.0, 0.5
SAID = 60  # pieces whose text is read to put them in order
EVERYTHING = Filters()
NOTHING_MORE: Mapping[Mark, float] = MappingProxyType({})
Quotable = Callable[[tuple[str, ...]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Tier:
    """Rows that answer equally well, and how they are put in order when somebody turns to them."""

    rows: Rows
    ranked: Callable[[Rows], tuple[Rows, Scores]]
    relaxed: bool = False


class Finder:
    """Answers queries from an index; one serves one thread.

    now: which day being new is counted from; else that of the newest piece. worth: what a piece counts for a mark that it has.
    """

    def __init__(
        self, store: Store, synonyms: Iterable[Iterable[str]] = (), now: datetime | None = None, worth: Mapping[Mark, float] = NOTHING_MORE
    ) -> None:
        self.store = store
        self.worth = worth
        self.read: dict[int, list[str]] = {}
        self.texts: dict[int, tuple[str, ...]] = {}
        self.looked: dict[str, set[str]] = {}
        self.asker = Asker(store.japanese, store.database, synonyms)
        self.matcher = Matcher(store.database)
        self.catalogue = Catalogue()
        newest = store.database.execute("SELECT max(date) FROM piece").fetchone()[0]
        self.now = now.timestamp() if now else newest

    def find(
        self, text: str, top: int = 10, *, skip: int = 0, filters: Filters = EVERYTHING, order: Order = Order.RELEVANCE, with_facets: bool = False
    ) -> Answer:
        """The best answers to whatever somebody typed, after so many that are skipped."""
        self.read.clear()
        self.texts.clear()
        self.looked.clear()
        with self.store.reading(), self.matcher.remembering():
            self.catalogue.follow(self.store.database)
            asking = self.asker.ask(parse(text))
            tiers = list(self.tiers(asking, self.catalogue.allowed(filters), order)) if asking.groups else []
            rows = np.concatenate([NOTHING, *(tier.rows for tier in tiers)])
            hits = self.hits(tiers, skip, top, order)
            is_nothing = not any(len(tier.rows) for tier in tiers if not tier.relaxed) and not len(self.with_all(asking))
            meant = self.meant(text) if is_nothing else ""
            relaxed = any(tier.relaxed and len(tier.rows) for tier in tiers)
            return Answer(hits, relaxed, len(rows), self.catalogue.facets(rows) if with_facets else {}, meant)

    def extract(self, hit: Hit, text: str, length: int = 120, quotable: Quotable = lambda fields: fields) -> Extract:
        """What a hit says around what was asked for. quotable: given title, lead, body and more gives the title, and what may be quoted."""
        fields = self.store.text(hit.row)
        return extract(quotable(fields) if fields else ("", ""), self.looked_for(text), length)

    def marked(self, shown: str, text: str) -> tuple[Span, ...]:
        """What is shown besides, with what was asked for marked."""
        return marked(shown, self.looked_for(text))

    def looked_for(self, text: str) -> set[str]:
        """What is marked, worked out once for the results of a query."""
        if text not in self.looked:
            self.looked[text] = {said for group in self.asker.ask(parse(text)).groups for term in group for said in term.said}
        return self.looked[text]

    def suggest(self, beginning: str, top: int = 8) -> list[str]:
        """Words of the index that begin so, by spelling or by reading, and titles in which one does."""
        if self.store.is_stale:
            return []  # it still has the words of what has been taken out of it
        with self.store.reading():
            return suggested(self.store, beginning, top)

    def meant(self, text: str) -> str:
        """The query with words of the index in place of those that it has not, such that something is found."""
        if self.store.is_stale:
            return ""
        return next((other for other in guessing.meant(text, self.store) if self.count(other)), "")

    def count(self, text: str) -> int:
        asking = self.asker.ask(parse(text))
        return len(self.with_all(asking)) if asking.groups else 0

    def tiers(self, asking: Asking, allowed: Mask, order: Order) -> Iterator[Tier]:
        excluded = matching.either(self.with_term(term) for term in asking.excluded)

        def fresh(rows: Rows, *before: Rows) -> Rows:
            for others in (excluded, *before):
                rows = matching.without(rows, others)
            return rows[allowed[rows]]

        first = self.exact(asking, fresh, order)
        yield first
        exact = first.rows
        # A phrase may begin or end within a word, and then it has other words where it is said.
        has_phrase = any(term.is_phrase for group in asking.groups for term in group)
        # Before it is narrowed: to narrow adds nothing.
        if not has_phrase and len(self.with_all(asking)) >= LOOKED_AT:
            return
        with_doubtful = has_phrase or len(exact) < FEW
        read = LOOKED_AT if order is Order.DATE else max(0, LOOKED_AT - len(exact))
        alike = self.alike(asking, lambda rows: fresh(rows, exact), read, with_doubtful=with_doubtful)
        yield Tier(alike, lambda rows: self.by_saying(rows, asking) if with_doubtful else self.by_date(rows))
        found = len(exact) + len(alike)
        if found < FEW and (loose := self.some(asking)) and (order is Order.RELEVANCE or not found):
            rows, _ = self.best(loose, fresh(self.matcher.by_words(loose), exact, alike))
            yield Tier(np.sort(rows[:LOOKED_AT]), lambda rows: self.by_words(loose, rows), relaxed=True)

    def hits(self, tiers: list[Tier], skip: int, top: int, order: Order) -> list[Hit]:
        """The page after so many hits. Only tiers that it is taken from, or that stand before it, are put in order."""
        if order is Order.DATE:
            rows = self.catalogue.newest_first(np.concatenate([NOTHING, *(tier.rows for tier in tiers)]))
            return self.named(rows[skip : skip + top], np.zeros(top))
        found, values = NOTHING, np.zeros(0)
        for tier in tiers:
            if len(found) >= skip + top or not len(tier.rows):
                continue
            rows, scores = tier.ranked(tier.rows)
            if len(values) and len(scores) and scores[0] > 0 and scores[0] >= values[-1]:
                scores = scores * (values[-1] * 0.99 / scores[0])
            found, values = np.concatenate((found, rows)), np.concatenate((values, scores))
        return self.named(found[skip : skip + top], values[skip : skip + top])

    def named(self, rows: Rows, scores: Scores) -> list[Hit]:
        marks = ", ".join("?" * len(rows))
        asked = f"SELECT row, id FROM piece WHERE row IN ({marks})"  # noqa: S608 - question marks
        names = dict(self.store.database.execute(asked, rows.tolist()).fetchall())
        return [Hit(names[row], score, row) for row, score in zip(rows.tolist(), scores.tolist(), strict=False)]

    def with_all(self, asking: Asking) -> Rows:
        """What has all words, and of each phrase the characters."""
        expressions = [either(term.words or "" for term in group) for group in asking.groups]
        if not all(expressions):
            return NOTHING
        phrases = [group for group in asking.groups if all(term.is_phrase for term in group)]
        found = self.matcher.by_words(both(expressions))
        return matching.both([found, self.with_pairs(phrases)]) if phrases else found

    def with_pairs(self, phrases: list[list[Asked]]) -> Rows:
        return matching.both(matching.either(map(self.matcher.by_pairs, group)) for group in phrases)

    def with_term(self, term: Asked) -> Rows:
        """What an excluded term takes out."""
        return self.matcher.by_pairs(term) if term.words is None or term.is_phrase else self.matcher.by_words(term.words)

    def alike(self, asking: Asking, fresh: Callable[[Rows], Rows], most: int, *, with_doubtful: bool) -> Rows:
        """What says each term by words that mean the same, or by its characters: of what only may do so, the newest are read, so many at the most.

        Of the others those stay that have all of a phrase's pairs: nearly all of them say it.
        """
        sure = [matching.either(rows for term in group for rows in self.sure(term, and_wider=with_doubtful)) for group in asking.groups]
        certain = fresh(matching.both(sure))
        if not with_doubtful:
            return certain
        pairs = [{term: self.matcher.by_pairs(term) for term in group if term.pairs} for group in asking.groups]
        likely = [[rows for term, rows in group.items() if term.is_phrase] for group in pairs]
        doubtful = fresh(matching.without(together(sure, [list(group.values()) for group in pairs]), certain))
        read = np.sort(self.catalogue.newest_first(doubtful)[:most])
        known = [set(matching.both([rows, read]).tolist()) for rows in sure]
        said = [
            row for row in read.tolist() if all(row in rows or self.says_any(row, group) for rows, group in zip(known, asking.groups, strict=True))
        ]
        unread = matching.both([matching.without(doubtful, read), together(sure, likely)]) if len(doubtful) > len(read) else NOTHING
        return matching.either([certain, np.array(said, np.int64), unread])

    def sure(self, term: Asked, *, and_wider: bool) -> Iterator[Rows]:
        if not term.is_phrase:
            yield self.matcher.by_words(term.words)
            if and_wider:
                yield self.matcher.by_words(term.wider)
        if term.pairs and term.is_exact:
            yield self.matcher.by_pairs(term)

    def some(self, asking: Asking) -> str:
        """Any word, the rarest if they are many, and any words that stood together in the query: they weigh more where they stand together."""
        terms = [term for group in asking.groups for term in group if not term.is_phrase]
        chosen = self.rare(dict.fromkeys(text for term in terms for text in term.single))
        return either([*map(quoted, chosen), *(term.words or "" for term in terms if chosen.issuperset(term.single))])

    def rare(self, texts: Iterable[str]) -> set[str]:
        frequency = self.asker.frequency(texts)
        chosen: set[str] = set()
        for text in sorted(frequency, key=lambda text: (frequency[text], text)):
            if not chosen or sum(frequency[other] for other in chosen) + frequency[text] <= READ:
                chosen.add(text)
        return chosen

    def by_words(self, expression: str, rows: Rows) -> tuple[Rows, Scores]:
        """The best first; of very many, the rest follows with the newest first."""
        best, scores = self.best(expression, rows)
        return with_rest(best, scores, matching.without(rows, np.sort(best))[::-1] if len(best) < len(rows) else NOTHING)

    def best(self, expression: str, rows: Rows) -> tuple[Rows, Scores]:
        return self.ordered(*self.matcher.ranked(expression, self.matcher.likely(expression, rows)))

    def by_saying(self, rows: Rows, asking: Asking) -> tuple[Rows, Scores]:
        """Those that say it the most often and in the title first; of many only the newest are read for it, and what says nothing is left out."""
        read = self.catalogue.newest_first(rows)[:SAID]
        counts = np.array([self.said(row, asking) for row in read.tolist()], np.float64)
        best, scores = self.ordered(read[counts > 0], counts[counts > 0])
        return with_rest(best, scores, self.catalogue.newest_first(matching.without(rows, np.sort(read))))

    def by_date(self, rows: Rows) -> tuple[Rows, Scores]:
        newest = self.catalogue.newest_first(rows)
        return newest, 1 / np.arange(1, len(newest) + 1, dtype=np.float64)

    def ordered(self, rows: Rows, scores: Scores) -> tuple[Rows, Scores]:
        """The best first, newer ones a little further up."""
        worth = scores * self.newness(rows) * self.catalogue.worth(rows, self.worth)
        order = np.lexsort((-rows, -worth))
        return rows[order], worth[order]

    def newness(self, rows: Rows) -> Scores:
        if self.now is None:
            return np.ones(len(rows))
        age = np.maximum(0.0, self.now - self.catalogue.dates[rows]) / DAY
        return np.asarray(np.nan_to_num(1 + NEWNESS * np.exp2(-age / HALF_LIFE), nan=1.0), np.float64)

    def exact(self, asking: Asking, fresh: Callable[[Rows], Rows], order: Order) -> Tier:
        """What has all words, without what says some phrase nowhere: of many, the first are read."""
        strict = both(either(term.words or "" for term in group) for group in asking.groups)
        phrases = [group for group in asking.groups if all(term.is_phrase for term in group)]
        if not phrases:
            rows = fresh(self.with_all(asking))
            return Tier(rows, lambda rows: self.by_words(strict, rows))
        first, scores = self.having(asking, phrases, strict, fresh)
        if order is Order.DATE:
            first, scores = self.by_date(first)
        is_said = ~matching.are_among(first, self.silent(first, phrases))
        return Tier(np.sort(first[is_said]), lambda _: (first[is_said], scores[is_said]))

    def silent(self, rows: Rows, phrases: list[list[Asked]]) -> Rows:
        """Of the first of some rows those that say some phrase nowhere. More are read than usual while hardly one says it."""
        found: list[int] = []
        for place, row in enumerate(rows[: 3 * LOOKED_AT].tolist()):
            if place >= LOOKED_AT and place - len(found) >= FEW:
                break
            if not all(self.says_any(row, group) for group in phrases):
                found.append(row)
        return np.array(found, np.int64)

    def having(self, asking: Asking, phrases: list[list[Asked]], strict: str, fresh: Callable[[Rows], Rows]) -> tuple[Rows, Scores]:
        """The same in order before anything is read. What has the pairs of a phrase is seldom much; then the words are asked about that alone."""
        if not all(any(term.words for term in group) for group in asking.groups):
            return NOTHING, np.zeros(0)
        with_pairs = fresh(self.with_pairs(phrases))
        if len(with_pairs) <= matching.RANKED:
            return self.best(strict, with_pairs)
        return self.by_words(strict, matching.both([self.matcher.by_words(strict), with_pairs]))

    def said(self, row: int, asking: Asking) -> float:
        """How often a piece says what is asked, as it is written; nothing when it does not say a phrase at all."""
        total = 0.0
        for group in asking.groups:
            count = max(said_in(self.text(row), term.needle) or said_in(self.squeezed(row), term.needle) for term in group)
            if not count and all(term.is_phrase for term in group):
                return 0.0
            total += count or SAID_OTHERWISE
        return total

    def says_any(self, row: int, terms: Iterable[Asked]) -> bool:
        fields = [field for field in self.text(row) if field]
        needles = [term.needle for term in terms]
        is_plain = any(needle in field for needle in needles for field in fields)  # as it nearly always is
        return is_plain or any(grams.says(field, needle) for needle in needles for field in fields)

    def text(self, row: int) -> tuple[str, ...]:
        if row not in self.texts:
            self.texts[row] = self.store.text(row)
        return self.texts[row]

    def squeezed(self, row: int) -> list[str]:
        """A piece's fields to look for phrases in, read once for a query."""
        if row not in self.read:
            self.read[row] = [grams.squeezed(field) for field in self.text(row)]
        return self.read[row]


def together(several: Iterable[Rows], others: Iterable[Iterable[Rows]]) -> Rows:
    """Rows that are, in each place, among the ones or among some of the others."""
    return matching.both(matching.either([rows, *more]) for rows, more in zip(several, others, strict=True))


def said_in(fields: Iterable[str], needle: str) -> float:
    return sum(field.count(needle) * (IN_TITLE if place == 0 else 1.0) for place, field in enumerate(fields))


def with_rest(rows: Rows, scores: Scores, rest: Rows) -> tuple[Rows, Scores]:
    return np.concatenate((rows, rest)), np.concatenate((scores, np.zeros(len(rest))))
