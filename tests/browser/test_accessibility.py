"""axe-core on every kind of page: on a phone and on a desk, by day and by night."""

import pytest

pytestmark = pytest.mark.browser

COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="session")
def axe(node_modules) -> str:
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(tab, rules: list[str] | None = None) -> list[str]:
    """What axe holds against the page: rule, element, what to do."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    found = tab.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def test_page_is_accessible(visit, axe, kind):
    tab = visit(kind, width=390, color_scheme="light", reduced_motion="reduce")
    tab.evaluate(axe)
    found = {"phone": violations(tab)}
    tab.emulate_media(color_scheme="dark")
    found["phone, dark"] = violations(tab, COLOURS)
    tab.set_viewport_size({"width": 1440, "height": 900})
    found["desk, dark"] = violations(tab, COLOURS)
    tab.emulate_media(color_scheme="light")
    found["desk"] = violations(tab)
    assert {where: told for where, told in found.items() if told} == {}


def test_dark_is_dark(visit):
    tab = visit("article", color_scheme="dark")
    background, ink = tab.evaluate("[getComputedStyle(document.documentElement), getComputedStyle(document.body)].flatMap(s => [s.backgroundColor, s.color])")[0::3]
    assert lightness(background) < 0.2 < 0.7 < lightness(ink)


def lightness(colour: str) -> float:
    """Of an rgb() as the browser computes it, from 0 to 1."""
    return sum(float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]) / 3 / 255


def test_axe_finds_a_fault(visit, axe):
    tab = visit("article")
    tab.evaluate(axe)
    tab.evaluate("document.querySelector('.body p').style.color = '#ddd'; document.querySelector('h1').remove()")
    assert {told.split(":")[0] for told in violations(tab)} >= {"color-contrast", "page-has-heading-one"}
