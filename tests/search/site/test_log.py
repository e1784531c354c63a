"""How far an index has followed the log, also when numbers appear out of order."""

import pytest

from kawaraban.search.models import Noted
from kawaraban.search.site import log
from kawaraban.search.site.log import LOOKED_FOR, Gap, Place


@pytest.mark.parametrize(
    ("place", "numbers", "expected"),
    [
        (Place(5), [6, 7], Place(7)),
        (Place(5), [7, 10], Place(10, (Gap(6, 6, 100.0), Gap(8, 9, 100.0)))),
        (Place(10, (Gap(3, 6, 90.0),)), [4], Place(10, (Gap(3, 3, 90.0), Gap(5, 6, 90.0)))),
        (Place(10, (Gap(3, 3, 90.0),)), [3, 11], Place(11)),
        (Place(10, (Gap(3, 3, 100.0 - LOOKED_FOR),)), [11], Place(11)),
    ],
)
def test_place_moves(place: Place, numbers: list[int], expected: Place) -> None:
    assert place.moved(numbers, 100.0) == expected


def test_what_appears_in_a_gap_is_followed(db: None) -> None:
    first = Noted.objects.create(key="page:1").pk
    Noted.objects.create(pk=first + 2, key="page:3")
    place = Place(first - 1).moved([number for number, _ in log.waiting(Place(first - 1), 10)], 100.0)
    assert not log.is_waiting(place)
    Noted.objects.create(pk=first + 1, key="page:2")
    assert log.waiting(place, 10) == [(first + 1, "page:2")]


def test_the_newest_is_never_pruned(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    log.note("page:1")
    log.note("page:2")
    assert log.prune() == 0
    monkeypatch.setattr(log, "KEPT", -log.KEPT)
    assert log.prune() == 1
    assert [noted.key for noted in Noted.objects.all()] == ["page:2"]
