"""A transaction that began earlier and ends later, as PostgreSQL has them: what it changed is followed all the same."""

import threading

import pytest
from django.db import connection, transaction

from kawaraban.search.site import log
from kawaraban.search.site.log import Place


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite one writes after another")
def test_what_commits_late_is_followed() -> None:
    log.note("page:0")
    place = Place(log.newest())
    noted, may_end = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            log.note("page:1")
            noted.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    noted.wait(20)
    log.note("page:2")
    assert [key for _, key in log.waiting(place, 10)] == ["page:2"]
    place = place.moved([number for number, _ in log.waiting(place, 10)], 0.0)
    assert not log.is_waiting(place)
    may_end.set()
    thread.join()
    assert [key for _, key in log.waiting(place, 10)] == ["page:1"]
