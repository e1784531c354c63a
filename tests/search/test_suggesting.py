"""What may be typed, and what may have been meant; never a word of what has been taken out."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.search import indexing
from kawaraban.search.filters import Filters
from kawaraban.search.finding import Finder
from kawaraban.search.guessing import apart
from tests.search.conftest import NEWEST, PIECES, Make

TYPED = [
    ("経", ["経済"]),
    ("けい", ["経済"]),
    ("ｋｅ", []),
    ("se", ["servers"]),
    ("サ", ["サーバー"]),
    ("わたな", ["渡邊"]),
    ("海の", ["海の底の糸を結びなおす人たち"]),
    ("", []),
    ('"*', []),
]
MEANT = [
    ("けいさい", "経済"),
    ("サアバー", "サーバー"),
    ("servirs", "servers"),
    ("cabel", "cable"),
    ("経済製裁 首相", "経済制裁 首相"),
    ("経済", ""),
    ("議長", ""),
    ("", ""),
    ("ぷろんぷたー", ""),
]


@pytest.mark.parametrize(("beginning", "words"), TYPED)
def test_suggest(finder: Finder, beginning: str, words: list[str]) -> None:
    assert set(words) <= set(finder.suggest(beginning))
    assert words or finder.suggest(beginning) == []


def test_what_tells_something_comes_before_what_is_used_more(make: Make) -> None:
    finder = make({"one": ("港の朝", "当初は灯台。"), "two": ("港の夜", "当初は船。当時は海。")})
    assert finder.suggest("とう") == ["灯台", "当初", "当時"]


def test_no_more_is_suggested_than_is_wanted(finder: Finder) -> None:
    assert all(len(finder.suggest(beginning, top)) <= top for beginning in ("海", "か", "し", "s") for top in (1, 2, 3))


def test_titles_come_after_words_and_newest_first(make: Make) -> None:
    finder = make({"old": ("灯台の朝", "灯台"), "new": ("灯台の夜", "灯")})
    assert finder.suggest("灯台", 8) == ["灯台", "灯台の夜", "灯台の朝"]


@pytest.mark.parametrize(("query", "meant"), MEANT)
def test_meant(finder: Finder, query: str, meant: str) -> None:
    assert finder.find(query).meant == meant


def test_what_is_left_out_by_narrowing_was_meant(make: Make) -> None:
    finder, nothing = make({"one": ("灯台の朝", "船"), "other": ("東大の夜", "船")}), Filters(until=NEWEST - timedelta(days=9))
    assert finder.find("灯台", filters=nothing).total == 0
    assert finder.find("灯台", filters=nothing).meant == ""
    indexing.take(finder.store, ["one"])
    assert finder.find("灯台", filters=nothing).meant == "東大"


def test_nothing_of_what_is_taken_out_is_suggested_or_meant(finder: Finder) -> None:
    indexing.take(finder.store, PIECES)
    assert [finder.suggest(beginning) for beginning, _ in TYPED] == [[]] * len(TYPED)
    assert [finder.find(query).meant for query, _ in MEANT] == [""] * len(MEANT)


def test_a_spelling_goes_with_the_piece_that_had_it(make: Make) -> None:
    finder = make({"one": ("渡邊の港", "船"), "other": ("渡辺の灯台", "船")})
    indexing.take(finder.store, ["one"])
    assert "渡邊" not in finder.suggest("渡")
    assert "渡辺" in finder.suggest("渡")


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("cable", "cabel", 1), ("cable", "cable", 0), ("cable", "able", 1), ("プロムプタ", "プロンプタ", 1), ("abc", "xyz", 3), ("", "ab", 2)],
)
def test_apart(one: str, other: str, distance: int) -> None:
    assert apart(one, other, 3) == distance
    assert apart(one, other, 0) == min(distance, 1) or distance > 1


@settings(deadline=None)
@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_apart_is_the_same_both_ways(one: str, other: str) -> None:
    assert apart(one, other, 9) == apart(other, one, 9)
