"""What a reader who is still typing may be about to ask for."""

import sqlite3

from kawaraban.search.folding import alike, fold, hiragana

LAST = "\U0010ffff"
BEGINNING = """
SELECT text FROM word WHERE text >= :spelled AND text < :spelled_end
UNION SELECT text FROM word WHERE reading <> '' AND reading >= :read AND reading < :read_end
"""


def suggested(database: sqlite3.Connection, beginning: str, top: int) -> list[str]:
    """Words of the index that begin so, by spelling or by reading, the most used first."""
    spelled = alike(fold(beginning)).strip()
    if not spelled:
        return []
    read = hiragana(spelled)
    asked = f"SELECT text FROM word WHERE text IN ({BEGINNING}) ORDER BY pieces DESC, text LIMIT :top"  # noqa: S608 - our own words
    values = {"spelled": spelled, "spelled_end": spelled + LAST, "read": read, "read_end": read + LAST, "top": top}
    return [text for (text,) in database.execute(asked, values)]
