"""The readership dashboard in a browser: on a phone and on a desk's screen, light and dark."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE, ROOT, environment, listening, logged_in, served_desk

pytestmark = pytest.mark.browser

SCREENS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("reads-desk") / "home"
    subprocess.run([sys.executable, HERE / "furnish_reads.py", home], check=True, env=environment(PYTHONPATH=str(ROOT)))
    with served_desk(home) as served:
        yield served


@pytest.fixture(scope="module")
def log_in(chromium: Any, address: str) -> dict[str, Any]:
    return logged_in(chromium, address)


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def tab(request: pytest.FixtureRequest, chromium: Any, address: str, log_in: dict[str, Any]) -> Iterator[Any]:
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="ja-JP", color_scheme=scheme, storage_state=log_in)
    found = context.new_page()
    found.told = listening(found)
    found.goto(f"{address}/desk/readership/", wait_until="load")
    yield found
    context.close()


def ensure_fits(tab: Any) -> None:
    """Nothing stands beyond the edge, and every letter of a chart that is shown can be seen."""
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    letters = tab.locator(".reads-chart text:visible")
    boxes = [letters.nth(place).bounding_box() for place in range(letters.count())]
    assert len(boxes) > 6
    assert all(box["x"] > 0 and box["x"] + box["width"] <= tab.viewport_size["width"] for box in boxes)
    assert tab.evaluate("[...document.querySelectorAll('.reads-chart')].every(chart => getComputedStyle(chart).overflow === 'visible')")
    across = [box for place, box in enumerate(boxes) if "reads-across" in letters.nth(place).get_attribute("class")]
    line = [box for box in across if abs(box["y"] - across[0]["y"]) < 2]
    assert all(one["x"] + one["width"] < other["x"] for one, other in pairwise(line))
    assert tab.told.errors == []


def test_dashboard_fits_every_screen(tab: Any) -> None:
    ensure_fits(tab)
    tab.locator(".reads-list li:nth-child(3) a").first.click()
    tab.wait_for_selector(".reads-article")
    ensure_fits(tab)
    assert "なぜ3位か" in tab.locator(".reads-why").inner_text()


def test_editor_pins_and_undoes(tab: Any) -> None:
    tab.locator(".reads-list li:nth-child(4) a").first.click()
    headline = tab.locator(".reads-headline").inner_text()
    tab.locator("#reads-position").fill("1")
    tab.locator("#reads-reason-pin").fill("特集の公開に合わせて")
    tab.locator(".reads-forms form").first.locator("button").click()
    tab.wait_for_selector(".reads-steering table")
    assert "特集の公開に合わせて" in tab.locator(".reads-steering").inner_text()
    tab.goto(tab.url.split("/desk/")[0] + "/desk/readership/")
    assert tab.locator(".reads-list").first.locator(".reads-title a").first.inner_text() == headline
    tab.locator(".reads-steering tr", has_text=headline).locator("button").first.click()
    tab.wait_for_load_state("load")
    assert tab.locator(".reads-list").first.locator(".reads-title a").first.inner_text() != headline


@pytest.mark.audit
def test_axe_finds_nothing(tab: Any, node_modules: Path) -> None:
    tab.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    told = "axe.run('.reads-desk').then(told => told.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]))"
    assert tab.evaluate(told) == []
