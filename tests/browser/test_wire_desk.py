"""The wire desk's live list in a browser: what comes appears by itself, and the keyboard does the work."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE, ROOT, environment, listening, logged_in, served_desk

pytestmark = pytest.mark.browser

ROWS = "[data-wire-list] > [data-key]"
Send = Callable[[str], None]


def furnish(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, HERE / "furnish_wires.py", *arguments], check=True, env=environment(PYTHONPATH=str(ROOT)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wire-desk") / "home"
    furnish(folder)
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served_desk(home) as served:
        yield served


@pytest.fixture(scope="module")
def send(home: Path) -> Send:
    """Files an urgent item of that headline, as the worker would."""
    return lambda headline: furnish(home, headline)


@pytest.fixture(scope="module")
def log_in(chromium: Any, address: str) -> dict[str, Any]:
    return logged_in(chromium, address)


@pytest.fixture
def desk(chromium: Any, address: str, log_in: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_desk(width: int = 1440, height: int = 900, query: str = "", **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="ja-JP", storage_state=log_in, **more)
        contexts.append(context)
        tab = context.new_page()
        tab.told = listening(tab)
        tab.goto(f"{address}/desk/wire/{query}", wait_until="load")
        return tab

    yield open_desk
    for context in contexts:
        context.close()


def here(tab: Any) -> str:
    return tab.locator(".is-here").get_attribute("data-key")


def test_new_copy_slides_in_at_the_top(desk: Callable[..., Any], send: Send) -> None:
    tab = desk()
    first = tab.locator(ROWS).first.get_attribute("data-key")
    send("港内で船が接触")
    tab.wait_for_selector(f"{ROWS}.is-urgent:first-child .wire-headline >> text=港内で船が接触", timeout=15_000)
    assert tab.locator(ROWS).nth(1).get_attribute("data-key") == first
    assert tab.locator("[data-wire-status]").inner_text() == "新着 1 件"
    assert tab.told.errors == []


def test_new_copy_waits_while_somebody_reads_further_down(desk: Callable[..., Any], send: Send) -> None:
    tab = desk(height=500)
    tab.locator(ROWS).last.scroll_into_view_if_needed()
    tab.wait_for_timeout(300)
    send("堤防の水位が上がる")
    button = tab.locator("[data-wire-new]")
    button.wait_for(state="visible", timeout=15_000)
    assert tab.locator("text=堤防の水位が上がる").count() == 0
    assert tab.title().startswith("(1) ")
    button.click()
    tab.locator(f"{ROWS} .wire-headline").first.get_by_text("堤防の水位が上がる").wait_for()
    assert button.is_hidden()


def test_a_kill_turns_a_row_red_where_it_stands(desk: Callable[..., Any], home: Path, send: Send) -> None:
    send("取り消される配信")
    tab = desk()
    tab.keyboard.press("j")
    key = here(tab)
    furnish(home, "kill")
    tab.wait_for_selector(f'{ROWS}.is-canceled[data-key="{key}"]', timeout=15_000)


def test_j_and_k_walk_and_enter_opens(desk: Callable[..., Any]) -> None:
    tab = desk()
    keys = [row.get_attribute("data-key") for row in tab.locator(ROWS).all()]
    walked = []
    for key in "jjjk":
        tab.keyboard.press(key)
        walked.append(here(tab))
    assert walked == [keys[0], keys[1], keys[2], keys[1]]
    assert tab.evaluate("document.activeElement.dataset.key") == keys[1]
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/desk/wire/{keys[1]}/")


def test_s_and_f_do_and_undo(desk: Callable[..., Any]) -> None:
    tab = desk(query="?words=造船所")
    for name, row in (("s", ".is-spiked"), ("f", ":not(:has(.wire-lamp [title]))")):
        tab.keyboard.press("j")
        key = here(tab)
        for selector in (f'{ROWS}{row}[data-key="{key}"]', f'{ROWS}:not({row})[data-key="{key}"]'):
            tab.keyboard.press(name)
            tab.wait_for_selector(selector, timeout=5_000)


def test_a_makes_an_article(desk: Callable[..., Any]) -> None:
    tab = desk(query="?words=翻訳端末")
    tab.keyboard.press("j")
    tab.keyboard.press("a")
    tab.wait_for_url("**/article/")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/desk/pages/\d+/edit/"))
    assert "翻訳端末" in tab.locator("#id_title").input_value()


def test_slash_question_mark_and_group(desk: Callable[..., Any]) -> None:
    tab = desk()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.name") == "words"
    tab.keyboard.type("試験航海")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**words=*")
    tab.goto(tab.url.partition("?")[0])
    tab.keyboard.press("?")
    assert tab.locator("dialog.wire-help").is_visible()
    assert not tab.locator("#keyboard-shortcuts-dialog").is_visible()
    tab.keyboard.press("Escape")
    row = tab.locator(f"{ROWS}:has([data-wire-story])").first
    row.focus()
    tab.keyboard.press("g")
    tab.wait_for_selector(".wire-members [data-key]")


def test_filters_stay_in_the_address(desk: Callable[..., Any]) -> None:
    tab = desk()
    tab.select_option("[name=urgency]", "2")
    tab.wait_for_url("**/desk/wire/?urgency=2")
    assert {text.split()[-1] for text in tab.locator(f"{ROWS} > .wire-urgency").all_inner_texts()} <= {"1", "2"}
    assert tab.locator("[name=urgency]").input_value() == "2"


def test_the_switch_of_the_sound_is_kept(desk: Callable[..., Any]) -> None:
    tab = desk()
    button = tab.locator("[data-wire-sound]")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    tab.reload()
    assert tab.locator("[data-wire-sound]").get_attribute("aria-pressed") == "true"
    assert tab.told.errors == []


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(desk: Callable[..., Any], width: int) -> None:
    tab = desk(width=width)
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.locator(f"{ROWS} .wire-headline").first.click()
    tab.wait_for_selector(".wire-item")
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


SCREENS = (
    "wire/",
    "wire/?state=taken_back",
    "wire/{ferry}/",
    "wire/{killed}/",
    "wire/{ferry}/article/",
    "wire/quarantine/",
    "wire/origin/{origin}/",
    "sources/",
    "sources/1/",
    "flash/",
    "flash_rules/",
    "flash_rules/new/",
    "flash_rules/try/",
    "subject_sections/",
    "banners/new/?item={ferry}",
    "",
)
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture(scope="module")
def places(home: Path) -> dict[str, int]:
    return json.loads((home / "places.json").read_text(encoding="utf-8"))


@pytest.mark.audit
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(desk: Callable[..., Any], address: str, places: dict[str, int], node_modules: Path, screen: str) -> None:
    """Of our own screens all rules, of Wagtail's frame around them its colours, which are ours; by day and by night."""
    tab = desk(reduced_motion="reduce")
    assert tab.goto(f"{address}/desk/{screen.format_map(places)}", wait_until="load").ok
    tab.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = {}
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in (1440, 390):
            tab.set_viewport_size({"width": width, "height": 900})
            found[f"{scheme}, {width} px"] = violations(tab, "main", CONTRAST) + violations(tab, ".wire-desk", {})
    assert {where: told for where, told in found.items() if told} == {}


def violations(tab: Any, within: str, options: dict[str, Any]) -> list[str]:
    script = "async ([within, options]) => document.querySelector(within) ? (await axe.run(within, options)).violations : []"
    found = tab.evaluate(script, [within, {"resultTypes": ["violations"], **options}])
    return [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def test_the_page_runs_no_script_of_its_own_text(desk: Callable[..., Any]) -> None:
    """Nothing of it needs a policy that allows inline scripts, styles or handlers."""
    tab = desk()
    inside = tab.locator("[data-wire-desk]")
    assert inside.locator("script, style, [style]").count() == 0
    assert not re.search(r"<[^>]*\son\w+=", inside.evaluate("e => e.outerHTML"))
