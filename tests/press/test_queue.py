from collections.abc import Callable, Iterator

import pytest

from kawaraban.press.edition import Edition
from kawaraban.press.queue import Queue, Urgency

Entry = tuple[str, Urgency, float]


@pytest.fixture
def queued(edition: Edition) -> Iterator[Callable[..., list[str]]]:
    """Adds entries in one transaction and gives the addresses in the order in which they come."""

    def fill(*entries: Entry, **more: bool) -> list[str]:
        queue = Queue(edition.tables["marks"], edition.tables["order"])
        with edition.env.begin(write=True) as txn:
            for number, (address, urgency, date) in enumerate(entries):
                queue.add(txn, address, urgency, date, number, **more)
            return [address for _, address in queue.first(txn, 100)]

    yield fill


def test_more_urgent_comes_first_then_the_newest(queued: Callable[..., list[str]]) -> None:
    entries = ("/old", Urgency.TAIL, 10.0), ("/new", Urgency.TAIL, 20.0), ("/now", Urgency.NOW, 1.0), ("/fill", Urgency.FILL, 99.0)
    assert queued(*entries) == ["/now", "/new", "/old", "/fill"]


@pytest.mark.parametrize("order", [(Urgency.NOW, Urgency.TAIL), (Urgency.TAIL, Urgency.NOW)])
def test_more_urgent_place_is_kept(queued: Callable[..., list[str]], order: tuple[Urgency, Urgency]) -> None:
    entries = [("/page", urgency, 5.0) for urgency in order]
    assert queued(("/first", Urgency.FIRST, 5.0), *entries) == ["/page", "/first"]


def test_address_that_is_put_off_goes_to_the_end(queued: Callable[..., list[str]]) -> None:
    queued(("/page", Urgency.NOW, 5.0), ("/other", Urgency.TAIL, 5.0))
    assert queued(("/page", Urgency.RETRY, 0.0), puts_off=True) == ["/other", "/page"]


def test_address_is_in_the_queue_once(edition: Edition) -> None:
    edition.tell({"/page": Urgency.TAIL})
    edition.tell({"/page": Urgency.NOW})
    assert edition.due(10) == [(Urgency.NOW, "/page")]
    assert edition.counts().by_urgency == {"now": 1}


def test_queue_remembers_the_last_change(edition: Edition) -> None:
    queue = Queue(edition.tables["marks"], edition.tables["order"])
    with edition.env.begin(write=True) as txn:
        queue.add(txn, "/page", Urgency.NOW, 0.0, 3)
        queue.add(txn, "/page", Urgency.TAIL, 0.0, 8)
        assert (queue.changes_at(txn, "/page"), queue.changes_at(txn, "/other")) == (8, 0)


def test_dropping_leaves_the_others(edition: Edition) -> None:
    edition.tell({"/a": Urgency.NOW, "/b": Urgency.NOW})
    queue = Queue(edition.tables["marks"], edition.tables["order"])
    with edition.env.begin(write=True) as txn:
        queue.drop(txn, "/a")
        queue.drop(txn, "/never")
    assert edition.due(10) == [(Urgency.NOW, "/b")]


@pytest.mark.parametrize("address", ["/世界?page=2", "/" + "あ" * 166, "slot:ranking:24h"])
def test_any_address_can_wait(edition: Edition, address: str) -> None:
    edition.tell({address: Urgency.SOON})
    assert edition.due(1) == [(Urgency.SOON, address)]
    assert edition.is_marked(address)


def test_date_before_1970_waits_too(queued: Callable[..., list[str]]) -> None:
    assert queued(("/old", Urgency.TAIL, -2e9), ("/new", Urgency.TAIL, 0.0)) == ["/new", "/old"]
