"""The index says too much rather than too little, whenever a press is stopped."""

from collections.abc import Callable

from kawaraban.press.edition import Edition
from kawaraban.press.sheet import Sheet

Make = Callable[..., Sheet]


def test_press_stopped_before_its_page_is_there_has_widened_the_index(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    assert edition.index.widen({"/a": frozenset({"page:2"})})
    assert edition.made_from("page:1") == edition.made_from("page:2") == ["/a"]
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    assert (edition.made_from("page:1"), edition.made_from("page:2")) == (["/a"], [])


def test_index_keeps_what_another_press_has_filed_meanwhile(edition: Edition, generation: int, sheet: Make) -> None:
    key = b"/a"
    edition.file("/a", sheet("first", keys=("page:1",)), edition.changes(), generation)
    with edition.env.begin() as txn:
        first = txn.get(key, db=edition.tables["pages"])
    edition.file("/a", sheet("second", keys=("page:2",)), edition.changes(), generation)
    edition._narrow([("pages", key, first, "/a", frozenset({"page:1"}))])
    assert edition.made_from("page:2") == ["/a"]


def test_nothing_is_written_where_nothing_changes(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    before = edition.index.env.info()["last_txnid"]
    edition.file("/a", sheet("b", keys=("page:1",)), edition.changes(), generation)
    assert edition.index.env.info()["last_txnid"] == before
