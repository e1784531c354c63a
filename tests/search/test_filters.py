"""Answers narrowed, counted, ordered and turned over."""

from datetime import timedelta
from pathlib import Path

import pytest

from kawaraban.search import catalogue, finding, indexing, store
from kawaraban.search.document import Document
from kawaraban.search.filters import Filters, Order
from kawaraban.search.finding import Finder
from kawaraban.search.japanese import Japanese
from tests.search.conftest import NEWEST, Make

MARKS = {
    "a": {"section": ("12",), "author": ("5", "6")},
    "b": {"section": ("12",), "author": ("5",)},
    "c": {"section": ("13",)},
    "d": {},
}


@pytest.fixture
def lighthouses(make: Make) -> Finder:
    finder = make({})
    pieces = [
        Document(key, "灯台の朝", f"灯台{'と灯台' * age}が見える。", NEWEST - timedelta(days=age), marks=marks)
        for age, (key, marks) in enumerate(MARKS.items())
    ]
    indexing.put(finder.store, pieces)
    return finder


def ids(finder: Finder, filters: Filters) -> set[str]:
    return {hit.id for hit in finder.find("灯台", filters=filters).hits}


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ({"section": {"12"}}, "ab"),
        ({"section": {"12", "13"}}, "abc"),
        ({"section": {"12"}, "author": {"6"}}, "a"),
        ({"section": {"99"}}, ""),
        ({"nothing": {"12"}}, ""),
        ({"author": {"12"}}, ""),
    ],
)
def test_marks(lighthouses: Finder, marks: dict, found: str) -> None:
    filters = Filters({facet: frozenset(values) for facet, values in marks.items()})
    answer = lighthouses.find("灯台", filters=filters)
    assert "".join(sorted(hit.id for hit in answer.hits)) == found
    assert answer.total == len(found)


def test_marks_follow_the_index(lighthouses: Finder) -> None:
    filters = Filters({"section": frozenset({"12"})})
    assert ids(lighthouses, filters) == {"a", "b"}
    indexing.put(lighthouses.store, [Document("e", "灯台の夜", "灯台", NEWEST, marks={"section": ("12",)})])
    assert ids(lighthouses, filters) == {"a", "b", "e"}
    indexing.take(lighthouses.store, ["a"])
    assert ids(lighthouses, filters) == {"b", "e"}
    for section in range(2 * catalogue.REMEMBERED):
        assert ids(lighthouses, Filters({"section": frozenset({str(section)})})) == {12: {"b", "e"}, 13: {"c"}}.get(section, set())
    assert len(lighthouses.catalogue.narrowed) <= catalogue.REMEMBERED


def test_period(lighthouses: Finder) -> None:
    day = timedelta(days=1)
    assert ids(lighthouses, Filters(since=NEWEST - day)) == {"a", "b"}
    assert ids(lighthouses, Filters(until=NEWEST - day)) == {"c", "d"}
    assert ids(lighthouses, Filters(since=NEWEST - 2 * day, until=NEWEST)) == {"b", "c"}


def test_facets(lighthouses: Finder) -> None:
    assert lighthouses.find("灯台", with_facets=True).facets == {"author": [("5", 2), ("6", 1)], "section": [("12", 2), ("13", 1)]}
    narrowed = lighthouses.find("灯台", top=1, filters=Filters({"author": frozenset({"6"})}), with_facets=True)
    assert narrowed.facets == {"author": [("5", 1), ("6", 1)], "section": [("12", 1)]}
    assert lighthouses.find("議長", with_facets=True).facets == {}


def test_facets_count_what_is_there_and_nothing_else(lighthouses: Finder) -> None:
    lighthouses.find("灯台")
    indexing.take(lighthouses.store, ["a"])
    indexing.put(lighthouses.store, [Document("c", "灯台", "岬", NEWEST, marks={"section": ("14",)})])
    assert lighthouses.find("灯台", with_facets=True).facets == {"author": [("5", 1)], "section": [("12", 1), ("14", 1)]}


def test_to_narrow_adds_nothing(make: Make) -> None:
    """東京都 has the characters of 京都, which are looked for only where few have the word."""
    finder = make({})
    pieces = [Document(str(number), "京都の朝", "寺", NEWEST, marks={"section": ("12",)}) for number in range(finding.LOOKED_AT)]
    indexing.put(finder.store, [*pieces, Document("tokyo", "東京都の朝", "塔", NEWEST, marks={"section": ("13",)})])
    assert finder.find("京都", with_facets=True).facets == {"section": [("12", finding.LOOKED_AT)]}
    assert finder.find("京都", filters=Filters({"section": frozenset({"13"})})).hits == []


def test_order_by_date(lighthouses: Finder) -> None:
    assert "".join(hit.id for hit in lighthouses.find("灯台", order=Order.DATE).hits) == "abcd"


def test_pages(lighthouses: Finder) -> None:
    pages = [lighthouses.find("灯台", 2, skip=skip) for skip in (0, 2, 4)]
    assert [len(page.hits) for page in pages] == [2, 2, 0]
    assert {hit.id for page in pages for hit in page.hits} == set("abcd")
    assert {page.total for page in pages} == {4}


def test_marks_are_kept_when_the_index_is_made_again(lighthouses: Finder, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("凪沙丸", encoding="utf-8")
    new = indexing.renewed(store.made(lighthouses.store.folder, Japanese(words)))
    assert ids(Finder(new), Filters({"section": frozenset({"12"})})) == {"a", "b"}
    new.close()
