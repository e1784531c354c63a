"""The index of this home, open in this process."""

import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kawaraban.search import store
from kawaraban.search.finding import Finder
from kawaraban.search.japanese import Japanese
from kawaraban.search.own_words import synonyms
from kawaraban.search.related import Relater

WORDS, SYNONYMS = "words.txt", "synonyms.txt"


class Index:
    """An open index, for one thread."""

    def __init__(self, folder: Path) -> None:
        self.store = store.made(folder, japanese())
        file = settings.KAWARABAN.search_words / SYNONYMS
        self.synonyms = synonyms(file) if file.exists() else []

    @property
    def finder(self) -> Finder:
        return Finder(self.store, self.synonyms)

    @property
    def relater(self) -> Relater:
        return Relater(self.store)


@lru_cache(maxsize=1)
def japanese() -> Japanese:
    file = settings.KAWARABAN.search_words / WORDS
    return Japanese(file if file.exists() else None)


local = threading.local()


def index() -> Index | None:
    if getattr(local, "index", None) is None:
        local.index = Index(settings.KAWARABAN.search)
    return local.index
