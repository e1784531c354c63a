"""How pages stand at every width: nothing beyond the edge, everything in its order, paper without the lists."""

import pytest

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 720, 820, 1440)  # 720 is also 1440 at 200 % zoom

BEYOND_THE_EDGE = """() => {
    const edge = document.documentElement.clientWidth, found = [];
    if (document.documentElement.scrollWidth > edge) found.push(`the page scrolls: ${document.documentElement.scrollWidth} > ${edge}`);
    const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || !element.checkVisibility({visibilityProperty: true})) continue;
        let above = element.parentElement;
        while (above && !scrolls(above)) above = above.parentElement;
        if (!above && (box.right > edge + 1 || box.left < -1 && box.right > 0))
            found.push(`${element.tagName}.${element.className} from ${Math.round(box.left)} to ${Math.round(box.right)}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return found.slice(0, 5);
}"""

TOPS = """selector => [...document.querySelectorAll(selector)]
    .filter(element => element.checkVisibility({visibilityProperty: true}) && element.getBoundingClientRect().height > 1)
    .map(element => [element.tagName + "." + element.className, Math.round(element.getBoundingClientRect().top + scrollY)])"""

IN_ORDER = ".masthead, main > *, main article > *, main .body > *, .side > *, .side section > *, body > .latest, .footer, .footer > *"
SLOTS = (".masthead-sections", ".wire", ".related", ".magazine", ".newsletter", ".rankings", ".topics", ".mook", ".latest", ".footer nav", ".share", ".picks")


def test_page_fits_every_width(visit, kind):
    tab = visit(kind, width=WIDTHS[0])
    found = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = tab.evaluate(BEYOND_THE_EDGE)
    assert {width: told for width, told in found.items() if told} == {}


def test_wide_thing_is_found(visit):
    tab = visit("article", width=320)
    tab.evaluate("document.querySelector('.body p').style.width = '600px'; document.documentElement.style.overflowX = 'clip'")
    assert tab.evaluate(BEYOND_THE_EDGE)


@pytest.mark.parametrize("shown", ["front", "article-page-1", "article-every-block", "issue", "wire", "ranking"])
def test_phone_shows_the_document_in_its_order(visit, shown):
    tops = visit(shown, width=390).evaluate(TOPS, IN_ORDER)
    assert len(tops) > 8
    assert [(before, after) for before, after in zip(tops, tops[1:], strict=False) if after[1] < before[1]] == []


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


def test_paper_is_white_by_night(visit):
    tab = visit("article", width=794, color_scheme="dark")
    tab.emulate_media(media="print", color_scheme="dark")
    ink = tab.evaluate("getComputedStyle(document.querySelector('main .body p')).color")
    assert sum(int(float(part)) for part in ink.partition("(")[2].rstrip(")").split(",")[:3]) < 200


def test_headline_is_broken_at_phrases_not_inside_them(visit):
    tab = visit("article", width=390)
    assert tab.evaluate("CSS.supports('word-break', 'auto-phrase') || CSS.supports('word-break', 'keep-all')")
    assert tab.evaluate("getComputedStyle(document.querySelector('h1.headline')).wordBreak") in ("auto-phrase", "keep-all")
