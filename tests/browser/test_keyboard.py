"""The keyboard alone: skip link, visible focus in the document's order, the windows of the rankings, the form."""

import pytest

pytestmark = pytest.mark.browser

# The outline may be drawn on the element, on its label when it is hidden itself, or on the card around a link that fills it.
FOCUSED = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect(), before = window.focusedBefore;
    if (element === document.body) return null;
    window.focusedBefore = element;
    const outlined = other => {
        const {outlineStyle, outlineWidth} = getComputedStyle(other);
        return outlineStyle === "auto" || outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const wearers = [element, ...(element.labels ?? [])];
    for (let above = element.parentElement; above !== document.body; above = above.parentElement) wearers.push(above);
    return {
        name: `${element.tagName} ${element.id || element.className} ${(element.textContent || "").trim().slice(0, 30)}`,
        outlined: wearers.some(outlined),
        follows: !before || before === element || Boolean(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def focus_stops(tab, most: int) -> list[dict]:
    found = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        if (stop := tab.evaluate(FOCUSED)) is None:
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("width", [390, 1440])
def test_skip_link_appears_and_leads_to_the_text(visit, width):
    tab = visit("article", width=width)
    assert tab.locator("a.skip").evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.bottom <= 0 || b.right <= 0 || b.width < 2 || b.height < 2 }"
    )
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.matches('a.skip')")
    box = tab.locator("a.skip").bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 24
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    ("shown", "width"),
    [
        ("front", 390),
        ("front", 1440),
        ("article-every-block", 390),
        ("article-every-block", 1440),
        ("newsletter-fault", 390),
        ("wire", 1440),
        ("search", 390),
        ("search", 1440),
    ],
)
def test_focus_is_visible_and_in_order(visit, shown, width):
    stops = focus_stops(visit(shown, width=width), 150)
    assert len(stops) > 20
    assert [stop["name"] for stop in stops if not stop["outlined"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert [stop["name"] for stop in stops if not stop["follows"]] == []


@pytest.mark.parametrize("width", [390, 1440])
def test_arrow_keys_change_the_ranking_window(visit, width):
    tab = visit("article", width=width)
    lists = tab.locator(".side .ranking")

    def shown() -> list[bool]:
        return [lists.nth(place).is_visible() for place in range(3)]

    assert lists.count() == 3 and shown() == [True, False, False]
    tab.locator(".side .windows input").first.focus()
    tab.keyboard.press("ArrowRight")
    assert shown() == [False, True, False]
    tab.keyboard.press("ArrowRight")
    assert shown() == [False, False, True]
    tab.keyboard.press("ArrowRight")
    assert shown() == [True, False, False]


def test_pointer_changes_the_ranking_window(visit):
    tab = visit("article")
    tab.locator(".side .windows label").nth(2).click()
    assert tab.locator(".side .ranking").nth(2).is_visible() and not tab.locator(".side .ranking").nth(0).is_visible()


def test_sign_up_tells_the_fault_beside_the_field(visit):
    tab = visit("newsletter-fault")
    field = tab.locator("#address")
    assert field.get_attribute("aria-invalid") == "true"
    assert tab.locator("#" + field.get_attribute("aria-describedby")).is_visible()
    assert field.input_value() == "潮@"


def test_sign_up_works_by_keyboard(visit):
    tab = visit("newsletter")
    tab.locator("#address").focus()
    tab.keyboard.type("keyboard@example.org")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "keyboard@example.org" in tab.locator("[role=status]").inner_text()


@pytest.mark.parametrize("shown", ["front", "article", "wire", "issues", "search", "search-empty"])
def test_targets_are_large_enough_for_a_thumb(visit, shown):
    """24 pixels each way, or inside a line of text. Source: WCAG 2.2, 2.5.8"""
    small = visit(shown, width=390).evaluate(
        """() => [...document.querySelectorAll("a, button, input, label")].filter(element => {
            const box = element.getBoundingClientRect();
            return element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.height > 2 && box.width > 2
                && getComputedStyle(element).display !== "inline" && (box.height < 24 || box.width < 24);
        }).map(element => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`)"""
    )
    assert small == []
