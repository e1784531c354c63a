"""What a reader who is still typing may be about to ask for."""

import json
import sqlite3

from kawaraban.search.folding import alike, fold, hiragana
from kawaraban.search.japanese import Japanese
from kawaraban.search.store import Store

LAST = "\U0010ffff"
TITLES = 3  # at the most, when there are words enough
LONGEST = 60  # characters of a title
MORE = 4  # times as many words are looked at
TELLS = 0.5  # the weight of a word from which on it tells something
TYPED = 40  # characters that are looked at
BEGINNING = """
SELECT text, shown FROM word WHERE length(text) > 1 AND text IN (
  SELECT text FROM word WHERE text >= :spelled AND text < :spelled_end
  UNION SELECT text FROM word WHERE reading <> '' AND reading >= :read AND reading < :read_end
) ORDER BY pieces DESC, text LIMIT :top
"""
IN_TITLE = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
THERE = "SELECT row FROM piece WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row DESC"


def suggested(store: Store, beginning: str, top: int) -> list[str]:
    """Words of the index that begin so, by spelling or by reading, what tells something and is much used first; then titles that have such a word."""
    spelled = alike(fold(beginning[:TYPED])).strip()
    if not spelled:
        return []
    found = beginning_so(store.database, spelled, top * MORE)
    words = list(dict.fromkeys(shown for _, shown in sorted(found, key=lambda word: not tells(store.japanese, word[0]))))[:top]
    titles = [title for title in titled(store, beginning[:TYPED], top) if title not in words]
    room = max(top - len(words), min(TITLES, top // 2))
    return [*words[: top - min(room, len(titles))], *titles[:room]]


def tells(japanese: Japanese, text: str) -> bool:
    """灯台 and 登録 do, 当初 and 問う don't: nobody looks for when and how."""
    return any(word.weight >= TELLS for word in japanese.words(text))


def beginning_so(database: sqlite3.Connection, spelled: str, top: int) -> list[tuple[str, str]]:
    """Words, and how they are shown."""
    read = hiragana(spelled)
    values = {"spelled": spelled, "spelled_end": spelled + LAST, "read": read, "read_end": read + LAST, "top": top}
    return database.execute(BEGINNING, values).fetchall()


def titled(store: Store, beginning: str, top: int) -> list[str]:
    """The newest titles that have what is typed, its last word perhaps only begun."""
    words = [word.text.replace('"', '""') for word in store.japanese.words(beginning)]
    if not words:
        return []
    asked = "{title} : (" + " AND ".join(f'"{word}"' for word in words) + " *)"
    rows = [row for (row,) in store.database.execute(IN_TITLE, (asked, top))]
    titles = [store.text(row)[0].partition("\n")[0].strip() for (row,) in store.database.execute(THERE, (json.dumps(rows),))]
    return list(dict.fromkeys(title for title in titles if 0 < len(title) <= LONGEST))
