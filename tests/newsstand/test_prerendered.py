"""A page that Chromium renders before it is asked for. Playwright's hold on a browser keeps it from doing so: here it runs by itself."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kawaraban.readership import spool, tokens

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "kawaraban" / "pages" / "templates" / "pages" / "parts" / "read.js"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
POLICY = "script-src 'self' 'unsafe-inline'; connect-src 'self'"
SHOWN_AFTER = 8  # seconds
PAGE = """<!doctype html><script type="speculationrules">{"prerender": [{"urls": ["/article"], "eagerness": "immediate"}]}</script>
<script>if (location.search) setTimeout(() => location.href = "/article", %d)</script>"""
ARTICLE = """<!doctype html><script>if (document.prerendering) fetch("/-/prerendering")</script>
<script data-token="%s">%s</script><article data-read="%s">text</article>"""


@pytest.fixture
def chromium(tmp_path: Path, newsstand_of_articles):
    """Opens an address in a browser of its own."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    started: list[subprocess.Popen[bytes]] = []

    def start(address: str) -> None:
        switches = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--remote-debugging-port=0",
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        command = [program, *switches, f"--user-agent={AGENT}", address]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


@pytest.fixture
def newsstand_of_articles(magazine_of_its_own: Callable[..., object]):
    magazine = magazine_of_its_own(access_log="data/access.jsonl")
    magazine.press.generation = magazine.press.edition.begin("second", POLICY)
    magazine.press.slots(masthead=b"", wire=b"")
    script = SCRIPT.read_text().replace("SECONDS", "5").replace("PERCENT", "25").replace("SIGNALS", "1")
    key = magazine.config.reads_key
    magazine.press.file("/front", PAGE % (SHOWN_AFTER * 1000))
    magazine.press.file("/article", ARTICLE % (tokens.token(key, int(time.time()) // 3600), script, tokens.seal(key, 12)))
    return magazine


def reads(magazine) -> int:
    found = (chunk for file in spool.files(magazine.config.reads / "spool") for chunk in spool.chunks(file))
    return sum(spool.FIELDS.unpack_from(chunk.records, at)[5] == 0 for chunk in found for at in range(0, len(chunk.records), spool.BYTES))


def paths(magazine) -> list[str]:
    file = magazine.config.home / "data" / "access.jsonl"
    return [json.loads(line)["path"] for line in file.read_text().splitlines()] if file.is_file() else []


def test_page_prerendered_and_never_shown_is_no_read(newsstand_of_articles, chromium, until) -> None:
    chromium(f"http://127.0.0.1:{newsstand_of_articles.running.port}/front")
    until(lambda: "/-/prerendering" in paths(newsstand_of_articles), 20)
    time.sleep(7)
    assert reads(newsstand_of_articles) == 0 and "/-/read" not in paths(newsstand_of_articles)


def test_page_prerendered_and_shown_is_a_read_five_seconds_later(newsstand_of_articles, chromium, until) -> None:
    chromium(f"http://127.0.0.1:{newsstand_of_articles.running.port}/front?later")
    until(lambda: "/-/prerendering" in paths(newsstand_of_articles), 20)
    time.sleep(SHOWN_AFTER)
    assert reads(newsstand_of_articles) == 0
    until(lambda: reads(newsstand_of_articles) == 1, 12)
    assert paths(newsstand_of_articles).count("/article") == 1
