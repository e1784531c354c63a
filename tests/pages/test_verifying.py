"""Whether every page is what it should be."""

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Section
from kawaraban.pages import tail, verifying
from kawaraban.pages.printer import Printer
from tests.pages.at_press import article, reprint_faults, settle


def test_verify_finds_nothing_in_a_printed_magazine(press: Printer, world: Section, monkeypatch) -> None:
    article("Harbour", world, "harbour")
    builders.make_wire_item("Flash")
    settle(press)
    tail.fill(press)
    settle(press)
    assert reprint_faults(press, monkeypatch) == []


def test_verify_finds_what_changed_behind_its_back(press: Printer, world: Section, monkeypatch) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    Article.objects.filter(pk=found.pk).update(kicker="Unseen")
    assert any(found.address in fault for fault in reprint_faults(press, monkeypatch))


def test_verify_is_not_misled_by_what_editors_do_meanwhile(press: Printer, world: Section, monkeypatch) -> None:
    """A flash that comes between the look at the slots and the look at the pages is on all of them, and no fault."""
    article("Harbour", world, "harbour")
    settle(press)
    make, left = verifying.made, iter(range(3))

    def made(address: str):
        if next(left, None) is not None:
            builders.make_wire_item(f"Flash that comes before {address}")
            settle(press)
        return make(address)

    monkeypatch.setattr(verifying, "made", made)
    assert reprint_faults(press, monkeypatch) == []
