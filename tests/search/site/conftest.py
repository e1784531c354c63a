from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kawaraban.search import site
from kawaraban.search.site import following, keeping, opened
from kawaraban.search.store import Store

Titles = Callable[[str], list[str]]


@pytest.fixture
def folder(front) -> Iterator[Path]:
    """The folder of the home's index, without one."""
    found = settings.KAWARABAN.index
    keeping.discard(found)
    yield found
    keeping.discard(found)


@pytest.fixture
def index(folder: Path) -> Store:
    """The home's index, with everything that readers may see."""
    keeping.lay(folder)
    found = opened.index().store
    keeping.fill(found, lambda: False)
    keeping.fill(found, lambda: False)
    assert site.find("無").state is site.State.READY
    return found


@pytest.fixture
def followed(index: Store) -> Callable[[], Store]:
    """Brings the index up to the log, as what runs in the background does."""

    def follow() -> Store:
        following.follow(index)
        return index

    return follow


def titles(text: str, **more: object) -> list[str]:
    return [found.thing.title if hasattr(found.thing, "title") else found.thing.headline for found in site.find(text, **more).results]
