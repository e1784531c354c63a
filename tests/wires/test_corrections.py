import pytest

from kawaraban.demo import builders
from kawaraban.wires.copy import Link, Relation
from kawaraban.wires.corrections import correction_of


@pytest.mark.parametrize(
    "note",
    [
        "訂正：人数を改めました。",
        "【訂正】",
        "CORRECTION: the name",
        "Corrects the spelling of the name in paragraph 2.",
        "担当より\n訂正 三段落目",
        "(Eds: corrects date)",
        "お詫びと訂正",
    ],
)
def test_note_that_asks(note: str) -> None:
    found = correction_of(builders.make_copy(editorial_note=note))
    assert found.is_asked and found.text == note


@pytest.mark.parametrize(
    "note", ["", "担当：港支局", "Embargoed until noon", "The correct spelling is Mio", "公正な訂正のため", "correctional facility"]
)
def test_note_that_does_not(note: str) -> None:
    assert not correction_of(builders.make_copy(editorial_note=note)).is_asked


def test_link_that_asks_says_nothing_more() -> None:
    found = correction_of(builders.make_copy(links=(Link(Relation.CORRECTS, "urn:0"),), editorial_note="担当：港支局"))
    assert found.is_asked and found.text == ""
    assert not correction_of(builders.make_copy(links=(Link(Relation.UPDATES, "urn:0"),))).is_asked
