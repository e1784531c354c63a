"""What extractors take from an article: all of it, and nothing of what stands around it."""

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import lxml.html
import pytest
from resiliparse.extract.html2text import extract_plain_text

from kawaraban.demo import reading
from kawaraban.pages.ruby import GROUP, base_of, without_ruby

pytestmark = pytest.mark.audit

# Kind of page → the article in the demo edition's text.
SUBJECTS = {
    "article": "night-flight-calls",
    "article-translated": "dark-harbor-sky",
    "article-sponsored": "shore-power-berth",
    "article-every-block-whole": "river-word-atlas",
    "article-whole": "seabed-mud-archive",
}
SLOTS = (
    "wire-title",
    "wire-section",
    "rank-title",
    "magazine-line",
    "magazine-blurb",
    "newsletter-blurb",
    "newsletter-link",
    "mook-name",
    "on-sale",
    "copyright",
)
AROUND = ("card-headline", "related", "topics", "share", "masthead", "footer")


@dataclass(frozen=True)
class Taken:
    title: str
    author: str
    date: str
    text: str


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def entry_of(slug: str) -> dict:
    return next(found for found in reading.articles() if found["slug"] == slug)


def paragraphs(slug: str) -> list[str]:
    """Lead, paragraphs, subheadings and quotations of an article as the demo's text has them, markup taken off, ruby left in."""
    entry = entry_of(slug)
    blocks = list(reading.blocks(entry["body"]["text"]))
    texts = [entry["lead"]] + [block["value"] for block in blocks if block["type"] in ("paragraph", "subheading")]
    texts += [line for block in blocks if block["type"] == "quotation" for line in block["value"]["text"].splitlines()]
    return [unescape(re.sub(r"<[^>]+>", "", text)) for text in texts]


def without_readings(text: str, slug: str) -> str:
    """Extracted text with the readings of its ruby taken out, however the extractor set them: 澪川（みおがわ） or 澪川みおがわ."""
    for group in GROUP.finditer("\n".join(paragraphs(slug))):
        base, kana = base_of(group), group["reading"]
        text = text.replace(f"{base}（{kana}）", base).replace(f"{base}{kana}", base)
    return text


def missing(taken: Taken, slug: str) -> list[str]:
    text = without_readings(plain(taken.text), slug)
    return [paragraph for paragraph in paragraphs(slug) if plain(without_ruby(paragraph)) not in text]


def intruders(taken: Taken, html: str, slug: str) -> list[str]:
    """Texts of slots and navigation that the extractor took along; those that the article itself has don't count."""
    tree, own = lxml.html.document_fromstring(html), plain("".join(paragraphs(slug)) + taken.title)
    own += plain("".join(tree.xpath("//*[contains(@class, 'related-link')]//text()")))
    found = set()
    for name in SLOTS:
        found |= {element.text_content() for element in tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")}
    for name in AROUND:
        found |= {link.text_content() for link in tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]//a")}
    assert len(found) > 60
    text = plain(taken.text)
    return sorted(entry for entry in map(plain, found) if len(entry) > 5 and entry in text and entry not in own)


@pytest.fixture(scope="session")
def reader_views(site, node_modules) -> dict[str, Taken]:
    lines = [json.dumps({"name": kind, "address": site.page(kind).path, "html": site.html(kind)}) for kind in SUBJECTS]
    script = node_modules.parent / "readability.mjs"
    ran = subprocess.run(["node", script], input="\n".join(lines), capture_output=True, check=True, text=True, timeout=120)
    found = json.loads(ran.stdout)
    return {kind: Taken(view["title"] or "", view["byline"] or "", view["published"] or "", view["text"]) for kind, view in found.items() if view}


def by_trafilatura(html: str, address: str) -> Taken:
    trafilatura = pytest.importorskip("trafilatura", reason="Trafilatura is missing: pip install trafilatura lxml_html_clean")
    found = trafilatura.bare_extraction(html, url=address, with_metadata=True, include_comments=False)
    return Taken(found.title or "", found.author or "", found.date or "", found.text or "")


@pytest.fixture(params=["trafilatura", "readability"])
def taken(request, site):
    if request.param == "readability":
        return request.getfixturevalue("reader_views").__getitem__
    return lambda kind: by_trafilatura(site.html(kind), site.page(kind).path)


@pytest.fixture(params=SUBJECTS)
def subject(request):
    return request.param


def test_extractor_gets_every_paragraph(taken, subject):
    assert missing(taken(subject), SUBJECTS[subject]) == []


def test_extractor_gets_nothing_of_the_slots(taken, site, subject):
    assert intruders(taken(subject), site.html(subject), SUBJECTS[subject]) == []


def test_extractor_gets_headline_author_and_date(taken, site, subject):
    found, tree = taken(subject), lxml.html.document_fromstring(site.html(subject))
    entry = entry_of(SUBJECTS[subject])
    assert plain(without_ruby(entry["headline"])) in plain(found.title)
    names = {author["key"]: author["name"] for author in reading.table("authors")["author"]}
    assert all(names[key] in found.author for key in entry["authors"])
    (published,) = tree.xpath("//meta[@property='article:published_time']/@content")
    assert found.date[:10] == datetime.fromisoformat(published).date().isoformat()


def test_missing_paragraph_and_intruder_are_found(site):
    tree, first = lxml.html.document_fromstring(site.html("article")), paragraphs(SUBJECTS["article"])[1]
    flash = tree.xpath("//*[@class='wire-title']")[0].text_content()
    taken = Taken("", "", "", "".join(paragraphs(SUBJECTS["article"])).replace(first, flash))
    assert missing(taken, SUBJECTS["article"]) == [first]
    assert intruders(taken, site.html("article"), SUBJECTS["article"]) == [plain(flash)]


def test_plain_text_has_the_slots_in_their_order(site):
    """Resiliparse's lines of an article page, from the listing's name to the special issues that are on sale."""
    lines = [" ".join(line.split()).removeprefix("• ") for line in extract_plain_text(site.html("article-every-block-whole")).splitlines()]
    place = -1
    for wanted in in_order(reading.table("articles/culture/river-word-atlas"), lxml.html.document_fromstring(site.html("article-every-block-whole"))):
        found = [number for number, line in enumerate(lines) if number > place and line == wanted]
        assert found, f"after line {place} ({lines[place] if place >= 0 else ''}) there is no line: {wanted}"
        place = found[0]


def in_order(entry: dict, tree) -> list[str]:
    """Whole lines, in the order in which they must come."""

    def texts(name: str, above: str = "*") -> list[str]:
        path = f"//{above}//*[contains(concat(' ', @class, ' '), ' {name} ')]"
        return [" ".join(element.text_content().split()) for element in tree.xpath(path)]

    picture = entry["picture"]
    wire = [text for pair in zip(texts("wire-section"), texts("wire-title"), strict=True) for text in pair]
    (cover,) = tree.xpath("//section[contains(@class, 'magazine')]//img/@alt")
    ranks = [text for pair in zip(texts("rank"), texts("rank-title"), strict=True) for text in pair]
    assert (len(wire), len(ranks)) == (16, 60)
    return [
        *("最新記事", entry["kicker"], f"{entry['headline']}── {entry['deck']}", *texts("date"), "音羽千景"),
        *(picture["alt"], picture["caption"] + picture["credit"], f"＜{entry['lead']}＞", "言葉は山ではなく橋で変わる"),
        *(
            "あわせて読みたい",
            "ニュース速報",
            *wire,
            "あわせて読みたい",
            "MAGAZINE",
            cover,
            *texts("magazine-line"),
            *texts("cover-dates"),
            *texts("magazine-blurb"),
        ),
        *(
            *texts("newsletter-link"),
            "人気ランキング",
            *ranks,
            "変わる海の道",
            "小さな駅から",
            "NEXT HARBOR",
            "静かな台所",
            "MOOK",
            *texts("mook-name")[:1],
            "好評発売中",
        ),
    ]
