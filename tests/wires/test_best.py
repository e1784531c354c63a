import random
from datetime import UTC, datetime, timedelta

import pytest

from kawaraban.wires.best import Member, best

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def member(key: int, **values: object) -> Member:
    return Member(**{"key": key, "length": 100, "language": "ja", "changed_at": NOW, "rank": 100, **values})


@pytest.mark.parametrize(
    "worse",
    [
        {"length": 49, "rank": 1},
        {"language": "en", "rank": 1},
        {"changed_at": NOW - timedelta(minutes=61), "rank": 1},
        {"rank": 101},
        {"changed_at": NOW + timedelta(minutes=59)},
    ],
    ids=["cut short", "foreign", "older", "ranked lower", "came later"],
)
def test_first_is_better(worse: dict[str, object]) -> None:
    assert best([member(2, **worse), member(1)], "ja") == 1


@pytest.mark.parametrize("order", range(5))
def test_rules_go_before_each_other(order: int) -> None:
    """Each fails one rule more than the one before."""
    old = NOW - timedelta(hours=5)
    members = [
        member(1, is_pinned=True, length=10, language="en", changed_at=old, rank=9),
        member(2, language="en", changed_at=old, rank=9),
        member(3, length=10, changed_at=NOW, rank=1),
    ]
    random.Random(order).shuffle(members)
    assert best(members, "ja") == 1
    assert best([found for found in members if not found.is_pinned], "ja") == 2


@pytest.mark.parametrize("more", [{}, {"rank": 900}, {"length": 199}], ids=["later", "ranked lower", "longer"])
def test_update_is_better_than_what_it_updates(more: dict[str, object]) -> None:
    assert best([member(1), member(2, updates=frozenset({1}), **more)], "ja") == 2


@pytest.mark.parametrize("more", [{"length": 49}, {"language": "en"}, {"changed_at": NOW - timedelta(seconds=1)}], ids=["short", "foreign", "older"])
def test_update_that_says_less_is_not(more: dict[str, object]) -> None:
    assert best([member(1), member(2, updates=frozenset({1}), **more)], "ja") == 1


def test_copies_that_update_each_other_go_by_the_other_rules() -> None:
    assert best([member(1, updates=frozenset({2})), member(2, updates=frozenset({1}), rank=1)], "ja") == 2


def test_of_none_there_is_no_best() -> None:
    assert best([], "ja") is None


def test_language_of_a_country_is_the_language() -> None:
    assert best([member(2, language="ja-JP"), member(3, language="en")], "ja") == 2
