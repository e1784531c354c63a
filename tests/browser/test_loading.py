"""How pages load: nothing shifts under the reader's eyes, few bytes, no script needed."""

import pytest

pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value })
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 300);
})"""
LOAD_ALL = """async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map(picture => picture.complete || new Promise(done => { picture.onload = picture.onerror = done })));
}"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("shown", ["front", "article", "article-every-block-whole", "issue", "ranking", "search"])
def test_nothing_shifts_while_loading(visit, shown, width):
    tab = visit(shown, width=width)
    tab.evaluate(LOAD_ALL)
    assert tab.evaluate(SHIFTS) < 0.01


def test_first_picture_comes_at_once_and_the_others_late(visit):
    tab = visit("article-every-block-whole")
    loading = tab.evaluate("[...document.images].map(picture => [picture.loading === 'lazy', picture.fetchPriority])")
    assert loading[0] == [False, "high"]
    assert {tuple(found) for found in loading[1:]} == {(True, "auto")}


@pytest.mark.parametrize("shown", ["article", "article-whole", "article-every-block-whole"])
def test_article_without_pictures_fits_the_budget(visit, site, shown):
    """The page as sent, before compression where the server does none; style sheets and scripts counted in."""
    tab = visit(shown)
    sizes = tab.evaluate("performance.getEntries().filter(e => e.transferSize && e.initiatorType != 'img').map(e => [e.name, e.transferSize])")
    assert sizes
    assert sum(size for _, size in sizes) <= MOST_BYTES, sizes


@pytest.mark.parametrize("shown", ["front", "article", "wire", "ranking", "search"])
def test_page_reads_without_script(visit, shown):
    tab = visit(shown, java_script_enabled=False)
    assert tab.locator("main").inner_text().strip()
    assert tab.locator("script:not([type='application/ld+json'])").count() <= 2  # reads, suggestions
