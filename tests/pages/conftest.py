"""An index of what the magazine has, to find what to read with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kawaraban.search.related import Relater


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Relater]]:
    """Puts whatever there is into the index, hidden or not: what an index says too much must not show."""
    from kawaraban.desk.models import Article
    from kawaraban.pages import relating
    from kawaraban.search import dictionary, indexing, store
    from kawaraban.search.related import Relater
    from kawaraban.search.site.documents import documents
    from kawaraban.wires.models import WireItem

    opened = store.made(tmp_path / "search", dictionary.japanese())

    def fill() -> Relater:
        indexing.put(opened, documents([*Article.objects.all(), *WireItem.objects.all()]))
        return Relater(opened)

    monkeypatch.setattr(relating, "relater_of_site", lambda: Relater(opened))
    yield fill
    opened.close()
