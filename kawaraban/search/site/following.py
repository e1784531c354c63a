"""Follows the log: what changed is put into an index anew, or taken out of it.

Things are read from the content's database while the index is locked for writing. So whoever writes last has read last, and what several
processes do at once ends as it would have one after another.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator

from wagtail.models import Page, ReferenceIndex

from kawaraban.desk.models import Article, Author, Byline, Picture
from kawaraban.search.indexing import Change
from kawaraban.search.models import Noted
from kawaraban.search.site import log, places, visible
from kawaraban.search.site.documents import documents
from kawaraban.search.store import Store

READ = 1_000  # changes of the log at once
PUT, TAKEN = 25, 150  # pieces in one transaction: others wait for it, and a withdrawal may be among them
PUT_UNSEEN = 250  # in an index that nobody asks yet
RESTART = 1_000  # changes before the newest that a new index looks at, in case their transactions had not ended

IsOver = Callable[[], bool]


def begin(store: Store) -> None:
    """Gives an index its place at the end of the log."""
    places.begin(store.database, max(0, log.newest() - RESTART), time.time())


def is_behind(store: Store) -> bool:
    kept = places.read(store.database)
    return kept is None or log.is_waiting(kept.place) or places.is_due(store.database, time.time())


def follow(store: Store, is_over: IsOver = lambda: False, *, fills: bool = False) -> int:
    """Brings an index up to the log; gives the number of pieces looked at. Raises sqlite3.Error, database errors.

    fills: does what is in line for a new index too.
    """
    done = 0
    while places.read(store.database) and (is_behind(store) or (fills and places.is_due(store.database, time.time(), fills=True))):
        done += step(store, fills=fills)
        if is_over():
            break
    return done


def step(store: Store, *, fills: bool) -> int:
    """One transaction."""
    now = time.time()
    with store.writing() as database:
        kept = places.read(database)
        if kept is None:
            return 0
        if rows := log.waiting(kept.place, READ):
            line_up(store, dict.fromkeys(key for _, key in rows))
            place = kept.place.moved((number for number, _ in rows), now)
            places.write(database, place, stamp_of(place.seen), now)
        return work_off(store, database, places.due(database, now, PUT_UNSEEN, fills=fills))


def stamp_of(number: int) -> str:
    noted = Noted.objects.filter(pk=number).first()
    return noted.created.isoformat() if noted else ""


def line_up(store: Store, keys: Iterable[str]) -> None:
    """Puts what some changes are about in line, what readers may not see any more first."""
    database = store.database
    told: list[str] = []
    for key in keys:
        kind, _, number = key.partition(":")
        if kind == "below":
            line_up_below(store, int(number))
        elif kind == "picture":
            places.put_in_line(database, showing(int(number)), places.FOLLOWING)
        elif kind == "page":
            told += (f"{name}:{number}" for name in visible.PAGES)
        else:
            told.append(key)
    seen = visible.among(told)
    places.put_in_line(database, signed(renamed(store, told)), places.FOLLOWING)
    places.put_in_line(database, seen, places.CHANGED)
    hidden = set(told) - seen
    there = places.present(database, hidden)
    places.put_in_line(database, there, places.TAKEN)
    places.postpone(database, visible.opening(hidden - there))


def line_up_below(store: Store, number: int) -> None:
    """Of a page and all below it, what is in the index and may not be, and the other way round."""
    page = Page.objects.filter(pk=number).first()
    keys = page.get_descendants(inclusive=True).values_list("pk", flat=True) if page else []
    ids = [f"{name}:{key}" for key in keys for name in visible.PAGES]
    seen, there = visible.among(ids), places.present(store.database, ids)
    places.put_in_line(store.database, there - seen, places.TAKEN)
    places.put_in_line(store.database, seen - there, places.CHANGED)


def work_off(store: Store, database: sqlite3.Connection, line: list[tuple[str, float]]) -> int:
    """Looks at the first in line: what readers may see is put in as it is now, the rest taken out."""
    urgent = [identity for identity, moment in line[:TAKEN] if moment == places.TAKEN]
    chosen = urgent or [identity for identity, _ in line[: PUT if store.file.suffix == ".sqlite3" else PUT_UNSEEN]]
    things = visible.things_to_index(chosen)
    change = Change(store, database)
    for identity in chosen:
        if identity not in things:
            change.take(identity)
    if not store.is_stale:  # then only what is taken out matters: another is being made
        for document in documents(things.values()):
            change.put(document)
    change.finish()
    places.out_of_line(database, chosen)
    places.postpone(database, visible.opening(identity for identity in chosen if identity not in things))
    return len(chosen)


def showing(picture: int) -> Iterator[str]:
    """The articles that show a picture, and its caption when they have none of their own."""
    found = Picture.objects.filter(pk=picture).first()
    in_bodies = ReferenceIndex.get_references_to(found).values_list("object_id", flat=True).distinct() if found else ()
    keys = {*Article.objects.filter(picture=picture).values_list("pk", flat=True), *(int(key) for key in in_bodies if str(key).isdecimal())}
    yield from (f"article:{key}" for key in keys)


def renamed(store: Store, ids: Iterable[str]) -> list[int]:
    """Those of some authors whom the index knows by another name, or not at all: articles are signed by authors without a page, too."""
    keys = visible.by_kind(identity for identity in ids if identity.startswith("author:")).get("author", [])
    found = []
    for key, name in Author.objects.filter(pk__in=keys).values_list("pk", "title"):
        row = store.database.execute("SELECT row FROM piece WHERE id = ?", (f"author:{key}",)).fetchone()
        if row is None or store.text(row[0])[0] != name:
            found.append(key)
    return found


def signed(authors: list[int]) -> Iterator[str]:
    for key in Byline.objects.filter(author_id__in=authors).values_list("article_id", flat=True).distinct():
        yield f"article:{key}"


def reconcile(store: Store) -> int:
    """Puts in line what readers may see and the index lacks, the newest first, and what it has and they may not see; gives the number.

    Nothing that changes meanwhile waits for it.
    """
    found = 0
    for ids in shown_ids():
        found += line_up_all(store, ids - places.present(store.database, ids), places.FILLED)
        follow(store)
    for ids in kept_ids(store):
        found += line_up_all(store, ids - visible.among(ids), places.TAKEN)
        follow(store)
    with store.writing() as database:
        places.note_reconciled(database, time.time())
    return found


def line_up_all(store: Store, ids: set[str], moment: float) -> int:
    if ids:
        with store.writing() as database:
            places.put_in_line(database, sorted(ids, key=lambda identity: int(identity.partition(":")[2]), reverse=True), moment)
    return len(ids)


def shown_ids(most: int = 2_000) -> Iterator[set[str]]:
    """What readers may see, the newest first. Keys are asked for once and sorted here: in order, some at a time, each time costs as much as all."""
    for kind in ("issue", "topic", "author", "article", "wire"):
        keys = sorted(visible.query(kind).order_by().values_list("pk", flat=True).iterator(), reverse=True)
        for start in range(0, len(keys), most):
            yield {f"{kind}:{key}" for key in keys[start : start + most]}


def kept_ids(store: Store, most: int = 2_000) -> Iterator[set[str]]:
    last = 0
    while rows := store.database.execute("SELECT row, id FROM piece WHERE row > ? ORDER BY row LIMIT ?", (last, most)).fetchall():
        yield {identity for _, identity in rows}
        last = rows[-1][0]
