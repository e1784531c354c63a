"""Every kind of page, opened once and looked at from all sides: loading, pictures, widths, and axe-core by day and by night."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 720, 820, 1440)  # 720 is also 1440 at 200 % zoom
COLOURS = ["color-contrast", "link-in-text-block"]
DARK_ON_A_DESK = ("front", "article-every-block", "section", "issue", "wire", "search")  # what a phone does not show is on these

PICTURES = """async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map(picture => picture.complete || new Promise(done => { picture.onload = picture.onerror = done })));
    return pictures.map(picture => ({
        src: picture.currentSrc || picture.src, loaded: picture.naturalWidth > 0, alt: picture.getAttribute("alt"),
        ratio: picture.getAttribute("width") / picture.getAttribute("height"), natural: picture.naturalWidth / picture.naturalHeight,
    }));
}"""

BEYOND_THE_EDGE = """() => {
    const edge = document.documentElement.clientWidth, found = [];
    if (document.documentElement.scrollWidth > edge) found.push(`the page scrolls: ${document.documentElement.scrollWidth} > ${edge}`);
    const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || box.right <= 0 || box.left >= -1 && box.right <= edge + 1) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        let above = element.parentElement;
        while (above && !scrolls(above)) above = above.parentElement;
        if (above) continue;
        const sides = `${Math.round(box.left)} to ${Math.round(box.right)}`;
        found.push(`${element.tagName}.${element.className} from ${sides}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return found.slice(0, 5);
}"""


def test_page_is_sound(visit, site, axe, kind):
    tab = visit(kind, width=390, color_scheme="light", reduced_motion="reduce")
    page = site.page(kind)
    found = {"pictures": bad_pictures(tab), "loading": complaints(tab, page.path, page.status), "hosts": other_hosts(tab, site.address)}
    tab.evaluate(axe)
    found["axe, phone"] = violations(tab)
    tab.emulate_media(color_scheme="dark")
    found["axe, phone, dark"] = violations(tab, COLOURS)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[f"{width} px"] = tab.evaluate(BEYOND_THE_EDGE)
    if kind in DARK_ON_A_DESK:
        found["axe, desk, dark"] = violations(tab, COLOURS)
    tab.emulate_media(color_scheme="light")
    found["axe, desk"] = violations(tab)
    assert {where: told for where, told in found.items() if told} == {}


def bad_pictures(tab) -> list[dict]:
    """Those that don't load, lack alt, or whose width and height are not those of the file."""
    return [
        picture
        for picture in tab.evaluate(PICTURES)
        if not picture["loaded"] or picture["alt"] is None or not picture["ratio"] or abs(picture["ratio"] - picture["natural"]) > 0.02
    ]


def complaints(tab, address: str, status: int) -> list[str]:
    """What console and network had to say; that an error page has its status is none."""
    said = [text for level, text, where in tab.told.console if level in ("error", "warning") and not (where == address and status >= 400)]
    refused = [f"{found}: {code}" for found, code in tab.told.answers.items() if code >= 400 and (found, code) != (address, status)]
    return said + refused + tab.told.errors + tab.told.failed


def other_hosts(tab, own: str) -> list[str]:
    return [address for address in tab.told.addresses if urlsplit(address).netloc not in ("", urlsplit(own).netloc)]


def violations(tab, rules: list[str] | None = None) -> list[str]:
    """What axe holds against the page: rule, element, what to do."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    found = tab.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def test_axe_finds_a_fault(visit, axe):
    tab = visit("article")
    tab.evaluate(axe)
    tab.evaluate("document.querySelector('.body p').style.color = '#ddd'; document.querySelector('h1').remove()")
    assert {told.split(":")[0] for told in violations(tab)} >= {"color-contrast", "page-has-heading-one"}


def test_wide_thing_is_found(visit):
    tab = visit("article", width=320)
    tab.evaluate("document.querySelector('.body p').style.width = '600px'; document.documentElement.style.overflowX = 'clip'")
    assert tab.evaluate(BEYOND_THE_EDGE)


def test_missing_picture_and_other_host_are_found(visit, site):
    tab = visit("article")
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/gone.png><img src=http://other.invalid/a.png>')")
    assert len(bad_pictures(tab)) == 2
    assert any("/gone.png: 404" in told for told in complaints(tab, site.page("article").path, 200))
    assert other_hosts(tab, site.address) == ["http://other.invalid/a.png"]
