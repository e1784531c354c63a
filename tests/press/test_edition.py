"""Pages, the index of what they were made from, and what waits to be printed again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kawaraban.press.edition import Edition, MissingSlots, Outdated
from kawaraban.press.marks import Slot
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull
from kawaraban.press.sheet import Sheet, with_slots

Make = Callable[..., Sheet]
TextAt = Callable[[str], str | None]


def test_page_is_there_after_filing(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    assert not edition.has("/a")
    assert edition.file("/a", sheet("灯台", date=7.0), edition.changes(), generation)
    record = edition.record("/a")
    assert edition.has("/a") and text_at("/a") == "灯台"
    assert record is not None
    assert (record.status, record.mime, record.date, record.generation) == (200, "text/html; charset=utf-8", 7.0, generation)


def test_moved_page_says_where(edition: Edition, generation: int) -> None:
    edition.file("/old", Sheet(301, "text/html", (), frozenset({"page:1"}), location="/世界/新"), edition.changes(), generation)
    record = edition.record("/old")
    assert record is not None and (record.status, record.location) == (301, "/世界/新")


def test_later_printing_wins_over_one_that_began_before(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    early = edition.changes()
    edition.tell({})
    late = edition.changes()
    assert edition.file("/a", sheet("later"), late, generation)
    assert not edition.file("/a", sheet("earlier"), early, generation)
    assert text_at("/a") == "later"


def test_printing_that_saw_the_same_changes_wins(edition: Edition, generation: int, sheet: Make, text_at: TextAt) -> None:
    started = edition.changes()
    assert edition.file("/a", sheet("one"), started, generation)
    assert edition.file("/a", sheet("two"), started, generation)
    assert text_at("/a") == "two"


def test_removal_that_began_before_is_refused(edition: Edition, generation: int, sheet: Make) -> None:
    early = edition.changes()
    edition.tell({})
    edition.file("/a", sheet("later"), edition.changes(), generation)
    assert not edition.remove("/a", early, generation)
    assert edition.has("/a")


def test_removed_page_is_gone_with_its_index_and_mark(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    edition.tell({"/a": Urgency.NOW})
    assert edition.remove("/a", edition.changes(), generation)
    assert not edition.has("/a") and not edition.is_marked("/a")
    assert edition.made_from("page:1") == []


def test_removing_what_was_never_there_settles_its_mark(edition: Edition, generation: int) -> None:
    edition.mark({"/a": Urgency.FILL})
    assert edition.remove("/a", edition.changes(), generation)
    assert edition.due(9) == []


# The index


def test_index_follows_the_page(edition: Edition, generation: int, sheet: Make) -> None:
    for number, keys in enumerate([("page:1", "page:2"), ("page:2", "page:3")]):
        edition.file("/a", sheet(f"{number}", keys=keys), edition.changes(), generation)
    edition.file("/b", sheet("b", keys=("page:2",)), edition.changes(), generation)
    found = {key: edition.made_from(key) for key in ("page:1", "page:2", "page:3", "page:4")}
    assert found == {"page:1": [], "page:2": ["/a", "/b"], "page:3": ["/a"], "page:4": []}


def test_key_is_not_another_one_that_begins_so(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file("/a", sheet("a", keys=("page:12",)), edition.changes(), generation)
    assert edition.made_from("page:1") == []


def test_thing_on_many_pages_is_found_on_all(edition: Edition, generation: int, sheet: Make) -> None:
    addresses = [f"/world/{number:04}" for number in range(500)]
    for address in addresses:
        edition.file(address, sheet("a", keys=("author:1",)), edition.changes(), generation)
    assert edition.made_from("author:1") == addresses


def test_index_has_a_slot_under_its_own_name(edition: Edition, generation: int) -> None:
    edition.file_slots([("wire", b"w", frozenset({"wire:1"}))], edition.changes(), generation)
    assert edition.made_from("wire:1") == ["slot:wire"]


@pytest.mark.parametrize("address", ["/" + "a" * 499, "/" + "灯" * 166, "/w?section=" + "%E7" * 60])
def test_longest_address_takes_part_in_everything(edition: Edition, generation: int, sheet: Make, address: str) -> None:
    edition.file(address, sheet("a", keys=("page:1",)), edition.changes(), generation)
    edition.tell({address: Urgency.NOW})
    assert edition.has(address)
    assert edition.made_from("page:1") == edition.addresses() == [address]
    assert edition.due(1) == [(Urgency.NOW, address)]
    edition.begin("second", "")
    assert edition.outdated_addresses() == [address]


def test_addresses_are_those_that_begin_so(edition: Edition, generation: int, sheet: Make) -> None:
    for address in ("/", "/world", "/world/a", "/worlds", "/世界", "!404"):
        edition.file(address, sheet("a"), edition.changes(), generation)
    assert edition.addresses("/world") == ["/world", "/world/a", "/worlds"]
    assert edition.addresses("/世") == ["/世界"]
    assert edition.addresses("/none") == []
    assert len(edition.addresses()) == 6


# What waits


def test_told_pages_wait_until_they_are_printed(edition: Edition, generation: int, sheet: Make) -> None:
    edition.tell({"/a": Urgency.NOW, "/b": Urgency.TAIL})
    assert edition.due(9) == [(Urgency.NOW, "/a"), (Urgency.TAIL, "/b")]
    edition.file("/a", sheet("a", keys=("page:1",)), edition.changes(), generation)
    assert edition.due(9) == [(Urgency.TAIL, "/b")]


def test_change_told_while_printing_marks_the_page_again(edition: Edition, generation: int, sheet: Make) -> None:
    edition.tell({"/a": Urgency.NOW})
    started = edition.changes()
    edition.tell({"/elsewhere": Urgency.TAIL})
    edition.file("/a", sheet("a", keys=("page:1",)), started, generation)
    assert edition.due(9) == [(Urgency.SOON, "/a"), (Urgency.TAIL, "/elsewhere")]


def test_page_told_again_while_printing_keeps_its_more_urgent_mark(edition: Edition, generation: int, sheet: Make) -> None:
    started = edition.changes()
    edition.tell({"/a": Urgency.NOW})
    edition.file("/a", sheet("a", keys=("page:1",)), started, generation)
    assert edition.due(9) == [(Urgency.NOW, "/a")]


def test_page_that_is_made_of_nothing_is_not_marked_again(edition: Edition, generation: int, sheet: Make) -> None:
    started = edition.changes()
    edition.tell({})
    edition.file("/a", sheet("a"), started, generation)
    assert edition.due(9) == []


def test_printing_that_came_too_late_takes_away_only_the_mark_that_it_saw(edition: Edition, generation: int, sheet: Make) -> None:
    edition.tell({"/a": Urgency.NOW})
    early = edition.changes()
    edition.tell({})
    edition.file("/a", sheet("later", keys=("page:1",)), edition.changes(), generation)
    edition.tell({"/a": Urgency.TAIL})
    assert not edition.file("/a", sheet("earlier", keys=("page:1",)), early, generation)
    assert edition.due(9) == [(Urgency.TAIL, "/a")]


def test_mark_counts_no_change(edition: Edition) -> None:
    before = edition.changes()
    edition.mark({"/a": Urgency.FILL})
    assert edition.changes() == before
    edition.tell({})
    assert edition.changes() == before + 1


def test_newest_of_the_tail_comes_first(edition: Edition, generation: int, sheet: Make) -> None:
    for address, date in (("/old", 1e9), ("/new", 2e9), ("/older", 0.5e9)):
        edition.file(address, sheet("a", date=date), edition.changes(), generation)
    edition.tell(dict.fromkeys(("/old", "/new", "/older", "/never"), Urgency.TAIL))
    assert [address for _, address in edition.due(9)] == ["/new", "/old", "/older", "/never"]


def test_put_off_goes_behind_everything(edition: Edition) -> None:
    edition.tell({"/a": Urgency.NOW, "/b": Urgency.FILL})
    edition.put_off("/a")
    assert edition.due(9) == [(Urgency.FILL, "/b"), (Urgency.RETRY, "/a")]


def test_most_waiting_is_kept_until_nothing_waits(edition: Edition, generation: int, sheet: Make) -> None:
    edition.tell({f"/{number}": Urgency.TAIL for number in range(5)})
    seen = []
    for number in range(5):
        edition.file(f"/{number}", sheet("a"), edition.changes(), generation)
        seen.append(edition.most_waiting())
    assert seen == [5, 5, 5, 5, 0]


def test_faces_and_notes_are_kept(edition: Edition) -> None:
    edition.tell({}, {"author:1": b"name"})
    edition.note("said", "言った")
    assert (edition.face("author:1"), edition.face("author:2")) == (b"name", b"")
    assert (edition.noted("said"), edition.noted("never")) == ("言った", "")


def test_counts_say_what_there_is(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file_slots([("wire", b"w", frozenset())], edition.changes(), generation)
    edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    edition.mark({"/b": Urgency.FILL})
    counts = edition.counts()
    assert (counts.pages, counts.slots, counts.runs, counts.waiting, counts.generation) == (1, 1, 1, 1, generation)
    assert counts.bytes > 0 and counts.by_urgency == {"fill": 1}


# What is refused


@pytest.mark.parametrize("wrong", [0, -1])
def test_printing_of_another_generation_is_refused(edition: Edition, generation: int, sheet: Make, wrong: int) -> None:
    other = generation - 1 if wrong else 0
    for act in (
        lambda: edition.file("/a", sheet("a"), 0, other),
        lambda: edition.remove("/a", 0, other),
        lambda: edition.file_slots([("wire", b"w", frozenset())], 0, other),
    ):
        with pytest.raises(Outdated):
            act()
    assert (edition.counts().pages, edition.counts().slots) == (0, 0)


def test_page_whose_slots_are_missing_is_refused_whole(edition: Edition, generation: int, sheet: Make) -> None:
    edition.file_slots([("wire", b"w", frozenset())], edition.changes(), generation)
    before = edition.epoch.seen()
    with pytest.raises(MissingSlots) as refused:
        edition.file("/a", sheet("a", "wire", "rankings", "magazine", keys=("page:1",)), edition.changes(), generation)
    assert refused.value.names == ("magazine", "rankings")
    assert not edition.has("/a") and edition.made_from("page:1") == []
    assert (edition.counts().runs, edition.epoch.seen()) == (0, before)


def test_what_is_no_lack_of_room_is_told_as_it_is(edition: Edition) -> None:
    with pytest.raises(ZeroDivisionError), edition.writing():
        1 / 0  # noqa: B018
    assert EditionFull.__doc__ and "room" in EditionFull.__doc__


# The folder


def test_edition_opened_again_has_everything(tmp_path: Path, sheet: Make) -> None:
    first = Edition(tmp_path / "again")
    generation = first.begin("first", "policy")
    first.file("/a", sheet("a", keys=("page:1",)), first.changes(), generation)
    first.tell({"/a": Urgency.TAIL})
    first.close()
    second = Edition(tmp_path / "again")
    assert second.generation() == (generation, "first")
    assert (second.addresses(), second.due(9), second.made_from("page:1")) == (["/a"], [(Urgency.TAIL, "/a")], ["/a"])
    second.close()


def test_edition_knows_when_its_folder_was_deleted(edition: Edition) -> None:
    assert not edition.is_gone()
    shutil.rmtree(edition.folder)
    assert edition.is_gone()
    Edition(edition.folder).close()
    assert edition.is_gone()


@pytest.mark.parametrize("name", ["data.mdb", "lock.mdb", "epoch", "index/data.mdb", "index/lock.mdb"])
def test_edition_knows_when_a_part_of_its_folder_was_deleted(edition: Edition, name: str) -> None:
    """A folder that is deleted while another process makes it anew may lose files of the new one."""
    (edition.folder / name).unlink()
    assert edition.is_gone()


def test_sheet_names_its_slots_and_gives_its_whole_text() -> None:
    page = Sheet(200, "text/html", (b"a", (Slot("wire"), b"-", Slot("rankings")), b"z"), frozenset())
    assert page.slots == {"wire", "rankings"}
    assert with_slots(page, {"wire": b"W", "rankings": b"R"}) == b"aW-Rz"
