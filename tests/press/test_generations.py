"""A change of theme or release: what was printed before is served until it is printed again."""

from collections.abc import Callable

from kawaraban.press.edition import Edition
from kawaraban.press.queue import Urgency
from kawaraban.press.sheet import Sheet
from kawaraban.press.view import View

Make = Callable[..., Sheet]
TextAt = Callable[[str], str | None]


def slots(edition: Edition, generation: int, **texts: str) -> None:
    edition.file_slots([(name, text.encode(), frozenset()) for name, text in texts.items()], edition.changes(), generation)


def test_generation_goes_on_only_when_it_is_made_with_something_else(edition: Edition) -> None:
    first = edition.begin("a", "policy a")
    assert edition.begin("a", "policy a") == first
    second = edition.begin("b", "policy b")
    assert second == first + 1
    assert edition.generation() == (second, "b")
    assert (edition.policy(first), edition.policy(second), edition.policy(second + 1)) == ("policy a", "policy b", "")


def test_nothing_has_been_printed_in_a_new_edition(edition: Edition) -> None:
    assert edition.generation() == (0, "")


def test_generation_of_an_edition_made_anew_is_none_of_before(edition: Edition) -> None:
    assert edition.begin("a", "") > 1_000_000  # a newsstand that keeps a policy of generation 1 must not use it for another's pages


def test_new_generation_counts_as_a_change(edition: Edition, generation: int) -> None:
    before = edition.changes()
    edition.begin("second", "")
    assert edition.changes() == before + 1


def test_older_pages_are_served_with_their_own_slots(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    slots(edition, generation, wire="first")
    for address in ("/a", "/b"):
        edition.file(address, sheet(address, "wire"), edition.changes(), generation)
    second = edition.begin("second", "")
    slots(edition, second, wire="second")
    edition.file("/b", sheet("/b", "wire"), edition.changes(), second)
    assert (text_at("/a"), text_at("/b")) == ("/afirst", "/bsecond")
    assert edition.outdated_addresses() == ["/a"]


def test_reader_is_told_the_generation_of_a_page(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a"), edition.changes(), generation)
    edition.begin("second", "")
    view = View(edition)
    found = view.page("/a")
    view.close()
    assert found is not None and found.generation == generation


def test_older_slots_are_blanked_on_the_pages_that_show_them(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    slots(edition, generation, wire="secret ", ranking="ranks", wires="kept")
    edition.file("/a", sheet("a:", "wire", "ranking", "wires"), edition.changes(), generation)
    second = edition.begin("second", "")
    slots(edition, second, wire="new")
    edition.file("/b", sheet("b:", "wire"), edition.changes(), second)
    edition.blank_older(["wire"])
    assert (text_at("/a"), text_at("/b")) == ("a:rankskept", "b:new")


def test_blanking_with_scopes_leaves_the_others(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    slots(edition, generation, **{"related:1": "one", "related:11": "eleven"})
    edition.file("/a", sheet("", "related:1", "related:11"), edition.changes(), generation)
    edition.begin("second", "")
    edition.blank_older(["related:1"])
    assert text_at("/a") == "eleven"


def test_older_slots_and_runs_are_forgotten_when_no_page_needs_them(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    slots(edition, generation, wire="first")
    edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    second = edition.begin("second", "")
    slots(edition, second, wire="second")
    edition.file("/a", sheet("a", "wire"), edition.changes(), second)
    assert edition.outdated_addresses() == []
    assert (edition.counts().slots, edition.counts().runs) == (2, 2)
    edition.forget_older()
    assert (edition.counts().slots, edition.counts().runs) == (1, 1)
    slots(edition, second, wire="third")
    assert text_at("/a") == "athird"


def test_page_can_be_marked_to_be_printed_with_the_new_theme(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    second = edition.begin("second", "")
    edition.mark(dict.fromkeys(edition.outdated_addresses(), Urgency.FILL))
    assert edition.due(9) == [(Urgency.FILL, "/a")]
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), second)
    assert (edition.due(9), edition.outdated_addresses()) == ([], [])
