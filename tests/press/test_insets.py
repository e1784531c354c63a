"""Insets: parts of a page that are printed again without the rest of it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kawaraban.press.edition import Edition
from kawaraban.press.insets import Insets, file_insets
from kawaraban.press.marks import Inset, Slot, cut, folded, inset_mark, mark
from kawaraban.press.queue import Urgency
from kawaraban.press.sheet import Sheet, with_slots
from kawaraban.press.view import View

TextAt = Callable[[str], str | None]
ABOUT = "page:1"


def page(text: str, picks: str, related: str = "", about: str = ABOUT, made_from: tuple[str, ...] = ("page:7",)) -> Sheet:
    pieces = (text.encode(), Inset("picks", about, picks.encode()), (Slot("wire"),), Inset("related", about, related.encode()))
    return Sheet(200, "text/html", pieces, frozenset({about}), 1.0, inset_keys=frozenset(made_from))


@pytest.fixture(autouse=True)
def wire(edition: Edition, generation: int) -> None:
    edition.file_slots([("wire", b"W", frozenset({"wire"}))], edition.changes(), generation)


def put(edition: Edition, generation: int, started: int | None = None, /, *, about: str = ABOUT, keys: tuple[str, ...] = (), **texts: str) -> None:
    made = Insets(about, {name: text.encode() for name, text in texts.items()}, frozenset(keys))
    file_insets(edition, [made], edition.changes() if started is None else started, generation)


def test_inset_is_printed_into_every_page_that_holds_it(edition: Edition, generation: int, text_at: TextAt) -> None:
    for address, text in (("/a", "A"), ("/a/2", "B")):
        edition.file(address, page(text, "p", "r"), edition.changes(), generation)
    edition.file("/b", page("C", "p", "r", about="page:2"), edition.changes(), generation)
    put(edition, generation, picks="P", related="R")
    assert [text_at(address) for address in ("/a", "/a/2", "/b")] == ["APWR", "BPWR", "CpWr"]


def test_newsstand_sees_own_parts_and_runs_only(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p", "r"), edition.changes(), generation)
    view = View(edition)
    found = view.find("/a")
    view.close()
    assert found is not None and [bool(part.deflated) for part in found.parts] == [False, False, True, False]
    assert len(found.sizes) == 3


def test_what_is_not_given_is_emptied(edition: Edition, generation: int, text_at: TextAt) -> None:
    edition.file("/a", page("A", "p", "r"), edition.changes(), generation)
    put(edition, generation, related="R", unknown="U")
    assert text_at("/a") == "AWR"


def test_index_knows_what_an_inset_is_made_from(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p", made_from=("page:7", "page:8")), edition.changes(), generation)
    assert edition.made_from("page:7") == ["~page:1"] and edition.made_from("~page:1") == ["/a"]
    put(edition, generation, keys=("page:8", "page:9"), picks="P")
    assert [edition.made_from(f"page:{key}") for key in (7, 8, 9)] == [[], ["~page:1"], ["~page:1"]]


def test_index_forgets_insets_that_no_page_holds(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p"), edition.changes(), generation)
    edition.remove("/a", edition.changes(), generation)
    put(edition, generation, keys=("page:7",), picks="P")
    assert edition.made_from("page:7") == []


def test_earlier_inset_never_replaces_a_later_one(edition: Edition, generation: int, text_at: TextAt) -> None:
    early = edition.changes()
    edition.file("/a", page("A", "p", "r"), early, generation)
    edition.tell({})
    put(edition, generation, picks="later")
    put(edition, generation, early, picks="earlier")
    assert text_at("/a") == "AlaterW"


def test_page_made_before_keeps_the_later_inset(edition: Edition, generation: int, text_at: TextAt) -> None:
    """Somebody prints a page; meanwhile what its inset showed is withdrawn, and the inset printed."""
    edition.file("/a", page("A", "shown", "r"), edition.changes(), generation)
    early = edition.changes()
    edition.tell({"~page:1": Urgency.NOW})
    put(edition, generation, related="R")
    assert edition.file("/a", page("B", "shown", "r"), early, generation)
    assert text_at("/a") == "BWR"
    edition.file("/a", page("C", "new", "n"), edition.changes(), generation)
    assert text_at("/a") == "CnewWn"


def test_inset_is_settled_like_a_page(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p"), edition.changes(), generation)
    edition.tell({"~page:1": Urgency.NOW})
    started = edition.changes()
    edition.tell({"~page:1": Urgency.NOW})
    put(edition, generation, started, keys=("page:7",), picks="P")
    assert edition.due(9) == [(Urgency.NOW, "~page:1")]
    put(edition, generation, keys=("page:7",), picks="P")
    assert edition.due(9) == []


def test_page_of_an_earlier_generation_is_printed_whole_and_shows_nothing_until_then(edition: Edition, generation: int, text_at: TextAt) -> None:
    edition.file("/a", page("A", "p", "r"), edition.changes(), generation)
    second = edition.begin("second", "")
    put(edition, second, picks="P")
    assert text_at("/a") == "AW" and edition.due(9) == [(Urgency.NOW, "/a")]


def test_same_inset_again_writes_no_parts(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p", "r"), edition.changes(), generation)
    before = edition.record("/a")
    put(edition, generation, picks="p", related="r")
    after = edition.record("/a")
    assert before is not None and after is not None and before.place == after.place


def test_insets_lost_with_the_file_of_parts_are_printed_whole(edition: Edition, generation: int) -> None:
    edition.file("/a", page("A", "p", "r"), edition.changes(), generation)
    edition.segments.close()
    for file in edition.folder.glob("parts-*"):
        file.unlink()
    put(edition, generation, picks="P")
    assert edition.due(9) == [(Urgency.NOW, "/a")]


def test_mark_becomes_an_inset_and_parts_runs(edition: Edition) -> None:
    text = f"<main>text{inset_mark('w', 'picks', ABOUT)}</main><div>{mark('w', 'wire')}{inset_mark('w', 'related', ABOUT)}{mark('w', 'mook')}</div>"
    assert folded(cut(text, "w")) == (
        b"<main>text",
        Inset("picks", ABOUT),
        (b"</main><div>", Slot("wire")),
        Inset("related", ABOUT),
        (Slot("mook"), b"</div>"),
    )


def test_words_after_an_inset_in_main_stay_the_page_s_own() -> None:
    text = f"<main>a{inset_mark('w', 'picks', ABOUT)}own</main>{mark('w', 'wire')}"
    assert folded(cut(text, "w")) == (b"<main>a", Inset("picks", ABOUT), b"own</main>", (Slot("wire"),))


@given(some.lists(some.tuples(some.sampled_from(["page", "inset"]), some.integers(0, 5), some.integers(1, 3)), max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_and_insets_in_any_order_end_with_the_latest(
    edition: Edition, generation: int, text_at: TextAt, steps: list[tuple[str, int, int]]
) -> None:
    """Each filing says at which change it began; whatever comes in whatever order, the latest of each kind is what is read."""
    edition.remove("/a", edition.changes(), generation)
    edition.tell({})
    first = edition.changes()
    text = inset = ("", -1)
    for number, (kind, began, _) in enumerate(steps):
        while edition.changes() < first + 5:
            edition.tell({})
        started, said = first + began, f"{number}"
        if kind == "page":
            edition.file("/a", page(f"t{said}", f"p{said}"), started, generation)
            if text[1] <= started:
                text = (f"t{said}", started)
                inset = (f"p{said}", started) if inset[1] <= started else inset
        else:
            put(edition, generation, started, picks=f"p{said}")
            if text[1] >= 0 and inset[1] <= started:
                inset = (f"p{said}", started)
    assert text_at("/a") == (f"{text[0]}{inset[0]}W" if text[1] >= 0 else None)


def test_whole_text_of_a_sheet_has_its_insets() -> None:
    assert with_slots(page("A", "p", "r"), {"wire": b"W"}) == b"ApWr"
