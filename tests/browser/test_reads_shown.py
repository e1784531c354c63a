"""From a reader's browser to the desk's dashboard: newsstand, worker and desk as processes."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.conftest import HERE, ROOT, asked, environment, free_ports, logged_in, served
from tests.browser.furnish_reads import HEADLINES

pytestmark = pytest.mark.browser
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
COUNTED = 15_000  # ms in which a read is to be in the dashboard; reads are rolled up every five seconds


@dataclass(frozen=True)
class Magazine:
    readers: str
    desk: str


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    home = tmp_path_factory.mktemp("reads-shown") / "home"
    subprocess.run([sys.executable, HERE / "furnish_reads.py", home, "unread"], check=True, env=environment(PYTHONPATH=str(ROOT)))
    ports = free_ports(2)
    with served(home, ports) as address:
        yield Magazine(address, f"http://127.0.0.1:{ports[1]}")


@pytest.fixture
def dashboard(chromium: Any, magazine: Magazine) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", storage_state=logged_in(chromium, magazine.desk))
    yield context.new_page()
    context.close()


def stay(chromium: Any, magazine: Magazine, place: int, milliseconds: int) -> None:
    """A reader opens an article, waits, and leaves."""
    context = chromium.new_context(user_agent=AGENT, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{magazine.readers}/latest")
    tab.click(f"main a[href$='/piece-{place}']")
    tab.wait_for_selector("[data-read]")
    tab.wait_for_timeout(milliseconds)
    context.close()


def rows(dashboard: Any) -> list[tuple[str, str]]:
    """The list of 24 hours."""
    found = dashboard.locator(".reads-list").first.locator("li")
    return [(row.locator("a").first.inner_text(), row.locator(".reads-count").inner_text().strip()) for row in found.all()]


def test_reader_who_stays_is_one_read_and_who_leaves_after_a_second_is_none(chromium: Any, magazine: Magazine, dashboard: Any) -> None:
    dashboard.goto(f"{magazine.desk}/desk/readership/")
    assert dashboard.locator(".reads-blank").is_visible()
    stay(chromium, magazine, 1, 1000)
    stay(chromium, magazine, 0, 6000)
    for _ in range(2):  # and then once more, when whatever else was sent would have been counted
        dashboard.wait_for_timeout(COUNTED / 2)
        dashboard.goto(f"{magazine.desk}/desk/readership/")
    assert rows(dashboard) == [(HEADLINES[0][1], "1")]
    assert dashboard.locator(".reads-now dd").all_inner_texts()[:3] == ["1", "1", "1"]
    ranking = asked(f"{magazine.readers}/ranking").body.decode().partition('class="rankings"')[2].partition("</section>")[0]
    assert '/piece-0"' in ranking and '/piece-1"' not in ranking
