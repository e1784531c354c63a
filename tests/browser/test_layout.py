"""How pages stand on phone, desk and paper: everything in its order, lines of a readable length, dark by night."""

import itertools

import pytest

pytestmark = pytest.mark.browser

TOPS = """selector => [...document.querySelectorAll(selector)]
    .filter(element => element.checkVisibility({visibilityProperty: true}) && element.getBoundingClientRect().height > 1)
    .map(element => [element.tagName + "." + element.className, Math.round(element.getBoundingClientRect().top + scrollY)])"""

IN_ORDER = ".masthead, main > *, main article > *, main .body > *, .side > *, .side section > *, body > .latest, .footer, .footer > *"
SLOTS = (
    ".masthead-sections",
    ".wire",
    ".related",
    ".magazine",
    ".newsletter",
    ".rankings",
    ".topics",
    ".mook",
    ".latest",
    ".footer nav",
    ".share",
    ".picks",
)


@pytest.mark.parametrize("shown", ["front", "article-page-1", "article-every-block", "issue", "wire", "ranking"])
def test_phone_shows_the_document_in_its_order(visit, shown):
    tops = visit(shown, width=390).evaluate(TOPS, IN_ORDER)
    assert len(tops) > 8
    assert [(before, after) for before, after in itertools.pairwise(tops) if after[1] < before[1]] == []


def test_desk_puts_the_lists_beside_the_article(visit):
    tab = visit("article", width=1440, height=900)
    body, wire = (tab.locator(selector).first.bounding_box() for selector in ("main .body", ".side .wire"))
    assert wire["x"] >= body["x"] + body["width"]
    assert wire["y"] < body["y"] + body["height"]


@pytest.mark.parametrize("width", [390, 1440])
def test_lines_of_an_article_have_their_measure(visit, width):
    """At most 40 characters a line, 16 pixels or more each, 1.7 lines of space or more."""
    style = visit("article", width=width).evaluate(
        "() => { const p = document.querySelector('main .body p'), s = getComputedStyle(p);"
        " return {size: parseFloat(s.fontSize), line: parseFloat(s.lineHeight), width: p.getBoundingClientRect().width} }"
    )
    assert style["size"] >= 16
    assert style["line"] / style["size"] >= 1.7
    assert style["width"] / style["size"] <= 40


def test_paper_has_the_article_without_the_slots(visit):
    tab = visit("article-sponsored", width=794)
    shown = [selector for selector in SLOTS if tab.locator(selector).first.is_visible()]
    assert set(shown) >= {".wire", ".rankings", ".magazine"}
    tab.emulate_media(media="print")
    assert [selector for selector in SLOTS if tab.locator(selector).first.is_visible()] == []
    assert all(tab.locator(selector).first.is_visible() for selector in ("h1.headline", ".byline", ".lead", "main .body p", ".sponsored"))


def test_paper_is_light_by_night(visit):
    tab = visit("article", width=794, color_scheme="dark")
    tab.emulate_media(media="print", color_scheme="dark")
    paper, ink = colours(tab)
    assert lightness(ink) < 0.2 and (lightness(paper) > 0.9 or paper.endswith(", 0)"))


def test_night_is_dark(visit):
    paper, ink = colours(visit("article", color_scheme="dark"))
    assert lightness(paper) < 0.2 < 0.7 < lightness(ink)


def colours(tab) -> list[str]:
    """Of the page's ground and of its text."""
    return tab.evaluate(
        """() => {
            const [root, body] = [document.documentElement, document.body].map(element => getComputedStyle(element).backgroundColor);
            return [body.endsWith(", 0)") ? root : body, getComputedStyle(document.querySelector("main .body p")).color];
        }"""
    )


def lightness(colour: str) -> float:
    """Of an rgb() as the browser computes it, from 0 to 1."""
    return sum(float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]) / 3 / 255


def test_headline_is_broken_at_phrases_not_inside_them(visit):
    tab = visit("article", width=390)
    assert tab.evaluate("CSS.supports('word-break', 'auto-phrase') || CSS.supports('word-break', 'keep-all')")
    assert tab.evaluate("getComputedStyle(document.querySelector('h1.headline')).wordBreak") in ("auto-phrase", "keep-all")
