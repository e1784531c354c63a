"""A press with nothing printed yet; an index of what the magazine has, to find what to read with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kawaraban.desk.models import Front, Section
    from kawaraban.pages.printer import Printer
    from kawaraban.search.related import Relater


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Relater]]:
    """Puts whatever there is into the index, hidden or not: what an index says too much must not show."""
    from kawaraban.desk.models import Article
    from kawaraban.pages import relating
    from kawaraban.search import dictionary, indexing, store
    from kawaraban.search.document import Document
    from kawaraban.search.related import Relater
    from kawaraban.search.site.documents import documents
    from kawaraban.wires.models import WireItem

    opened = store.made(tmp_path / "search", dictionary.japanese())
    # A word tells the more, the fewer pieces have it: without others everything would be in every piece.
    others = ["議会が予算を通した", "畑で芋を掘る人", "橋の工事が終わる", "駅の時計を直す", "湖の氷が割れた", "米の値段が上がる"]
    indexing.put(opened, [Document(f"article:{90_000_000 + place}", text, text) for place, text in enumerate(others * 5)])

    def fill() -> Relater:
        indexing.put(opened, documents([*Article.objects.all(), *WireItem.objects.all()]))
        return Relater(opened)

    monkeypatch.setattr(relating, "relater_of_site", lambda: Relater(opened))
    yield fill
    opened.close()


@pytest.fixture
def press(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Printer]:
    """A press of its own over an edition that has nothing printed yet, and the reference index kept as it is at the desk."""
    from kawaraban.pages import printer as printers
    from kawaraban.press.edition import Edition

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    made = printers.Printer(Edition(tmp_path / "edition", syncs=False))
    monkeypatch.setattr(printers, "_printers", [made])
    yield made
    made.edition.close()


@pytest.fixture
def world(press: Printer) -> Section:
    from kawaraban.demo import builders

    return builders.make_section("ワールド", slug="world")


@pytest.fixture
def printed(press: Printer) -> Callable[[str], str]:
    """The text that readers get at an address; empty for none."""
    from kawaraban.press.stitch import identity
    from kawaraban.press.view import View

    def text(address: str) -> str:
        view = View(press.edition)
        found = view.page(address)
        view.close()
        return identity(found.parts).decode() if found else ""

    return text
