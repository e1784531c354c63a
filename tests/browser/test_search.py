"""Searching by keyboard, without script, on a phone; suggestions while typing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser


def asked(tab) -> str:
    return parse_qs(urlsplit(tab.url).query).get("q", [""])[0]


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_box_is_in_the_masthead_and_works_without_script(visit, width):
    tab = visit("article", width=width, java_script_enabled=False)
    box = tab.locator("#masthead-text")
    assert box.is_visible() and box.bounding_box()["height"] >= 24 and box.bounding_box()["width"] >= 120
    box.fill("灯台")
    with tab.expect_navigation(wait_until="load"):
        box.press("Enter")
    assert (urlsplit(tab.url).path, asked(tab)) == ("/search", "灯台")
    assert tab.locator(".result").count() >= 3
    assert tab.locator("#search-text").input_value() == "灯台"
    assert not tab.locator("#masthead-text").is_visible()


def test_results_are_narrowed_and_widened_by_links(visit):
    tab = visit("search", width=1440, java_script_enabled=False)
    every = tab.locator(".search-count").inner_text()
    with tab.expect_navigation(wait_until="load"):
        tab.locator(".narrow li a").first.click()
    assert tab.locator(".search-count").inner_text() != every or tab.locator(".search-chosen a").count() == 1
    with tab.expect_navigation(wait_until="load"):
        tab.locator(".search-chosen a").first.click()
    assert tab.locator(".search-count").inner_text() == every


def test_count_of_a_facet_is_what_it_leads_to(visit):
    tab = visit("search", width=1440)
    choice = tab.locator(".narrow li a").first
    count = choice.locator(".number").inner_text()
    choice.click()
    assert re.search(r"\d+", tab.locator(".search-count").inner_text())[0] == count


def test_order_changes_and_stays(visit):
    tab = visit("search", width=1440)
    tab.locator(".search-orders a").nth(1).click()
    assert "order=date" in tab.url
    dates = tab.locator(".result time").evaluate_all("all => all.map(time => time.dateTime)")
    assert dates == sorted(dates, reverse=True) and len(dates) >= 3
    tab.locator("#search-text").fill("港")
    tab.locator("#search-text").press("Enter")
    tab.wait_for_url("**order=date**")


def test_suggestions_are_chosen_by_keyboard(visit):
    tab = visit("front", width=1440)
    box = tab.locator("#masthead-text")
    box.focus()
    tab.keyboard.type("灯")
    tab.wait_for_selector("#masthead-text-list [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    chosen = tab.locator("#masthead-text-list [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    word = chosen.inner_text()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?**")
    assert asked(tab) == word
    assert tab.told.errors == []


def test_suggestions_close_and_what_was_typed_is_searched(visit):
    tab = visit("front", width=390)
    tab.locator("#masthead-text").focus()
    tab.keyboard.type("灯")
    tab.wait_for_selector("#masthead-text-list [role=option]")
    tab.keyboard.press("Escape")
    assert not tab.locator("#masthead-text-list").is_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?**")
    assert asked(tab) == "灯"


def test_suggestion_is_chosen_with_a_finger(visit):
    tab = visit("search-start", width=390, has_touch=True)
    tab.locator("#search-text").focus()
    tab.keyboard.type("灯")
    option = tab.wait_for_selector("#search-text-list [role=option]")
    word = option.inner_text()
    option.tap()
    tab.wait_for_url("**/search?**")
    assert asked(tab) == word


def test_suggestions_pass_the_audit(visit, axe):
    tab = visit("front", width=390)
    tab.locator("#masthead-text").focus()
    tab.keyboard.type("灯")
    tab.wait_for_selector("#masthead-text-list [role=option]")
    tab.keyboard.press("ArrowDown")
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []


def test_nothing_found_offers_the_rankings(visit):
    tab = visit("search-empty")
    assert tab.locator("main .rankings").is_visible()
    assert tab.locator(".search-none").inner_text().startswith("「zymurgyzymurgy」")
