"""An empty edition of its own for every test, and pages to file in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kawaraban.press.edition import Edition
from kawaraban.press.marks import Run, Slot
from kawaraban.press.sheet import Sheet
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

POLICY = "default-src 'self'"


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    opened = Edition(tmp_path / "edition", syncs=False)
    yield opened
    opened.close()


@pytest.fixture
def generation(edition: Edition) -> int:
    return edition.begin("first", POLICY)


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    """A page of a text and, after it, one run of the slots named."""

    def make(text: str, *slots: str, keys: tuple[str, ...] = (), date: float = 0.0, status: int = 200) -> Sheet:
        run: tuple[Run, ...] = (tuple(Slot(name) for name in slots),) if slots else ()
        return Sheet(status, "text/html; charset=utf-8", (text.encode(), *run), frozenset(keys), date)

    return make


@pytest.fixture
def text_at(edition: Edition) -> Callable[[str], str | None]:
    """The text that a reader gets at an address now."""

    def read(address: str) -> str | None:
        view = View(edition)
        found = view.page(address)
        view.close()
        return None if found is None else identity(found.parts).decode()

    return read
