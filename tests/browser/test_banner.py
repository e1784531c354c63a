"""Pages under banners of every level, two at most: nothing sticks out, axe finds nothing, and when they end the page is without."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ROOT, Site, asked, environment
from tests.browser.test_every_page import BEYOND_THE_EDGE, WIDTHS, violations

pytestmark = pytest.mark.browser

LONG = "港都湾岸で停電、鉄道3路線と海峡連絡船が運転見合わせ　復旧の見通し立たず、市は避難所を開設し帰宅を急がないよう呼びかけ"
TEXTS = {1: "海峡連絡船、きょう夕方の便から運航再開", 2: LONG, 3: "津波警報　ただちに高台へ"}
# Raises a banner of each level, the second of an item; lowers them when its input ends.
RAISE = """
import json, sys
from datetime import timedelta
from pathlib import Path
from kawaraban import homes
homes.enter(Path(sys.argv[1]))
from django.utils import timezone
from kawaraban.wires.models import Banner, WireItem
item = WireItem.objects.flashed()[0]
texts = json.loads(sys.argv[2])
now = timezone.now()
raised = [
    Banner.objects.create(text=text, level=int(level), item=item if level == "2" else None, starts=now, ends=now + timedelta(hours=1))
    for level, text in texts.items()
]
print(item.pk, flush=True)
sys.stdin.read()
for banner in raised:
    banner.delete()
"""


@dataclass(frozen=True)
class Raised:
    """item: the key of the one that the banner of level 2 leads to."""

    texts: dict[int, str]
    item: str


@pytest.fixture(scope="module", params=[(3, 2), (1,)], ids=["grave", "news"])
def raised(site: Site, request: pytest.FixtureRequest) -> Iterator[Raised]:
    """Banners of these levels, once they stand."""
    texts = {level: TEXTS[level] for level in request.param}
    command = [sys.executable, "-c", RAISE, str(site.home), json.dumps(texts)]
    env = environment(PYTHONPATH=str(ROOT), KAWARABAN_PORT=str(urlsplit(site.address).port))
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            key = process.stdout.readline().strip()
            await_banners(site, len(texts))
            yield Raised(texts, key)
        finally:
            process.stdin.close()
            process.wait(30)
    await_banners(site, 0)


def await_banners(site: Site, number: int) -> None:
    until = time.monotonic() + 20.0
    while (found := len(re.findall(rb'class="?banner-row', asked(f"{site.address}/").body))) != number:
        assert time.monotonic() < until, f"{found} banners stand instead of {number}"
        time.sleep(0.1)


@pytest.mark.parametrize("shown", ["front", "article", "wire-item", "missing"])
def test_page_with_banners_is_sound(visit: Any, axe: str, raised: Raised, shown: str) -> None:
    tab = visit(shown, width=390, color_scheme="light", reduced_motion="reduce")
    tab.evaluate(axe)
    found = {}
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in (390, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            found[f"axe, {scheme}, {width} px"] = violations(tab)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[f"{width} px"] = tab.evaluate(BEYOND_THE_EDGE)
    assert {where: told for where, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_banners_stand_above_the_masthead_the_gravest_first(visit: Any, raised: Raised, width: int) -> None:
    tab = visit("article", width=width)
    lines = tab.locator(".banner .banner-line")
    assert [line.locator(".banner-text").inner_text().replace("\n", "") for line in lines.all()] == [*raised.texts.values()]
    bottom = max(box["y"] + box["height"] for line in lines.all() if (box := line.bounding_box()))
    assert bottom <= tab.locator(".masthead").bounding_box()["y"] + 1
    links = [link.get_attribute("href") for link in tab.locator(".banner a").all()]
    assert links == [f"/wire/{raised.item}"] * (2 in raised.texts)


def test_banner_is_announced_politely_and_shifts_nothing(visit: Any, raised: Raised) -> None:
    tab = visit("article", width=390)
    banner = tab.locator("section.banner")
    assert banner.get_attribute("role") == "status" and banner.get_attribute("aria-label")
    shifted = "() => new Promise(done => new PerformanceObserver(told => done(told.getEntries().reduce((sum, one) => sum + one.value, 0)))"
    shifted += ".observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"
    assert tab.evaluate(shifted) < 0.02


def test_banner_does_not_stand_on_paper(visit: Any, raised: Raised) -> None:
    tab = visit("article", width=794)
    assert tab.locator(".banner").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator(".banner").is_visible()
