"""What a reader who is still typing may be about to ask for."""

import json
import sqlite3
from collections.abc import Iterator

from kawaraban.search.folding import alike, fold, hiragana
from kawaraban.search.store import Store

LAST = "\U0010ffff"
TITLES = 3  # at the most, when there are words enough
LONGEST = 60  # characters of a title
TYPED = 40  # characters that are looked at
BEGINNING = """
SELECT shown FROM word WHERE length(text) > 1 AND text IN (
  SELECT text FROM word WHERE text >= :spelled AND text < :spelled_end
  UNION SELECT text FROM word WHERE reading <> '' AND reading >= :read AND reading < :read_end
) ORDER BY pieces DESC, text LIMIT :top
"""
IN_TITLE = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
THERE = "SELECT row FROM piece WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row DESC"


def suggested(store: Store, beginning: str, top: int) -> list[str]:
    """Words of the index that begin so, by spelling or by reading, the most used first; then titles that have such a word."""
    spelled = alike(fold(beginning[:TYPED])).strip()
    if not spelled:
        return []
    words = list(dict.fromkeys(beginning_so(store.database, spelled, top)))
    titles = [title for title in titled(store, beginning[:TYPED], top) if title not in words]
    room = max(top - len(words), min(TITLES, top // 2))
    return [*words[: top - min(room, len(titles))], *titles[:room]]


def beginning_so(database: sqlite3.Connection, spelled: str, top: int) -> Iterator[str]:
    read = hiragana(spelled)
    values = {"spelled": spelled, "spelled_end": spelled + LAST, "read": read, "read_end": read + LAST, "top": top}
    return (shown for (shown,) in database.execute(BEGINNING, values))


def titled(store: Store, beginning: str, top: int) -> list[str]:
    """The newest titles that have what is typed, its last word perhaps only begun."""
    words = [word.text.replace('"', '""') for word in store.japanese.words(beginning)]
    if not words:
        return []
    asked = "{title} : (" + " AND ".join(f'"{word}"' for word in words) + " *)"
    rows = [row for (row,) in store.database.execute(IN_TITLE, (asked, top))]
    titles = [store.text(row)[0].partition("\n")[0].strip() for (row,) in store.database.execute(THERE, (json.dumps(rows),))]
    return list(dict.fromkeys(title for title in titles if 0 < len(title) <= LONGEST))
