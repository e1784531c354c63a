"""Slots, and the runs that they are packed into."""

from collections.abc import Callable

from kawaraban.press.edition import Edition
from kawaraban.press.marks import Slot
from kawaraban.press.queue import Urgency
from kawaraban.press.sheet import Sheet

Make = Callable[..., Sheet]
TextAt = Callable[[str], str | None]


def filed(edition: Edition, generation: int, started: int | None = None, /, **texts: str) -> None:
    made = [(name, text.encode(), frozenset({f"slot-of:{name}"})) for name, text in texts.items()]
    edition.file_slots(made, edition.changes() if started is None else started, generation)


def test_slot_is_on_every_page_that_has_it(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    filed(edition, generation, wire="W1", rankings="R1")
    for name in "abc":
        edition.file(f"/{name}", sheet(name, "wire", "rankings"), edition.changes(), generation)
    filed(edition, generation, wire="W2")
    assert [text_at(f"/{name}") for name in "abc"] == ["aW2R1", "bW2R1", "cW2R1"]


def test_pages_of_one_layout_share_one_run(edition: Edition, generation: int, sheet: Make) -> None:
    filed(edition, generation, wire="W", rankings="R")
    for number in range(20):
        edition.file(f"/{number}", sheet(f"{number}", "wire", "rankings"), edition.changes(), generation)
    edition.file("/other", sheet("other", "rankings"), edition.changes(), generation)
    assert edition.counts().runs == 2


def test_text_between_slots_is_packed_with_them(edition: Edition, generation: int, text_at: TextAt) -> None:
    filed(edition, generation, wire="W", rankings="R")
    page = Sheet(200, "text/html", (b"<body>", (Slot("wire"), "・".encode(), Slot("rankings"), b"!")), frozenset())
    edition.file("/a", page, edition.changes(), generation)
    filed(edition, generation, wire="W2", rankings="R2")
    assert text_at("/a") == "<body>W2・R2!"


def test_empty_slot_is_a_slot(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    filed(edition, generation, wire="")
    assert edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    assert text_at("/a") == "a" and edition.slot("wire", generation) == b""
    assert edition.slot("rankings", generation) is None


def test_slots_of_one_filing_change_together(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    filed(edition, generation, wire="W1", rankings="R1")
    edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    edition.file("/b", sheet("b", "rankings"), edition.changes(), generation)
    before = edition.env.info()["last_txnid"]
    filed(edition, generation, wire="W2", rankings="R2")
    assert (text_at("/a"), text_at("/b")) == ("aW2", "bR2")
    assert edition.env.info()["last_txnid"] == before + 1


def test_slot_that_began_before_is_refused(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    early = edition.changes()
    edition.tell({})
    filed(edition, generation, wire="later")
    edition.file("/a", sheet("", "wire"), edition.changes(), generation)
    filed(edition, generation, early, wire="earlier", rankings="R")
    assert text_at("/a") == "later" and edition.slot("rankings", generation) == b"R"


def test_slot_is_settled_like_a_page(edition: Edition, generation: int) -> None:
    edition.tell({"slot:wire": Urgency.NOW})
    started = edition.changes()
    edition.tell({"slot:wire": Urgency.NOW})
    filed(edition, generation, started, wire="W")
    assert edition.due(9) == [(Urgency.NOW, "slot:wire")]
    filed(edition, generation, wire="W")
    assert edition.due(9) == []


def test_older_slot_leaves_the_mark_of_a_later_change(edition: Edition, generation: int) -> None:
    early = edition.changes()
    edition.tell({"slot:wire": Urgency.NOW})
    filed(edition, generation, wire="later")
    edition.tell({"slot:wire": Urgency.NOW})
    filed(edition, generation, early, wire="earlier")
    assert edition.due(9) == [(Urgency.NOW, "slot:wire")]
    assert edition.slot("wire", generation) == b"later"


def test_names_of_slots_are_those_of_the_generation(edition: Edition, generation: int) -> None:
    filed(edition, generation, **{"wire": "W", "related:12": "r"})
    second = edition.begin("second", "")
    filed(edition, second, wire="W")
    assert edition.slot_names(generation) == ["related:12", "wire"]
    assert edition.slot_names(second) == ["wire"]
