"""Pages over an edition in this process, which both writes and reads it here."""

import gzip
from collections.abc import Iterator

import pytest

from kawaraban.newsstand.http import Address
from kawaraban.newsstand.pages import Pages
from kawaraban.newsstand.stock import Stock, Unreadable
from kawaraban.press.view import View


@pytest.fixture
def outdated() -> list[str]:
    return []


@pytest.fixture
def pages(press, outdated) -> Iterator[Pages]:
    stock = Stock(press.edition.folder)
    stock.edition, stock.view, stock.look = press.edition, View(press.edition), press.edition.epoch.seen
    stock.renew()
    yield Pages(stock, outdated.append)
    stock.view.close()


def headers(answer) -> dict[str, str]:
    return dict(answer.told("a request"))


def test_page_is_joined_in_both_codings(press, pages) -> None:
    press.file("/a", "一{masthead}二{wire}三" * 3)
    pages.stock.renew()
    whole = "一<header>first</header>二<ul>first</ul>三" * 3
    zipped = pages.find(Address("/a"), True)
    assert gzip.decompress(zipped.body).decode() == whole
    plain = pages.find(Address("/a"), False)
    assert plain.body.decode() == whole
    assert headers(zipped)["content-encoding"] == "gzip"
    assert "content-encoding" not in headers(plain)
    assert zipped.tag == plain.tag[:-1] + '-g"'
    assert headers(plain)["content-security-policy"] == "default-src 'none'; img-src 'self'"


def test_page_at_hand_is_the_same_answer_while_nothing_of_it_changes(press, pages) -> None:
    press.file("/a", "{masthead}<main>a</main>{wire}")
    pages.stock.renew()
    first = pages.find(Address("/a"), True)
    press.file("/b", "b{masthead}")
    pages.stock.renew()
    assert pages.find(Address("/a"), True) is first
    tag, own = first.tag, first.pieces[2]
    press.slots(wire=b"<ul>second</ul>")
    pages.stock.renew()
    second = pages.find(Address("/a"), True)
    assert second.tag != tag
    assert gzip.decompress(second.body) == b"<header>first</header><main>a</main><ul>second</ul>"
    assert second.pieces[2] is own, "what has not changed was read again"


def test_page_that_was_taken_out_is_gone(press, pages) -> None:
    press.file("/a")
    pages.stock.renew()
    assert pages.find(Address("/a"), False) is not None
    press.edition.remove("/a", press.edition.changes(), press.generation)
    pages.stock.renew()
    assert pages.find(Address("/a"), False) is None


def test_page_of_earlier_generation_is_served_with_its_policy_and_asked_for(press, pages, outdated) -> None:
    press.file("/a")
    press.edition.begin("second", "default-src 'self'")
    pages.stock.renew()
    answer = pages.find(Address("/a"), False)
    assert (answer.body, headers(answer)["content-security-policy"]) == (b"page", "default-src 'none'; img-src 'self'")
    assert outdated == ["/a"]
    press.generation = press.edition.generation()[0]
    press.slots(wire=b"", masthead=b"")
    press.file("/a")
    pages.stock.renew()
    assert headers(pages.find(Address("/a"), False))["content-security-policy"] == "default-src 'self'"
    assert outdated == ["/a"]


@pytest.mark.parametrize(
    ("status", "keeping", "has_tag"),
    [
        (200, "public, max-age=1, stale-while-revalidate=10, stale-if-error=86400", True),
        (404, "public, max-age=1", False),
        (410, "public, max-age=1", False),
    ],
)
def test_page_says_how_long_it_may_be_kept(press, pages, status: int, keeping: str, has_tag: bool) -> None:
    press.file("/a", status=status)
    pages.stock.renew()
    answer = pages.find(Address("/a"), False)
    assert (answer.status, headers(answer)["cache-control"], "etag" in headers(answer)) == (status, keeping, has_tag)


def test_moved_page_says_where_it_went(press, pages) -> None:
    press.file("/a", "moved", status=301, location="/新")
    pages.stock.renew()
    answer = pages.find(Address("/a"), False)
    assert (answer.status, headers(answer)["location"], answer.body) == (301, "/%E6%96%B0", b"moved")


def test_special_page_is_printed_or_a_notice(press, pages) -> None:
    assert pages.special(404, True).status == 404
    assert "見つかりませんでした" in pages.special(404, True).body.decode()
    press.file("!404", "printed", status=404)
    pages.stock.renew()
    assert pages.special(404, False).body == b"printed"


def test_page_at_hand_is_served_when_the_edition_is_gone(press, pages) -> None:
    press.file("/a")
    pages.stock.renew()
    pages.find(Address("/a"), False)
    view, pages.stock.view = pages.stock.view, None
    pages.stock.turn += 1
    assert pages.find(Address("/a"), False).body == b"page"
    with pytest.raises(Unreadable):
        pages.find(Address("/b"), False)
    assert pages.special(503, False).status == 503
    pages.stock.view = view
