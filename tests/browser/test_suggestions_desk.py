"""Suggestions in the form of a new article that was never saved: by themselves, by keyboard, on a phone and in the dark."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE, ROOT, environment, listening, logged_in, served_desk

pytestmark = pytest.mark.browser

SCREENS = [(390, "dark"), (1440, "light")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("suggestions") / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    subprocess.run([sys.executable, HERE / "furnish_suggestions.py", home], check=True, env=environment(PYTHONPATH=str(ROOT)))
    with served_desk(home) as served:
        yield served


@pytest.fixture(scope="module")
def log_in(chromium: Any, address: str) -> dict[str, Any]:
    return logged_in(chromium, address)


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def tab(request: pytest.FixtureRequest, chromium: Any, home: Path, address: str, log_in: dict[str, Any]) -> Iterator[Any]:
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="ja-JP", color_scheme=scheme, storage_state=log_in)
    found = context.new_page()
    found.told = listening(found)
    found.goto(f"{address}{(home / 'form.txt').read_text()}", wait_until="load")
    yield found
    context.close()


def test_what_is_typed_brings_suggestions_that_are_taken_by_keyboard(tab: Any) -> None:
    tab.fill("#id_title", "海峡の貨物船とクジラの鳴き声")
    tab.wait_for_selector("[data-pick]", timeout=15_000)
    panel = tab.locator(".suggestions")
    assert "クジラ" in panel.inner_text() and "あんパン" not in panel.inner_text()
    first = panel.locator("[data-pick]").first
    title, key_of_first = first.get_attribute("data-title"), first.get_attribute("data-pick")
    first.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#id_picks-0-picked").get_attribute("value") == key_of_first
    assert title in tab.locator("#id_picks-0-picked-chooser").inner_text()
    assert title not in panel.locator("[data-suggestions-found]").inner_text()
    assert tab.evaluate("document.activeElement.matches('[data-pick], [data-topic], [data-suggestions-ask]')")
    topic = panel.locator("[data-topic]").first
    key = topic.get_attribute("data-topic")
    topic.press("Space")
    assert key in tab.evaluate("[...new FormData(document.querySelector('.suggestions').closest('form')).getAll('topics')]")
    assert tab.told.errors == []


def test_panel_fits_and_can_be_read(tab: Any) -> None:
    tab.fill("#id_title", "海峡の貨物船とクジラの鳴き声")
    tab.wait_for_selector("[data-pick]", timeout=15_000)
    box = tab.locator(".suggestions").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= tab.viewport_size["width"]
    colours = tab.evaluate(
        "(() => { const style = getComputedStyle(document.querySelector('.suggestions')); return [style.color, style.backgroundColor]; })()"
    )
    ink, paper = (luminance(colour) for colour in colours)
    assert (max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Source: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    parts = [int(float(part)) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_desk_that_is_away_is_told_and_takes_nothing(tab: Any) -> None:
    tab.route(re.compile("suggestions/"), lambda route: route.abort())
    tab.locator("[data-suggestions-ask]").click()
    tab.wait_for_function("document.querySelector('[data-suggestions-told]').textContent.includes('影響はありません')")
    tab.fill("#id_title", "残る見出し")
    assert tab.locator("#id_title").input_value() == "残る見出し"
