"""What editors and agencies type is text: nowhere does it become markup."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from kawaraban.demo import builders
from kawaraban.desk.models import Content, Front, Pick
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported

OURS = "beacon"
SEARCH = "search"
NASTY = '<script>悪()</script>"\'&</title><b onclick="x">'


class Reading(HTMLParser):
    """Every element and attribute that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.attributes |= {name for name, _ in attrs}
        if tag == "script":
            told = dict(attrs)
            self.scripts.append(OURS if "data-token" in told else SEARCH if "data-search" in told else told.get("type") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside != "script":
            self.text += data


@pytest.fixture
def addresses(front: Front) -> list[str]:
    """A magazine in which every text is nasty, and all its addresses."""
    words = {"alt": NASTY, "caption": NASTY, "credit": NASTY}
    picture = builders.make_picture(title="絵", **words)
    section = builders.make_section(NASTY, slug="world", latin=NASTY[:50], description=NASTY)
    author = builders.make_author(NASTY, slug="author", job=NASTY, biography=NASTY, reading=NASTY, latin=NASTY, picture=picture)
    topic = builders.make_topic(NASTY, slug="topic", kind="sponsored", sponsor=NASTY, blurb=NASTY)
    texts = {
        "kicker": NASTY[:40],
        "deck": NASTY[:40],
        "lead": NASTY,
        "author_note": NASTY,
        "original_title": NASTY,
        "sponsor": NASTY,
        "picture_caption": NASTY,
    }
    body = [
        ("subheading", NASTY),
        ("related", {"label": NASTY[:20], "article": None, "title": NASTY, "address": ""}),
        ("quotation", {"text": NASTY, "source": NASTY}),
        ("embed", {"address": "https://example.jp/?a=\"'<b>", "title": NASTY}),
        ("picture", {"picture": picture, "caption": NASTY}),
        ("page_break", None),
        ("subheading", NASTY),
    ]
    article = builders.make_article(
        NASTY, slug="article", section=section, authors=[(author, "author")], topics=[topic], picture=picture, body=body, **texts
    )
    article.picks = [Pick(picked=article)]
    article.save()
    replace_imported(Window.DAY, [article])
    builders.make_issue(NASTY, cover=picture, cover_lines=NASTY, blurb=NASTY, entries=[Content(title=NASTY, heading=NASTY[:60])])
    builders.make_mook(NASTY, slug="mook", blurb=NASTY, contents=NASTY, cover=picture)
    item = builders.make_wire_item(NASTY, body=NASTY, section=NASTY[:60], agency=NASTY)
    for field in ("title", "latin", "tagline", "description", "publisher", "newsletter_blurb"):
        setattr(front, field, NASTY[:60])
    front.save()
    return [
        *(page.address for page in Page.objects.filter(depth__gt=1).specific()),
        f"{article.address}/2",
        f"/wire/{item.pk}",
        "/latest",
        "/wire",
        "/ranking",
        "/newsletter",
        "/nothing",
    ]


def test_pages_hold_no_markup_that_was_typed(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        html = client.get(address).content.decode()
        found = Reading(html)
        assert set(found.scripts) <= {"application/ld+json", OURS, SEARCH}, address
        assert found.scripts.count(SEARCH) == 1, address
        assert found.scripts.count(OURS) == ("/article" in address), address
        assert not {name for name in found.attributes if name.startswith("on")}, address
        assert "<script>悪" in found.text.replace("\u200b", "") or address == "/newsletter", address


def test_json_ld_says_what_was_typed(client: Client, addresses: list[str]) -> None:
    article = next(address for address in addresses if address.endswith("/article"))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(article).content.decode(), re.S)
    told = [json.loads(text) for text in found]
    assert any(NASTY in value["headline"] for value in told if "headline" in value)
    assert not any("<" in text for text in found)


@pytest.mark.parametrize("path", ["/feed.xml", "/world/feed.xml", "/sitemap-news.xml", "/sitemaps/pages.xml"])
def test_xml_is_well_formed(client: Client, addresses: list[str], path: str) -> None:
    builders.make_article(NASTY, slug="free")
    text = "".join(ElementTree.fromstring(client.get(path).content).itertext())
    assert NASTY in text or path == "/sitemaps/pages.xml"


@pytest.mark.parametrize("path", ["/feed.xml", "/sitemap-news.xml", f"/sitemaps/{timezone.localtime():%Y-%m}.xml"])
def test_xml_survives_characters_that_it_forbids(client: Client, front: Front, path: str) -> None:
    """A vertical tab comes with text that is pasted from a layout program."""
    builders.make_article("灯\x0b台\x08と\ufffe海", lead="島\x0cへ")
    ElementTree.fromstring(client.get(path).content)


def test_manifest_says_what_was_typed(client: Client, addresses: list[str]) -> None:
    assert json.loads(client.get("/manifest.webmanifest").content)["name"] == NASTY[:60]


def test_desk_lists_hold_no_markup_that_was_typed(desk: Client, addresses: list[str]) -> None:
    for name in ("articles", "wire", "authors", "topics", "issues"):
        assert "<script>悪" not in desk.get(f"/desk/{name}/").content.decode()
