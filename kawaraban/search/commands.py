"""`kawaraban search` and `kawaraban related`: an archive indexed and asked without a magazine."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kawaraban.search.answer import Hit
    from kawaraban.search.japanese import Japanese
    from kawaraban.search.related import Near
    from kawaraban.search.store import Store

app = typer.Typer(help="Search the magazine, or an archive without one.", no_args_is_help=True)
OWN_WORDS, SYNONYMS = "words.txt", "synonyms.txt"

STORE = f"Folder of the index. {OWN_WORDS} in it has words that the dictionary lacks, {SYNONYMS} words that mean the same."
Folder = Annotated[Path, typer.Option("--store", help=STORE)]
Pieces = Annotated[Path, typer.Argument(help='Pieces, one a line: {"id", "title", "body", "date"?} in JSON.', metavar="FILE")]
Top = Annotated[int, typer.Option(min=1, max=10_000, help="How many results, at most.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a line of JSON for each.")]


@app.command()
def index(file: Pieces, store: Folder) -> None:
    """Put pieces into an index, made when there is none; a piece whose id is there already takes the earlier one's place.

    Lines that can't be read are named, and the rest is put in; then the exit code is 1.
    """
    from kawaraban.search import indexing, reading

    reasons: list[str] = []

    def refuse(reason: str) -> None:
        reasons.append(reason)
        typer.echo(reason, err=True)

    with excused():
        opened = current(store)
        started = time.monotonic()
        done = indexing.put(opened, reading.documents(file, refuse), lambda count: tell(f"{count:,} pieces …"))
        taken = time.monotonic() - started
        typer.echo(f"{done:,} pieces put in, {opened.count:,} in the index. {done / taken if taken else 0:,.0f} a second.", err=True)
        opened.close()
    if reasons:
        typer.echo(f"kawaraban: {len(reasons):,} lines could not be read.", err=True)
        raise typer.Exit(1)


@app.command()
def query(
    store: Folder,
    text: Annotated[str, typer.Argument(help='What to look for: words, "phrases", -not, OR.')] = "",
    queries: Annotated[Path | None, typer.Option(help='Queries, one a line: {"query"} in JSON.', metavar="FILE")] = None,
    top: Top = 10,
    json: AsJson = False,
) -> None:
    """Ask an index, best results first."""
    if bool(text) == bool(queries):
        fail("say what to look for, or name a file with --queries.")
    from kawaraban.search.finding import Finder

    with excused():
        opened = existing(store)
        finder = Finder(opened, synonyms_of(store))
        for asked, more in [(text, {})] if queries is None else asked_in(queries):
            answer = finder.find(asked, top)
            known = {"id": more["id"]} if "id" in more else {}
            show({**known, "query": asked}, answer.hits, opened, json)
            if answer.meant and not json:
                typer.echo(f"      Perhaps meant: {answer.meant}")


@app.command()
def forget(identities: Annotated[list[str], typer.Argument(help="Ids of pieces.", metavar="ID")], store: Folder) -> None:
    """Take pieces out of an index."""
    from kawaraban.search import indexing

    with excused():
        taken = indexing.take(existing(store), identities)
    typer.echo(f"{taken} of {len(identities)} taken out.", err=True)


def related(
    store: Folder,
    identity: Annotated[str, typer.Option("--id", help="Id of a piece.")] = "",
    every: Annotated[bool, typer.Option("--all", help="For every piece.")] = False,
    top: Top = 10,
    json: AsJson = False,
) -> None:
    """Say what to read with a piece of an index, best first."""
    if bool(identity) == every:
        fail("name a piece with --id, or say --all.")
    from kawaraban.search.related import Relater

    with excused():
        opened = existing(store)
        relater = Relater(opened)
        for one in ids_of(opened) if every else [identity]:
            show({"id": one}, relater.related(one, top), opened, json)


class excused:  # noqa: N801 - read as a word where it is used
    """What was foreseen ends in a sentence."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from kawaraban.search.own_words import UnreadableWordsError
        from kawaraban.search.related import NoSuchPieceError
        from kawaraban.search.store import NoIndexError

        if isinstance(error, NoIndexError | NoSuchPieceError | UnreadableWordsError):
            fail(str(error))
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            fail(f"{error.filename}: {error.strerror}." if error.filename else str(error))


def fail(sentence: str) -> None:
    typer.echo(f"kawaraban: {sentence}", err=True)
    raise typer.Exit(1)


def tell(progress: str) -> None:
    typer.echo(progress, err=True)


def japanese(store: Path) -> "Japanese":
    from kawaraban.search.japanese import Japanese

    own = store / OWN_WORDS
    return Japanese(own if own.exists() else None)


def synonyms_of(store: Path) -> list[list[str]]:
    from kawaraban.search.own_words import synonyms

    file = store / SYNONYMS
    return synonyms(file) if file.exists() else []


def current(folder: Path) -> "Store":
    """The index of a folder, cut as text is cut now."""
    from kawaraban.search import indexing
    from kawaraban.search.store import made

    found = made(folder, japanese(folder))
    if found.is_stale:
        tell("Text is cut in another way than when this index was made: it is made again …")
        found = indexing.renewed(found, lambda count: tell(f"{count:,} pieces …"))
    return found


def existing(folder: Path) -> "Store":
    from kawaraban.search.store import opened

    found = opened(folder, japanese(folder))
    if found.is_stale:
        tell("Text is cut in another way than when this index was made; `kawaraban search index` makes it again.")
    return found


def ids_of(store: "Store") -> Iterator[str]:
    last = 0
    while rows := store.database.execute("SELECT row, id FROM piece WHERE row > ? ORDER BY row LIMIT 1000", (last,)).fetchall():
        yield from (identity for _, identity in rows)
        last = rows[-1][0]


def asked_in(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    from kawaraban.search import reading

    return reading.queries(file, lambda reason: typer.echo(reason, err=True))


def show(head: dict[str, Any], results: "Sequence[Hit | Near]", store: "Store", as_json: bool) -> None:
    if as_json:
        line = {**head, "results": [{"id": found.id, "score": round(found.score, 4)} for found in results]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    typer.echo("  ".join(map(str, head.values())))
    for place, found in enumerate(results, 1):
        (row,) = store.database.execute("SELECT row FROM piece WHERE id = ?", (found.id,)).fetchone()
        title = store.text(row)[0].splitlines()
        typer.echo(f"{place:4}  {found.score:8.3f}  {found.id}  {title[0] if title else ''}")
    if not results:
        typer.echo("      nothing found")
