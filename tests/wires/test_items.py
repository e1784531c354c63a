import pytest

from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.items import all_read


def one(item: str) -> Copy:
    if not item:
        raise Unreadable("it is empty")
    return Copy(format="x", guid=item)


def test_reasons_of_many_bad_items_stay_a_sentence() -> None:
    with pytest.raises(Partly, match=r"^7 of 8 items can't be read: item 1: it is empty; .*item 5: it is empty; and 2 more$") as partly:
        all_read([*[""] * 7, "a"], one)
    assert len(partly.value.faults) == 7


def test_nothing_but_many_bad_items() -> None:
    with pytest.raises(Unreadable, match=r"item 5: it is empty; and 1 more$"):
        all_read([""] * 6, one)


def test_no_items() -> None:
    assert all_read([], one) == []
