from datetime import timedelta

import pytest

from kawaraban.wires.order import Standing, moved
from tests.wires.conftest import NOW


def flash(*positions: int) -> list[Standing]:
    """Items 1, 2, 3 …, each a minute older than the one before."""
    found = [Standing(key, position, NOW - timedelta(minutes=key)) for key, position in enumerate(positions, 1)]
    return sorted(found, key=lambda one: (one.position, one.key))


def keys(standings: list[Standing]) -> list[int]:
    return [one.key for one in sorted(standings, key=lambda one: (one.position, -one.published.timestamp(), -one.key))]


@pytest.mark.parametrize(
    ("positions", "key", "index", "wanted", "changes"),
    [
        ((0, 0, 0, 0), 3, 0, [3, 1, 2, 4], 1),
        ((0, 0, 0, 0), 3, 1, [1, 3, 2, 4], 2),
        ((0, 0, 0, 0), 1, 3, [2, 3, 4, 1], 1),
        ((0, 0, 0, 0), 1, 9, [2, 3, 4, 1], 1),
        ((0, 0, 0, 0), 1, 1, [2, 1, 3, 4], 1),
        ((0, 0, 0, 0), 2, 1, [1, 2, 3, 4], 0),
        ((0, 0, 0, -1), 3, 0, [3, 4, 1, 2], 1),
        ((0, 0, 0, -1), 4, 1, [1, 4, 2, 3], 1),
        ((0, 5, 5, 9), 4, 0, [4, 1, 2, 3], 1),
        ((0,), 1, 0, [1], 0),
    ],
)
def test_moved(positions: tuple[int, ...], key: int, index: int, wanted: list[int], changes: int) -> None:
    before = flash(*positions)
    found = moved(before, key, index)
    places = {one.key: one for one in before} | {one.key: one for one in found}
    assert keys(list(places.values())) == wanted
    assert len(found) <= changes or (changes == 0 and found == [])


def test_moved_any_way_ends_as_wanted() -> None:
    for key in range(1, 6):
        for index in range(5):
            before = flash(0, -1, 0, 2, 2)
            wanted = [other for other in keys(before) if other != key]
            wanted.insert(index, key)
            places = {one.key: one for one in before} | {one.key: one for one in moved(before, key, index)}
            assert keys(list(places.values())) == wanted
