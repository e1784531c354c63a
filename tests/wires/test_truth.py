import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.demo import builders
from kawaraban.wires.copy import Status
from kawaraban.wires.truth import UNTOLD, Mark, Order, Standing, standing, told_at

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
USABLE, WITHHELD, CANCELED = Status.USABLE, Status.WITHHELD, Status.CANCELED


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def mark(key: int, number: int, status: Status = USABLE, told: int | None = None, received: int | None = None) -> Mark:
    """told: minute; None for a version that tells no moment."""
    return Mark(key, number, UNTOLD if told is None else at(told), at(key if received is None else received), status)


def order(number: int = 0, given: int = 10, *, by: int = 99, is_kill: bool = True) -> Order:
    return Order(by, number, at(given), is_kill)


@pytest.mark.parametrize(
    ("marks", "face", "status"),
    [
        ([mark(1, 1)], 1, USABLE),
        ([mark(1, 1), mark(2, 2)], 2, USABLE),
        ([mark(1, 2), mark(2, 1)], 1, USABLE),
        ([mark(1, 1, told=5), mark(2, 1, told=3)], 1, USABLE),
        ([mark(1, 1), mark(2, 1)], 2, USABLE),
        ([mark(1, 1), mark(2, 2, CANCELED)], 2, CANCELED),
        ([mark(1, 2, CANCELED), mark(2, 1)], 1, CANCELED),
        ([mark(1, 2, CANCELED), mark(2, 2, told=30)], 2, CANCELED),
        ([mark(1, 2, CANCELED), mark(2, 3)], 2, USABLE),
        ([mark(1, 2, WITHHELD), mark(2, 3)], 2, USABLE),
        ([mark(1, 1), mark(2, 3), mark(3, 2, CANCELED)], 2, USABLE),
        ([mark(1, 2, CANCELED), mark(2, 3), mark(3, 4, WITHHELD)], 3, WITHHELD),
        ([mark(1, 2, CANCELED), mark(2, 3, WITHHELD)], 2, CANCELED),
        ([mark(1, 1, CANCELED)], 1, CANCELED),
    ],
)
def test_standing_of_versions(marks: list[Mark], face: int, status: Status) -> None:
    found = standing(marks)
    assert (found.face, found.status) == (face, status)


@pytest.mark.parametrize(
    ("kill", "usable", "status"),
    [
        (mark(2, 1, CANCELED, told=10), mark(1, 3, told=5), CANCELED),
        (mark(2, 1, CANCELED), mark(1, 3, told=1), CANCELED),
        (mark(1, 1, CANCELED, told=10), mark(2, 3, told=15), USABLE),
        (mark(1, 1, CANCELED, told=10), mark(2, 3), CANCELED),
        (mark(1, 1, CANCELED, told=10), mark(2, 1, told=15), CANCELED),
    ],
    ids=["kill without number is later", "kill without moment came later", "newer in number and time", "untold moment", "same number"],
)
def test_kill_whose_number_tells_nothing_holds_by_time(kill: Mark, usable: Mark, status: Status) -> None:
    assert standing([usable, kill]).status is status


@pytest.mark.parametrize(
    ("told", "usable", "status"),
    [
        (order(), mark(1, 1, told=5), CANCELED),
        (order(), mark(1, 9, told=5), CANCELED),
        (order(), mark(20, 2, told=15), USABLE),
        (order(), mark(20, 2), CANCELED),
        (order(2), mark(1, 2), CANCELED),
        (order(2), mark(1, 3), USABLE),
    ],
)
def test_order_to_kill(told: Order, usable: Mark, status: Status) -> None:
    assert standing([usable], [told]).status is status


def test_order_to_show_another_item_instead() -> None:
    orders = [order(is_kill=False, by=7), order(is_kill=False, by=8, given=12)]
    assert standing([mark(1, 1, told=5)], orders) == Standing(1, 1, USABLE, 8)
    assert standing([mark(1, 1, told=15)], orders).replaced_by is None
    assert standing([mark(1, 1, told=5)], [*orders, order()]) == Standing(1, 1, CANCELED)


VERSIONS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Status), st.none() | st.integers(0, 30)), min_size=1, max_size=5)


@given(VERSIONS)
def test_arrival_in_another_order_makes_no_difference_to_what_is_shown(versions: list[tuple[int, Status, int | None]]) -> None:
    """Among versions that the agency has told apart by number."""
    told = {number: (status, minute) for number, status, minute in versions if number > 1}
    outcomes = set()
    for arranged in itertools.permutations(told.items()):
        marks = [mark(key, number, status, minute) for key, (number, (status, minute)) in enumerate(arranged, 1)]
        if marks:
            found = standing(marks)
            outcomes.add((found.number, found.status))
    assert len(outcomes) <= 1


@given(VERSIONS)
def test_nothing_is_usable_up_to_the_number_of_a_kill(versions: list[tuple[int, Status, int | None]]) -> None:
    marks = [mark(key, *version) for key, version in enumerate(versions, 1)]
    killed = max((found.number for found in marks if found.status is not USABLE), default=0)
    found = standing(marks)
    assert found.status is not USABLE or found.number > killed


def test_told_moment_is_never_later_than_it_came() -> None:
    assert told_at(builders.make_copy(updated=at(90), published=at(1)), at(10)) == at(10)
    assert told_at(builders.make_copy(published=at(1)), at(10)) == at(1)
    assert told_at(builders.make_copy(), at(10)) == UNTOLD
