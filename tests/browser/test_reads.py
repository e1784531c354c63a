"""Reads as Chromium sends them and the newsstand takes them: what lies in the spool afterwards."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kawaraban.readership import spool
from kawaraban.readership.spool import FIELDS, Record
from kawaraban.readership.verdicts import Referrer, Verdict

pytestmark = pytest.mark.browser
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
agents = iter(range(140, 1000))


@pytest.fixture
def reader(chromium: Any) -> Iterator[Any]:
    """A reader of its own: a context whose program nobody else has."""
    context = chromium.new_context(user_agent=AGENT.format(next(agents)), viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def taken(site: Any) -> Iterator[Callable[[], list[Record]]]:
    """The accepted reads since the test began."""
    before = len(records(site))
    return lambda: [record for record in records(site)[before:] if record.verdict == Verdict.ACCEPTED]


def records(site: Any) -> list[Record]:
    found = (chunk for file in spool.files(site.home / "data" / "reads" / "spool") for chunk in spool.chunks(file))
    return [Record(*FIELDS.unpack_from(chunk.records, at)) for chunk in found for at in range(0, len(chunk.records), spool.BYTES)]


def opened(reader: Any, site: Any, kind: str = "article") -> Any:
    tab = reader.new_page()
    tab.goto(site.page(kind).path, wait_until="load")
    return tab


def key_of(tab: Any) -> int:
    return int(tab.locator("[data-read]").get_attribute("data-read").split(".")[0])


def test_reader_who_waits_is_one_read(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site)
    key = key_of(tab)
    tab.wait_for_timeout(5600)
    tab.close()
    assert [(record.article, record.count, record.referrer) for record in taken()] == [(key, 1, Referrer.DIRECT)]


def test_reader_who_closes_after_a_second_is_none(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site)
    tab.wait_for_timeout(1000)
    tab.close()
    time.sleep(5)
    assert taken() == []


def test_reader_who_scrolls_is_one_at_once(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site)
    tab.mouse.wheel(0, 40)
    tab.wait_for_timeout(300)
    assert taken() == []
    tab.evaluate("scrollTo(0, document.querySelector('[data-read]').offsetHeight / 2)")
    tab.wait_for_timeout(700)
    assert len(taken()) == 1


def test_reader_who_comes_from_another_page_is_internal(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site, "front")
    tab.goto(site.page("article").path, referer=f"{site.address}/")
    tab.wait_for_timeout(5600)
    assert [record.referrer for record in taken()] == [Referrer.INTERNAL]


def test_page_left_in_a_background_tab_is_none_until_it_is_seen(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = reader.new_page()
    tab.add_init_script("Object.defineProperty(document, 'visibilityState', { get: () => window.seen ? 'visible' : 'hidden' })")
    tab.goto(site.page("article").path, wait_until="load")
    tab.wait_for_timeout(6000)
    assert taken() == []
    look = "seen => { window.seen = seen; document.dispatchEvent(new Event('visibilitychange')) }"
    tab.evaluate(look, True)
    tab.wait_for_timeout(3000)
    tab.evaluate(look, False)
    tab.wait_for_timeout(3000)
    assert taken() == []
    tab.evaluate(look, True)
    tab.wait_for_timeout(2600)
    assert len(taken()) == 1


def test_both_transports_are_one_read(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site)
    with tab.expect_request("**/-/read?*", timeout=8000) as sent:
        pass
    assert (sent.value.method, sent.value.post_data) == ("POST", None)
    both = "async where => [navigator.sendBeacon(where), (await fetch(where, { method: 'POST', keepalive: true })).status]"
    assert tab.evaluate(both, sent.value.url) == [True, 204]
    tab.wait_for_timeout(300)
    assert len(taken()) == 1


def test_browser_without_beacons_is_one_read(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = reader.new_page()
    tab.add_init_script("navigator.sendBeacon = () => false")
    tab.goto(site.page("article").path)
    tab.wait_for_timeout(5600)
    assert len(taken()) == 1


def test_reader_who_asks_not_to_be_counted_sends_nothing(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab, asked = reader.new_page(), []
    tab.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site.page("article").path)
    tab.wait_for_timeout(5600)
    assert taken() == [] and not [url for url in asked if "/-/read" in url]


def test_nothing_is_left_with_the_reader(reader: Any, site: Any) -> None:
    tab = opened(reader, site)
    tab.wait_for_timeout(5600)
    assert reader.cookies() == []
    assert tab.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_reader_who_comes_back_is_one_read(reader: Any, site: Any, taken: Callable[[], list[Record]]) -> None:
    tab = opened(reader, site)
    tab.wait_for_timeout(5600)
    tab.goto(f"{site.address}/latest")
    tab.go_back()
    tab.wait_for_timeout(5600)
    assert len(taken()) == 1
