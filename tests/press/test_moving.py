"""Files of parts: moved when they are mostly waste, and what happens when one of them is gone."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kawaraban.press import edition as editions
from kawaraban.press import parts
from kawaraban.press.edition import Edition
from kawaraban.press.queue import Urgency
from kawaraban.press.segments import Lost, Segments
from kawaraban.press.sheet import Sheet
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

Make = Callable[..., Sheet]
PAGES, MOVED_AT_ONCE = 50, 20


def text(address: str, turn: int) -> str:
    return f"{address} {turn} {random.Random(f'{address} {turn}').randbytes(400).hex()}"


def print_all(edition: Edition, generation: int, sheet: Make, turn: int) -> dict[str, str]:
    told = {f"/{number:04}": text(f"/{number:04}", turn) for number in range(PAGES)}
    for address, words in told.items():
        edition.file(address, sheet(words), edition.changes(), generation)
    return told


def shown(view: View, told: dict[str, str]) -> bool:
    found = {address: view.page(address) for address in told}
    return all(page is not None and identity(page.parts).decode() == told[address] for address, page in found.items())


def files(edition: Edition) -> list[str]:
    return sorted(file.name for file in edition.folder.glob("parts-*"))


@pytest.fixture
def wasteful(edition: Edition, generation: int, sheet: Make, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What pages say that have been printed three times."""
    monkeypatch.setattr(parts, "WASTE", 1000)
    monkeypatch.setattr(editions, "MOVED_AT_ONCE", MOVED_AT_ONCE)
    assert not edition.is_wasteful()
    return [print_all(edition, generation, sheet, turn) for turn in range(3)][-1]


def test_move_leaves_what_is_shown(edition: Edition, wasteful: dict[str, str]) -> None:
    size = edition.segments.disk_bytes()
    assert edition.is_wasteful()
    assert edition.move(lambda: False)
    assert not edition.is_wasteful()
    assert (len(files(edition)), edition.segments.disk_bytes() < size * 0.6) == (1, True)
    view = View(edition)
    assert shown(view, wasteful)
    view.close()


def test_move_goes_on_where_it_was_interrupted(edition: Edition, wasteful: dict[str, str], generation: int, sheet: Make) -> None:
    calls = iter([False, True])
    assert not edition.move(lambda: next(calls))
    edition.file("/new", sheet("new"), edition.changes(), generation)
    edition.file("/0000", sheet("printed again"), edition.changes(), generation)
    edition.close()
    again = Edition(edition.folder, syncs=False)
    assert again.is_wasteful() and len(files(again)) == 2
    assert again.move(lambda: False)
    view = View(again)
    assert shown(view, wasteful | {"/new": "new", "/0000": "printed again"})
    view.close()
    again.close()


def test_reader_of_an_earlier_moment_gets_the_page(edition: Edition, wasteful: dict[str, str]) -> None:
    view = View(edition)
    view.segments = Segments(edition.folder, edition.segments.name)  # as in another process, that has not read the file yet
    assert edition.move(lambda: False)
    assert shown(view, wasteful)
    view.close()


def test_page_whose_file_is_gone_is_printed_again(edition: Edition, wasteful: dict[str, str]) -> None:
    calls = iter([False, True])
    edition.move(lambda: next(calls))
    edition.segments.close()
    (edition.folder / files(edition)[0]).unlink()
    last = max(wasteful)
    with pytest.raises(Lost):
        View(edition).page(last)
    assert edition.move(lambda: False)
    assert (Urgency.SOON, last) in edition.due(PAGES)


@pytest.mark.parametrize("gone", ["index", "parts", "end of parts"])
def test_edition_of_which_a_piece_is_gone_begins_anew(edition: Edition, wasteful: dict[str, str], gone: str) -> None:
    file = edition.folder / files(edition)[0]
    edition.close()
    if gone == "index":
        shutil.rmtree(edition.folder / "index")
    elif gone == "parts":
        file.unlink()
    else:
        os.truncate(file, file.stat().st_size - 1)
    again = Edition(edition.folder, syncs=False)
    assert again.addresses() == [] and again.generation() == (0, "")
    assert again.begin("first", "") > 0
    again.close()


def test_file_of_an_earlier_format_begins_anew(tmp_path: Path) -> None:
    edition = Edition(tmp_path, syncs=False)
    edition.note("format", "2")
    edition.note("is filled", "yes")
    edition.close()
    again = Edition(tmp_path, syncs=False)
    assert again.noted("is filled") == ""
    again.close()
