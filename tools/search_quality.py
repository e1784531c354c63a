"""How well ways of cutting Japanese find what a judged set of queries asks for: `python tools/search_quality.py`.

Every way is ranked by SQLite's BM25 with the same weights of fields, any word being enough; the last line is the search as it is.
"""

import argparse
import math
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import sudachipy

from kawaraban.demo import reading
from kawaraban.search import grams, indexing, store
from kawaraban.search.document import WEIGHTS, Document
from kawaraban.search.finding import Finder
from kawaraban.search.folding import fold
from kawaraban.search.japanese import COARSE, FINE, SILENT, Japanese

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "tests" / "samples" / "search" / "judged.tsv"
TOP = 10

Cut = Callable[[str], list[str]]
Judged = tuple[str, str, list[str]]  # kind, query, ids of the pieces that answer it


def judged() -> list[Judged]:
    lines = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(kind, query, answers.split()) for kind, query, answers in lines]


def documents() -> list[Document]:
    """The demo edition's articles."""
    names = {author["key"]: author["name"] for author in reading.table("authors")["author"]}
    return [document(entry, names) for entry in reading.articles()]


def document(entry: dict, names: dict[str, str]) -> Document:
    title = " ".join(filter(None, [entry["headline"], entry.get("deck", "")]))
    more = [entry["picture"].get("caption", ""), *(names[key] for key in entry["authors"])]
    original = (entry.get("original") or {}).get("title", "") or entry.get("original_title", "")
    return Document(entry["slug"], title, entry["body"]["text"], None, f"{entry['kicker']}\n{entry['lead']}", "\n".join([*more, original]))


def ndcg(found: list[str], answers: list[str]) -> float:
    gained = sum(1 / math.log2(place + 2) for place, identity in enumerate(found[:TOP]) if identity in answers)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(len(answers), TOP)))


def characters(text: str) -> list[str]:
    return [character for character in fold(text) if character.isalnum()]


def bigrams(text: str) -> list[str]:
    return ["".join(pair) for run in grams.OTHER.split(fold(text)) for pair in pairwise(run)] + latin(text)


def latin(text: str) -> list[str]:
    return [word for word in "".join(c if c.isascii() and c.isalnum() else " " for c in fold(text)).split() if word]


def sudachi(mode: sudachipy.SplitMode) -> Cut:
    tokenizer = sudachipy.Dictionary().tokenizer(mode=mode)

    def cut(text: str) -> list[str]:
        lines = (tokenizer.tokenize(line) for line in fold(text).splitlines() if line)
        return [morpheme.normalized_form() for line in lines for morpheme in line if morpheme.part_of_speech()[0] not in SILENT]

    return cut


def joined(*cuts: Cut) -> Cut:
    return lambda text: [token for cut in cuts for token in cut(text)]


def plain(cut: Cut) -> Callable[[str], list[str]]:
    """A search of one table by any of the tokens."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, {', '.join(WEIGHTS)}, {store.SPLIT})")
    database.execute("INSERT INTO t(t, rank) VALUES ('rank', ?)", (f"bm25(0, {', '.join(map(str, WEIGHTS.values()))})",))
    for piece in documents():
        fields = (" ".join(token.replace(" ", "") for token in cut(field)) for field in piece.fields)
        database.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", (piece.id, *fields))

    def find(query: str) -> list[str]:
        tokens = ['"' + token.replace('"', '""') + '"' for token in dict.fromkeys(cut(query)) if token.strip()]
        rows = database.execute("SELECT id FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (" OR ".join(tokens), TOP)) if tokens else ()
        return [identity for (identity,) in rows]

    return find


def ours(folder: Path, top: int = TOP) -> Callable[[str], list[str]]:
    made = store.made(folder, Japanese())
    indexing.put(made, documents())
    finder = Finder(made)
    return lambda query: [hit.id for hit in finder.find(query, top).hits]


def table(ways: dict[str, Callable[[str], list[str]]], queries: Iterable[Judged], misses: bool) -> None:
    figures: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, query, answers in queries:
        for name, find in ways.items():
            found = find(query)
            gained = ndcg(found, answers)
            for row in (kind, "all"):
                figures[row][name].append(gained)
            if misses and name == "kawaraban" and gained < 0.9:
                print(f"  {kind} {query}: {gained:.2f} {found[:4]} wanted {answers[:4]}")
    print(f"| | queries | {' | '.join(ways)} |\n|---|---|{'---|' * len(ways)}")
    for kind, by_way in sorted(figures.items(), key=lambda item: item[0] == "all"):
        values = " | ".join(f"{sum(found) / len(found):.3f}" for found in by_way.values())
        print(f"| {kind} | {len(next(iter(by_way.values())))} | {values} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name the queries that are not answered well")
    told = parser.parse_args()
    fine, coarse = sudachi(FINE), sudachi(COARSE)
    ways = {"characters": characters, "bigrams": bigrams, "fine": fine, "coarse": coarse}
    ways |= {"fine and coarse": joined(fine, coarse), "fine and bigrams": joined(fine, bigrams)}
    with tempfile.TemporaryDirectory() as folder:
        table({name: plain(cut) for name, cut in ways.items()} | {"kawaraban": ours(Path(folder))}, judged(), told.misses)


if __name__ == "__main__":
    main()
