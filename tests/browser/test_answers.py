"""What a page tells machines besides its text: status, head, linked data, and what its addresses lead to."""

import io
import itertools
import json
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from PIL import Image

pytestmark = pytest.mark.audit

SEARCHES = {"search", "search-narrowed", "search-relaxed", "search-empty", "search-too-long", "search-start"}
HIDDEN = {"article-stub", "missing", "withdrawn", "failure", *SEARCHES}
ARTICLES = ("article", "article-page-1", "article-page-2", "article-whole", "article-every-block", "article-translated", "article-sponsored")
# Source: https://schema.org/NewsArticle, what of it the pages use.
KNOWN = {
    *("@context", "@type", "headline", "description", "inLanguage", "datePublished", "dateModified", "articleSection", "mainEntityOfPage"),
    *("isAccessibleForFree", "author", "publisher", "image", "translator", "translationOfWork", "sponsor"),
}


@pytest.fixture
def tree(site, kind):
    return lxml.html.document_fromstring(site.html(kind))


def linked_data(tree) -> list[dict]:
    return [json.loads(script.text) for script in tree.xpath("//script[@type='application/ld+json']")]


def news_article(site, kind: str) -> dict:
    objects = linked_data(lxml.html.document_fromstring(site.html(kind)))
    (found,) = (entry for entry in objects if entry["@type"] in ("NewsArticle", "AdvertiserContentArticle"))
    return found


def test_kind_answers_with_its_status(site, kind):
    assert site.answer(kind).status == site.page(kind).status


def test_head_has_one_canonical_address_or_hides_the_page(site, tree, kind):
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    robots = " ".join(tree.xpath("//meta[@name='robots']/@content"))
    if kind in HIDDEN:
        assert (canonical, robots) == ([], "noindex")
    else:
        assert len(canonical) == 1 and canonical[0].startswith(site.address + "/")
        assert tree.xpath("//meta[@property='og:url']/@content") == canonical


def test_canonical_address_is_the_page_itself(ask, site, tree, kind):
    """A page of a listing or of an article is its own; the whole article on one page stands for its first page."""
    if kind not in HIDDEN:
        (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == site.page(kind).path.removesuffix("/all")
        assert ask(canonical).status == 200


def test_title_and_description_are_there(tree):
    (title,) = tree.xpath("/html/head/title/text()")
    assert title.strip()
    (description,) = tree.xpath("//meta[@name='description']/@content")
    assert len(description) >= 20


def test_titles_differ(site, every_kind):
    same = {
        "article-whole": "article-page-1",
        "article-every-block-whole": "article-every-block",
        "newsletter-fault": "newsletter",
        "newsletter-done": "newsletter",
        "search-too-long": "search-start",
    }
    titles = [lxml.html.document_fromstring(site.html(kind)).findtext("head/title") for kind in every_kind if kind not in same]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_page_has_one_first_heading_and_skips_none(tree):
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1] == []


def test_every_local_address_answers(ask, site, every_kind):
    dead = {}
    for kind in every_kind:
        for address in local_addresses(site, lxml.html.document_fromstring(site.html(kind))):
            if (status := ask(address).status) != 200:
                dead.setdefault((address, status), kind)
    assert dead == {}


def local_addresses(site, tree) -> set[str]:
    found = {*tree.xpath("//@src"), *tree.xpath("//a/@href"), *tree.xpath("//link/@href"), *tree.xpath("//meta[@property='og:image']/@content")}
    found |= {part.split()[0] for srcset in tree.xpath("//@srcset") for part in srcset.split(",")}
    addresses = {urljoin(site.address, address).split("#")[0] for address in found if not address.startswith(("#", "mailto:"))}
    return {address for address in addresses if urlsplit(address).netloc == urlsplit(site.address).netloc}


def test_manifest_icons_have_their_sizes(ask, site):
    for icon in json.loads(ask(site.address + "/manifest.webmanifest").body)["icons"]:
        answer = ask(urljoin(site.address, icon["src"]))
        assert answer.status == 200
        if icon["sizes"] != "any":
            assert "{}x{}".format(*Image.open(io.BytesIO(answer.body)).size) in icon["sizes"].split()


def test_linked_data_parses_and_crumbs_count(site, tree):
    for entry in linked_data(tree):
        assert entry["@context"] == "https://schema.org"
        if entry["@type"] == "BreadcrumbList":
            items = entry["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert all(item["@type"] == "ListItem" and item["name"] and item["item"].startswith(site.address) for item in items)


@pytest.mark.parametrize("article", ARTICLES)
def test_news_article_says_what_search_engines_want(site, article):
    """Source: https://developers.google.com/search/docs/appearance/structured-data/article"""
    found = news_article(site, article)
    assert set(found) <= KNOWN
    assert 0 < len(found["headline"]) <= 110
    published, modified = (datetime.fromisoformat(found[name]) for name in ("datePublished", "dateModified"))
    assert published.tzinfo and modified.tzinfo and published <= modified
    assert found["author"] and all(person["@type"] in ("Person", "Organization") and person["name"] for person in found["author"])
    assert all(person["url"].startswith(site.address + "/authors/") for person in found["author"] if person["@type"] == "Person")
    assert found["publisher"]["name"] and found["publisher"]["logo"]["url"].startswith(site.address)
    assert found["mainEntityOfPage"] == site.page(article).path.removesuffix("/all").removesuffix("/2")


@pytest.mark.parametrize("article", ARTICLES)
def test_news_article_shows_a_picture_of_its_size(ask, site, article):
    (shown,) = news_article(site, article)["image"]
    answer = ask(shown["url"])
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("image/")
    assert Image.open(io.BytesIO(answer.body)).size == (shown["width"], shown["height"])


def test_translated_article_names_translator_and_original(site):
    found = news_article(site, "article-translated")
    assert [person["name"] for person in found["translator"]]
    assert found["translationOfWork"]["headline"] == "A Hat for Every Lamp"
    assert found["translationOfWork"]["inLanguage"] == "en"


def test_sponsored_article_says_so_to_machines(site):
    found = news_article(site, "article-sponsored")
    assert (found["@type"], found["sponsor"]["name"]) == ("AdvertiserContentArticle", "潮路ホールディングス")


def test_stub_claims_to_be_no_article(site):
    objects = linked_data(lxml.html.document_fromstring(site.html("article-stub")))
    assert {entry["@type"] for entry in objects} <= {"BreadcrumbList"}
