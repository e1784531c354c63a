"""What readers see while the press goes on."""

import threading
from collections.abc import Callable

import pytest

from kawaraban.press.edition import Edition
from kawaraban.press.marks import Slot
from kawaraban.press.sheet import Sheet
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

Make = Callable[..., Sheet]


def slots(edition: Edition, generation: int, text: str) -> None:
    edition.file_slots([("wire", text.encode(), frozenset())], edition.changes(), generation)


def shown(view: View, address: str) -> str:
    found = view.page(address)
    assert found is not None
    return identity(found.parts).decode()


def test_view_stays_at_its_moment_until_renewed(edition: Edition, generation: int, sheet: Make) -> None:
    slots(edition, generation, "1")
    edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    view = View(edition)
    slots(edition, generation, "2")
    edition.file("/a", sheet("A", "wire"), edition.changes(), generation)
    edition.file("/b", sheet("b", "wire"), edition.changes(), generation)
    assert shown(view, "/a") == "a1" and view.page("/b") is None
    view.renew()
    assert (shown(view, "/a"), shown(view, "/b")) == ("A2", "b2")
    view.close()


def test_view_keeps_its_moment_though_a_run_was_read_before(edition: Edition, generation: int, sheet: Make) -> None:
    slots(edition, generation, "1")
    for address in ("/a", "/b"):
        edition.file(address, sheet(address, "wire"), edition.changes(), generation)
    view = View(edition)
    assert shown(view, "/a") == "/a1"
    slots(edition, generation, "2")
    assert shown(view, "/b") == "/b1"
    view.renew()
    assert shown(view, "/b") == "/b2"
    view.close()


def test_parts_outlive_the_view_that_gave_them(edition: Edition, generation: int, sheet: Make) -> None:
    slots(edition, generation, "1")
    edition.file("/a", sheet("a", "wire"), edition.changes(), generation)
    view = View(edition)
    found = view.page("/a")
    view.close()
    for number in range(50):
        slots(edition, generation, f"{number}" * 100)
    assert found is not None and identity(found.parts) == b"a1"


@pytest.mark.parametrize("address", ["/never", "", "/" + "あ" * 400, "/\udcff", "/\0", "slot:wire"])
def test_address_of_no_page_is_nothing(edition: Edition, generation: int, address: str) -> None:
    view = View(edition)
    assert view.page(address) is None
    view.close()


def test_no_page_has_parts_of_two_moments(edition: Edition, generation: int) -> None:
    """The page shows one slot in two runs; a reader looks on while the press files it again and again."""
    last = 300
    seen: list[str] = []
    slots(edition, generation, "0000")
    page = Sheet(200, "text/html", ((Slot("wire"),), b" and ", (Slot("wire"), b".")), frozenset())
    edition.file("/a", page, edition.changes(), generation)

    def read() -> None:
        view = View(edition)
        while not seen or not seen[-1].startswith(f"{last:04}"):
            view.renew()
            seen.append(shown(view, "/a"))
        view.close()

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, last + 1):
        slots(edition, generation, f"{number:04}")
    reader.join(30)
    assert [text for text in seen if text != f"{text[:4]} and {text[:4]}."] == []
    assert seen == sorted(seen)
