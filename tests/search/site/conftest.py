"""The home's index. Django is ready when a fixture runs, not when this is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kawaraban.search.store import Store


@pytest.fixture
def folder(front) -> Iterator[Path]:
    """The folder of the home's index, without one."""
    from django.conf import settings

    from kawaraban.search.site import keeping

    found = settings.KAWARABAN.index
    keeping.discard(found)
    yield found
    keeping.discard(found)


@pytest.fixture
def index(folder: Path) -> Store:
    """The home's index, with everything that readers may see."""
    from kawaraban.search.site import keeping, opened

    keeping.lay(folder)
    found = opened.index().store
    keeping.fill(found, lambda: False)
    return found


@pytest.fixture
def followed(index: Store) -> Callable[[], Store]:
    """Brings the index up to the log, as what runs in the background does."""
    from kawaraban.search.site import following

    def follow() -> Store:
        following.follow(index)
        return index

    return follow
