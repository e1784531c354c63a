"""search and related: an invented archive indexed and asked, plain FTS5 beside it."""

import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks import invented
from benchmarks.homes import say
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.verify import Wrong
from kawaraban.search import grams, indexing
from kawaraban.search.document import Document
from kawaraban.search.filters import Filters, Order
from kawaraban.search.finding import Finder
from kawaraban.search.japanese import Japanese
from kawaraban.search.related import Relater
from kawaraban.search.store import Store, made

COUNT, FULL_COUNT, PEERS_COUNT = 100_000, 1_000_000, 10_000
QUERIES, PHRASES, RELATED, PROVED = 400, 200, 300, 60
TOP = 10
LEAST_RATE, GREATEST_SIZE, GREATEST_RELATED = 300, 1.5, 20.0
LEAST_FOUND = 0.99  # a noun put into a frame may become the middle of a longer word, and then its own article is no answer
LEAST_SHOWN = 0.99  # where hardly one of hundreds of texts that are read says it, what comes after them is shown unread
SAID, SHOWN = "of the articles that say a phrase, found", "of the ten first answers to a phrase, saying it"
FOUND = "queries that find the article they are of"
GREATEST = {"words": 30.0, "phrases": 60.0, "narrowed": 30.0, "by date": 30.0}
GREATEST_FULL = 150.0
PEERS = {"FTS5, unicode61": "unicode61", "FTS5, trigram": "trigram"}


@dataclass(frozen=True)
class Query:
    text: str
    source: str  # the article whose words these are


class Archive:
    """Articles written down once, so that an index's time has nothing of inventing them."""

    def __init__(self, folder: Path, count: int) -> None:
        self.file, self.count = folder / f"archive-{count}.jsonl", count
        if not self.file.exists():
            say(f"Inventing {count:,} articles …")
            written = self.file.with_suffix(".partial")
            with written.open("w", encoding="utf-8") as stream:
                for document in invented.archive(count):
                    stream.write(
                        json.dumps([document.id, document.title, document.body, document.date.timestamp(), document.marks], ensure_ascii=False) + "\n"
                    )
            written.rename(self.file)

    def documents(self) -> Iterator[Document]:
        with self.file.open(encoding="utf-8") as stream:
            for line in stream:
                identity, title, body, moment, marks = json.loads(line)
                yield Document(identity, title, body, invented.moment(moment), marks=marks)

    def queries(self, seed: str) -> tuple[list[Query], list[Query]]:
        """Of articles of chance: one to three of the nouns, each as likely as another; four to ten neighbouring characters of a sentence."""
        chance = random.Random(seed)  # noqa: S311
        words, phrases = list[Query](), list[Query]()
        while len(words) < QUERIES or len(phrases) < PHRASES:
            article = invented.invented(chance.randrange(self.count))
            nouns = [noun for noun in article.nouns if noun in article.document.body]
            many = chance.choices((1, 2, 3), (6, 3, 1))[0]
            words.append(Query(" ".join(chance.sample(nouns, many)), article.document.id))
            inside = [sentence for sentence in article.sentences if len(sentence) >= 12 and sentence in article.document.body]
            if inside:
                sentence, length = chance.choice(inside), chance.randint(4, 10)
                start = chance.randrange(len(sentence) - length + 1)
                phrases.append(Query(f'"{sentence[start : start + length]}"', article.document.id))
        return words[:QUERIES], phrases[:PHRASES]


def run(plan: Plan) -> Result:
    count = plan.articles or COUNT
    folder, result = plan.folder("search"), Result()
    result.settings = {
        "articles": count,
        "characters each": invented.LENGTH,
        "queries": f"{QUERIES} of one to three words, {PHRASES} phrases of four to ten characters",
    }
    japanese = Japanese()
    measured(result, Archive(folder, count), folder, japanese)
    beside(result, Archive(folder, min(count, PEERS_COUNT)), folder, japanese)
    if plan.full:
        measured(result, Archive(folder, FULL_COUNT), folder, japanese, is_full=True)
    result.notes.append(
        "The articles are invented: the demo edition's sentences with other nouns, drawn by rank from 100,000; what is asked for is what they say, "
        "so that common words are asked for as often as rare ones of the same article"
    )
    return result


def measured(result: Result, archive: Archive, folder: Path, japanese: Japanese, *, is_full: bool = False) -> None:
    index = indexed(result, archive, folder / f"index-{archive.count}", japanese, is_full=is_full)
    words, phrases = archive.queries(f"asked of {archive.count}")
    ask(result, Finder(index), archive, words, phrases, is_full=is_full)
    relate(result, index, archive, is_full=is_full)
    index.close()


def indexed(result: Result, archive: Archive, folder: Path, japanese: Japanese, *, is_full: bool) -> Store:
    """The archive put into an empty index, on one core: nothing of it runs beside."""
    for file in folder.glob("*"):
        file.unlink()
    index, sizes = made(folder, japanese), [0]

    def counted() -> Iterator[Document]:
        for document in archive.documents():
            sizes[0] += sum(len(field.encode()) for field in document.fields)
            yield document

    began = time.process_time()
    done = indexing.put(index, counted())
    rate = done / (time.process_time() - began)
    if done != archive.count or index.count != archive.count:
        raise Wrong(f"{index.count} articles are in the index instead of {archive.count}")
    index.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = index.file.stat().st_size / sizes[0]
    result.figures += [
        Figure(f"{archive.count:,} articles: put into the index a second of one core", "1/s", round(rate)),
        Figure(f"{archive.count:,} articles: index ÷ text in UTF-8", "×", round(size, 3)),
    ]
    if not is_full:
        result.musts += [
            Must("articles of 2,000 characters put into the index a second, on one core", LEAST_RATE, round(rate)),
            Must("index ÷ text in UTF-8", GREATEST_SIZE, round(size, 3), most=True),
        ]
    return index


def ask(result: Result, finder: Finder, archive: Archive, words: list[Query], phrases: list[Query], *, is_full: bool) -> None:
    """Each query with facets and the extracts of a page; the first few, which open the index, are asked before."""
    sections = Filters({"section": frozenset({"1", "2"})}, since=invented.NEWEST.replace(year=invented.NEWEST.year - 5))
    ways: dict[str, tuple[list[Query], Callable[[str], object]]] = {
        "words": (words, lambda text: finder.find(text, TOP, with_facets=True)),
        "phrases": (phrases, lambda text: finder.find(text, TOP, with_facets=True)),
        "narrowed": (words, lambda text: finder.find(text, TOP, filters=sections, with_facets=True)),
        "by date": (words, lambda text: finder.find(text, TOP, order=Order.DATE, with_facets=True)),
    }
    for query in words[:20]:
        finder.find(query.text, TOP, with_facets=True)
    for name, (queries, find) in ways.items():
        times = [timed(find, query.text) for query in queries]
        tell(result, f"{archive.count:,} articles: {name}", times, GREATEST_FULL if is_full else GREATEST[name])
    extracts = [timed(lambda text: extracted(finder, text), query.text) for query in words[:100]]
    result.figures.append(Figure(f"{archive.count:,} articles: words, with ten extracts: p95", "ms", p95(extracts)))
    prove(result, finder, archive, words, phrases)


def extracted(finder: Finder, text: str) -> None:
    for hit in finder.find(text, TOP, with_facets=True).hits:
        finder.extract(hit, text)


def prove(result: Result, finder: Finder, archive: Archive, words: list[Query], phrases: list[Query]) -> None:
    """The article that a query is of is among all answers; what has a phrase is what has it by reading every text."""
    share = found_share(words, lambda text: {hit.id for hit in finder.find(text, archive.count).hits})
    result.figures.append(Figure(f"{archive.count:,} articles: {FOUND}", "share", share))
    result.musts.append(Must(f"{archive.count:,} articles: {FOUND}", LEAST_FOUND, share))
    found = {query.text: [hit.id for hit in finder.find(query.text, archive.count).hits] for query in phrases[:PROVED]}
    saying: dict[str, set[str]] = {text: set() for text in found}
    otherwise: dict[str, set[str]] = {text: set(ids[:TOP]) for text, ids in found.items()}
    for document in archive.documents():
        for text, true in saying.items():
            if text.strip('"') in document.body or text.strip('"') in document.title:
                true.add(document.id)
            if document.id in otherwise[text] and (document.id in true or is_said(document, text)):
                otherwise[text].remove(document.id)
    shown = sum(len(ids[:TOP]) for ids in found.values())
    said = round(1 - sum(map(len, otherwise.values())) / shown, 4) if shown else 0.0
    share = round(sum(len(true.intersection(found[text])) for text, true in saying.items()) / sum(map(len, saying.values())), 5)
    more = round(sum(map(len, found.values())) / sum(map(len, saying.values())), 5)
    result.figures += [
        Figure(f"{archive.count:,} articles: {SAID}", "share", share),
        Figure(f"{archive.count:,} articles: {SHOWN}", "share", said),
        Figure(f"{archive.count:,} articles: counted for a phrase ÷ saying it", "×", more),
    ]
    result.musts += [Must(f"{archive.count:,} articles: {SAID}", 1.0, share), Must(f"{archive.count:,} articles: {SHOWN}", LEAST_SHOWN, said)]
    result.verified.append(f"{archive.count:,} articles: {len(saying)} phrases were looked for in every text")


def is_said(document: Document, text: str) -> bool:
    """In other widths, or with a line's end inside."""
    needle = grams.squeezed(text.strip('"'))
    return grams.says(document.body, needle) or grams.says(document.title, needle)


def found_share(queries: list[Query], find: Callable[[str], set[str]]) -> float:
    return round(sum(query.source in find(query.text) for query in queries) / len(queries), 3)


def relate(result: Result, index: Store, archive: Archive, *, is_full: bool) -> None:
    relater, chance = Relater(index), random.Random(archive.count)  # noqa: S311
    chosen = [f"article:{chance.randrange(archive.count)}" for _ in range(RELATED)]
    for identity in chosen[:10]:
        relater.related(identity)
    found: list[int] = []
    times = [timed(lambda identity: found.append(len(relater.related(identity))), identity) for identity in chosen]
    if not all(found):
        raise Wrong(f"{found.count(0)} articles are related to nothing")
    name = f"{archive.count:,} articles: related to one"
    mean = round(sum(times) / len(times) * 1000, 2)
    result.figures += [Figure(f"{name}: mean", "ms", mean), Figure(f"{name}: p95", "ms", p95(times))]
    if not is_full:
        result.musts.append(Must(f"{name}: mean, ms", GREATEST_RELATED, mean, most=True))


def beside(result: Result, archive: Archive, folder: Path, japanese: Japanese) -> None:
    """SQLite's own search over the same texts, queries and machine. What it does not find it answers fast: so that is told, too."""
    words, _ = archive.queries(f"asked of {archive.count}")
    for name, tokenizer in PEERS.items():
        began = time.process_time()
        database = plain(folder / f"{tokenizer}.sqlite3", tokenizer, archive)
        rate = archive.count / (time.process_time() - began)
        times = [timed(partial(asked_plainly, database), query.text) for query in words]
        told(result, f"{archive.count:,} articles, {name}", rate, times, found_share(words, partial(all_plainly, database)))
        database.close()
    small = Result()
    index = indexed(small, archive, folder / f"index-{archive.count}", japanese, is_full=True)
    finder = Finder(index)
    times = [timed(lambda text: finder.find(text, TOP), query.text) for query in words]
    share = found_share(words, lambda text: {hit.id for hit in finder.find(text, archive.count).hits})
    told(result, f"{archive.count:,} articles, Kawaraban", small.figures[0].value, times, share)
    index.close()


def told(result: Result, name: str, rate: float, times: list[float], found: float) -> None:
    result.figures += [
        Figure(f"{name}: put in a second of one core", "1/s", round(rate)),
        Figure(f"{name}: words, without facets: p95", "ms", p95(times)),
        Figure(f"{name}: {FOUND}", "share", found),
    ]


def plain(file: Path, tokenizer: str, archive: Archive) -> sqlite3.Connection:
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
    database.execute(f"CREATE VIRTUAL TABLE piece USING fts5(id UNINDEXED, title, body, tokenize = '{tokenizer}')")
    documents = archive.documents()
    while batch := [(document.id, document.title, document.body) for document in islice(documents, indexing.BATCH)]:
        database.execute("BEGIN")
        database.executemany("INSERT INTO piece VALUES (?, ?, ?)", batch)
        database.execute("COMMIT")
    return database


def expression(text: str) -> str:
    return " ".join(f'"{word}"' for word in text.split())


def asked_plainly(database: sqlite3.Connection, text: str) -> None:
    database.execute("SELECT id FROM piece WHERE piece MATCH ? ORDER BY rank LIMIT ?", (expression(text), TOP)).fetchall()


def all_plainly(database: sqlite3.Connection, text: str) -> set[str]:
    return {identity for (identity,) in database.execute("SELECT id FROM piece WHERE piece MATCH ?", (expression(text),))}


def timed(do: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    do(text)
    return time.perf_counter() - began


def tell(result: Result, name: str, times: list[float], greatest: float) -> None:
    result.figures += [
        Figure(f"{name}: p50", "ms", round(median(times) * 1000, 2)),
        Figure(f"{name}: p95", "ms", p95(times)),
        Figure(f"{name}: longest", "ms", round(max(times) * 1000, 1)),
    ]
    result.musts.append(Must(f"{name}: p95, ms", greatest, p95(times), most=True))


def p95(times: Iterable[float]) -> float:
    return round(float(np.percentile(list(times), 95)) * 1000, 2)


FLOW = Flow("search", "an archive indexed and asked, and what is related in it", run)
