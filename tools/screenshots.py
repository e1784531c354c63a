"""The pictures of README and guides, taken from the demo edition.

python tools/screenshots.py                     every picture, into docs/images
python tools/screenshots.py --only article desk-list
python tools/screenshots.py --home FOLDER       another home that holds the demo edition; made when it isn't there

Needs Chromium. The home is copied and the copy is served, so nothing in it changes.
"""

import argparse
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kawaraban.demo import sending
from kawaraban.demo.agency import ROUND, delivery

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
GREATEST = 240 * 1024
START_SECONDS = 120
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
ARTICLE, HEADLINE = "half-hour-island", "針のあいだの言い分"


@dataclass(frozen=True)
class Site:
    """Where the copy is served, and the log-in of its desk."""

    readers: str
    desk: str
    home: Path

    def login(self) -> tuple[str, str]:
        name, password = (self.home / "data" / "log-in.txt").read_text(encoding="utf-8").split()
        return name, password


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, what to do before it is taken, and the window it is taken in."""

    name: str
    pose: Callable[[Page, Site], Any]
    window: dict[str, Any] = field(default_factory=lambda: {"viewport": {"width": 1280, "height": 960}})
    is_desk: bool = False


def reader(path: str) -> Callable[[Page, Site], None]:
    def pose(page: Page, site: Site) -> None:
        page.goto(site.readers + path, wait_until="networkidle")

    return pose


def article(page: Page, site: Site) -> None:
    page.goto(f"{site.readers}/latest", wait_until="load")
    while not (found := page.locator(f"a[href$='/{ARTICLE}']")).count():
        page.get_by_role("link", name="次のページ").first.click()
    page.goto(site.readers + (found.first.get_attribute("href") or ""), wait_until="networkidle")


def login(page: Page, site: Site) -> None:
    page.context.clear_cookies()
    page.goto(f"{site.desk}/desk/login/", wait_until="networkidle")


def desk(path: str) -> Callable[[Page, Site], None]:
    def pose(page: Page, site: Site) -> None:
        page.goto(f"{site.desk}/desk/{path}", wait_until="networkidle")

    return pose


def form(page: Page, site: Site, listing: str, words: str = "") -> None:
    """The form of the first page in a listing whose name has these words; its side panels closed."""
    page.goto(f"{site.desk}/desk/{listing}/", wait_until="networkidle")
    page.locator("td.title a[href$='/edit/']", has_text=words).first.click()
    page.wait_for_load_state("networkidle")
    for panel in page.locator("[data-side-panel-toggle][aria-expanded=true]").all():
        panel.click()
    settle(page)


def article_form(page: Page, site: Site) -> None:
    form(page, site, "articles", HEADLINE)


def body_blocks(page: Page, site: Site) -> None:
    article_form(page, site)
    bring_up(page, "section[id$=body-section]")


def block_menu(page: Page, site: Site) -> None:
    body_blocks(page, site)
    page.get_by_role("button", name="ブロックを挿入").nth(1).click()
    page.get_by_role("option").first.wait_for()
    settle(page)


def bylines(page: Page, site: Site) -> None:
    article_form(page, site)
    bring_up(page, "section section:has(#id_bylines-TOTAL_FORMS)")


def picture_form(page: Page, site: Site) -> None:
    """The form of an article's picture: one that is neither a cover nor a portrait."""
    page.goto(f"{site.desk}/desk/images/", wait_until="networkidle")
    page.locator("main li a[href*='/desk/images/']").filter(has_not_text=re.compile("特集|表紙|の肖像")).first.click()
    page.wait_for_load_state("networkidle")


def side_panel(page: Page, site: Site, name: str) -> None:
    article_form(page, site)
    page.locator(f"[data-side-panel-toggle={name}]").first.click()
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")


def preview(page: Page, site: Site) -> None:
    side_panel(page, site, "preview")
    page.frame_locator("iframe[id*=preview]").locator("h1").first.wait_for()
    settle(page)


def schedule(page: Page, site: Site) -> None:
    side_panel(page, site, "status")
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("#schedule-publishing-dialog input[name=go_live_at]").wait_for()
    settle(page)


def publish_menu(page: Page, site: Site) -> None:
    article_form(page, site)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    settle(page)


def issue_form(page: Page, site: Site) -> None:
    form(page, site, "issues")


def wire(page: Page, site: Site) -> None:
    """The wire desk after five minutes of the invented agency: items, urgent ones, corrections and a kill."""
    folder, every = site.home / sending.FOLDER, sending.EVERY
    if not any(folder.glob("done/*")):
        began = datetime.now().astimezone().replace(microsecond=0) - ROUND * every
        for number in range(ROUND):
            sending.put(folder, delivery(number, began, every))
    page.goto(f"{site.desk}/desk/wire/", wait_until="load")
    page.locator("[data-wire-list] > .is-canceled").first.wait_for()
    page.reload(wait_until="load")
    settle(page)


def wire_item(page: Page, site: Site) -> None:
    wire(page, site)
    page.locator("[data-wire-list] > :has(.is-correction) .wire-headline").first.click()
    page.locator(".wire-diff").first.wait_for()


def banner_form(page: Page, site: Site) -> None:
    wire(page, site)
    page.locator("[data-wire-list] > .is-urgent .wire-headline").first.click()
    page.locator(".wire-actions a[href*='/banners/']").first.click()
    page.frame_locator("[data-banner-preview]").locator(".banner-text").wait_for()
    settle(page)


def bring_up(page: Page, selector: str) -> None:
    """Scrolls an element to the top, below what always stands there."""
    page.locator(selector).first.evaluate("element => { element.style.scrollMarginTop = '120px'; element.scrollIntoView({block: 'start'}) }")
    settle(page)


def settle(page: Page) -> None:
    page.wait_for_timeout(600)


SHOTS = (
    Shot("article", article),
    Shot("article-phone", article, PHONE),
    Shot("front", reader("/")),
    Shot("front-dark", reader("/"), {"viewport": {"width": 1280, "height": 960}, "color_scheme": "dark"}),
    Shot("desk-login", login),
    Shot("desk-dashboard", desk(""), is_desk=True),
    Shot("desk-list", desk("articles/"), is_desk=True),
    Shot("desk-article", article_form, is_desk=True),
    Shot("desk-body", body_blocks, is_desk=True),
    Shot("desk-block-menu", block_menu, is_desk=True),
    Shot("desk-bylines", bylines, is_desk=True),
    Shot("desk-picture", picture_form, {"viewport": {"width": 1280, "height": 1240}}, is_desk=True),
    Shot("desk-preview", preview, {"viewport": {"width": 1440, "height": 900}}, is_desk=True),
    Shot("desk-publish", publish_menu, is_desk=True),
    Shot("desk-schedule", schedule, is_desk=True),
    Shot("desk-issue", issue_form, is_desk=True),
    Shot("desk-wire", wire, {"viewport": {"width": 1440, "height": 900}}, is_desk=True),
    Shot("desk-wire-item", wire_item, {"viewport": {"width": 1440, "height": 900}}, is_desk=True),
    Shot("desk-banner", banner_form, is_desk=True),
)


def take(browser: Browser, site: Site, shot: Shot, cookies: list[Any]) -> None:
    with opened(browser, shot) as context:
        if shot.is_desk:
            context.add_cookies(cookies)
        page = context.new_page()
        shot.pose(page, site)
        file = IMAGES / f"{shot.name}.png"
        file.write_bytes(small(page.screenshot(animations="disabled")))
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KB", flush=True)


@contextmanager
def opened(browser: Browser, shot: Shot) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce", **shot.window)
    context.set_default_timeout(20_000)
    try:
        yield context
    finally:
        context.close()


def logged_in(browser: Browser, site: Site) -> list[Any]:
    """The cookies of an editor at the desk."""
    with opened(browser, Shot("", login)) as context:
        page = context.new_page()
        login(page, site)
        for name, value in zip(("username", "password"), site.login(), strict=True):
            page.fill(f"input[name={name}]", value)
        page.click("button[type=submit]")
        page.wait_for_url("**/desk/")
        return list(context.cookies())


def small(png: bytes) -> bytes:
    """The picture with as many colours as fit into GREATEST, which is 32 or more."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 160, 96, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= GREATEST:
            return out.getvalue()
    raise SystemExit(f"A picture has {out.tell()} bytes with 32 colours: take a smaller one.")


@contextmanager
def served_copy(home: Path) -> Iterator[Site]:
    """A copy of the home's demo edition, answered on two free ports until the block ends."""
    run = [sys.executable, "-m", "kawaraban", "--home"]
    subprocess.run([*run, str(home), "demo", "--no-serve"], check=True, env=environment())  # noqa: S603
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        port, desk_port = free_ports()
        ports = {"KAWARABAN_PORT": str(port), "KAWARABAN_DESK_PORT": str(desk_port)}
        with subprocess.Popen([*run, str(copy), "serve"], env=environment(**ports), stdout=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                site = Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{desk_port}", copy)
                await_answers(site, process)
                yield site
            finally:
                process.send_signal(signal.SIGTERM)


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("KAWARABAN_", "DJANGO_"))} | more


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        return first.getsockname()[1], second.getsockname()[1]


def await_answers(site: Site, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    for address in (f"{site.readers}/", f"{site.desk}/desk/login/"):
        while True:
            try:
                urllib.request.urlopen(address, timeout=30).close()  # noqa: S310
                break
            except urllib.error.HTTPError as error:
                raise SystemExit(f"{address} answers {error.code}: is the home of an older release? Remove it, and it is made anew.") from None
            except urllib.error.URLError:
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{address} does not answer.") from None
                time.sleep(0.3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=ROOT / "demo-home")
    parser.add_argument("--only", nargs="+", choices=[shot.name for shot in SHOTS], metavar="NAME", help=", ".join(shot.name for shot in SHOTS))
    asked = parser.parse_args()
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise SystemExit("Chromium is missing: apt-get install chromium fonts-noto-cjk")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served_copy(asked.home) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        cookies = logged_in(browser, site)
        for shot in SHOTS:
            if not asked.only or shot.name in asked.only:
                take(browser, site, shot, cookies)
        browser.close()


if __name__ == "__main__":
    main()
