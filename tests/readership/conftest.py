"""Reads for tests: counted as the worker counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers import SharedServer

if TYPE_CHECKING:
    from kawaraban.desk.models import Article
    from kawaraban.readership.server import Server

Read = Callable[..., None]
READERS = count(1)


@pytest.fixture
def read(db: None) -> Read:
    """Counts an article as read by so many readers at a moment, each of a network of their own unless one is told."""
    import numpy as np
    from django.utils import timezone

    from kawaraban.readership.boards import site_days, site_store
    from kawaraban.readership.figures import stamp
    from kawaraban.readership.rollup import Past, rolled
    from kawaraban.readership.spool import DTYPE
    from kawaraban.readership.verdicts import Referrer, Verdict

    def count_reads(article: Article | int, times: int, at: datetime | None = None, *, network: int = 0, **more: Any) -> None:
        found = np.zeros(times, np.dtype(DTYPE))
        found["at"] = stamp(at or timezone.now())
        found["reader"] = [next(READERS) for _ in range(times)]
        found["network"] = network or found["reader"] + 1_000_000
        found["article"] = getattr(article, "pk", article)
        found["count"] = 1
        found["verdict"] = more.get("verdict", Verdict.ACCEPTED)
        found["referrer"] = more.get("referrer", Referrer.DIRECT)
        store = site_store()
        store.commit(rolled(found, site_days(), Past(store.readers, store.networks)), store.version())

    return count_reads


@pytest.fixture(scope="session")
def shared_server() -> Iterator[SharedServer]:
    """A real one, for the whole run."""
    found = SharedServer()
    found.start()
    yield found
    found.close()


@pytest.fixture
def server(shared_server: SharedServer) -> Iterator[Server]:
    """The same, with nothing in it."""
    from kawaraban.readership.server import Server

    found = Server(shared_server.address, "test")
    found.ask("FLUSHALL")
    yield found
    found.close()
