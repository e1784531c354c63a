"""Addresses that nobody was given: no page is printed for them."""

import pytest

from kawaraban.demo import builders
from kawaraban.desk.models import Section
from kawaraban.pages.printer import Printer
from tests.pages.at_press import article

MADE_UP = ("?page=2", "?section=x", "?section=world&page=2")


@pytest.mark.parametrize("query", MADE_UP)
@pytest.mark.parametrize("address", ["/", "/latest", "/world", "/ranking", "/wire", "/feed.xml", "/robots.txt", "/newsletter", "/world/feed.xml"])
def test_made_up_query_makes_no_page(press: Printer, world: Section, address: str, query: str) -> None:
    """Anybody could fill the disk with them."""
    assert not press.print_page(address + query)
    assert [found for found in press.edition.addresses() if "?" in found] == []
    assert press.edition.has(address), "this is where the newsstand leads"


@pytest.mark.parametrize("end", ["?page=2", "?section=x", "/x", "/2", "/00"])
def test_made_up_address_of_an_article_makes_no_page(press: Printer, world: Section, end: str) -> None:
    found = article("Harbour", world, "harbour")
    assert not press.print_page(found.address + end)
    found.unpublish()
    assert not press.print_page(found.address + end)
    press.print_page(found.address)
    assert press.edition.addresses() in ([found.address], ["!404", found.address])


def test_address_with_zeros_before_its_number_makes_no_page(press: Printer, world: Section) -> None:
    item, month = builders.make_wire_item("Flash"), article("Harbour", world, "harbour").published_at
    assert press.print_page(f"/wire/{item.pk}") and press.print_page(f"/sitemaps/{month:%Y-%m}.xml")
    for address in (f"/wire/0{item.pk}", f"/sitemaps/0{month:%Y-%m}.xml", f"/sitemaps/{month:%Y-0%m}.xml"):
        assert not press.print_page(address)
