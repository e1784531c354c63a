import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Author, Authors, Front, Issues, Lead, Month, Mooks, Section, Topic, Topics
from kawaraban.pages import directories, listings
from kawaraban.pages.wire import wire


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world", latin="WORLD", description="海の外から。")


def fill(count: int, section: Section, **values: object) -> list[Article]:
    """Articles with a picture each, newest first."""
    return [
        builders.make_article(
            f"記事{place:02}",
            slug=f"article-{place}",
            section=section,
            age=timedelta(minutes=1 + place),
            picture=builders.make_picture(),
            body=builders.make_body(),
            **values,
        )
        for place in range(count)
    ]


def titles(listing: object) -> list[str]:
    return [card.title for card in listing.cards]


def test_section_newest_first(section: Section) -> None:
    articles = fill(3, section)
    builders.make_article("別の部", section=builders.make_section("ビジネス"))
    assert titles(listings.section(section, None)) == [article.title for article in articles]


def test_section_says_what_it_is(section: Section) -> None:
    listing = listings.section(section, None)
    assert (listing.title, listing.latin, listing.description) == ("ワールド", "WORLD", "海の外から。")
    assert (listing.head.canonical, listing.head.feed) == ("http://127.0.0.1:8000/world", "/world/feed.xml")


def test_section_of_an_article_is_its_field_not_its_place(section: Section) -> None:
    article = builders.make_article(section=builders.make_section("ビジネス"))
    Article.objects.filter(pk=article.pk).update(section=section)
    assert titles(listings.section(section, None)) == [article.title]


def test_month_lists_what_lies_in_it(section: Section) -> None:
    old = builders.make_article("先々月の記事", section=section, age=timedelta(days=62))
    builders.make_article("今月の記事", section=section)
    assert titles(listings.month(old.get_parent().specific, None)) == ["先々月の記事"]


def test_latest_has_every_section(section: Section) -> None:
    builders.make_article("ひとつ", section=section, age=timedelta(hours=1))
    builders.make_article("ふたつ", section=builders.make_section("ビジネス"), age=timedelta(hours=2))
    assert titles(listings.latest(None)) == ["ひとつ", "ふたつ"]


@pytest.mark.parametrize(("kind", "order"), [("hub", ["新しい", "古い"]), ("series", ["古い", "新しい"]), ("sponsored", ["古い", "新しい"])])
def test_topic_order(section: Section, kind: str, order: list[str]) -> None:
    topic = builders.make_topic(kind=kind, sponsor="凪浜海運")
    for title, hours in (("新しい", 1), ("古い", 30)):
        builders.make_article(title, section=section, topics=[topic], age=timedelta(hours=hours))
    listing = listings.topic(topic, None)
    assert (titles(listing), listing.is_numbered) == (order, kind != "hub")
    assert listing.sponsor == ("凪浜海運" if kind == "sponsored" else "")


def test_author_once_for_two_roles(section: Section) -> None:
    author = builders.make_author()
    builders.make_article("両方した記事", section=section, authors=[(author, "author"), (author, "photographer")])
    assert titles(listings.author(author, None)) == ["両方した記事"]


def test_stub_is_in_no_listing(section: Section) -> None:
    stub = builders.make_article("見出しだけ", section=section)
    Article.objects.filter(pk=stub.pk).update(published_at=None)
    assert titles(listings.latest(None)) == titles(listings.section(section, None)) == []


@pytest.mark.parametrize(
    ("page", "previous", "following", "canonical"),
    [("1", "", "/world?page=2", "/world"), ("2", "/world", "/world?page=3", "/world?page=2"), ("3", "/world?page=2", "", "/world?page=3")],
)
def test_paging_says_where_one_is(
    monkeypatch: pytest.MonkeyPatch, section: Section, page: str, previous: str, following: str, canonical: str
) -> None:
    monkeypatch.setattr(listings, "page_size", lambda: 2)
    fill(5, section)
    head = listings.section(section, page).head
    assert (head.previous, head.following, head.canonical) == (previous, following, f"http://127.0.0.1:8000{canonical}")


def test_paging_shows_each_article_once(monkeypatch: pytest.MonkeyPatch, section: Section) -> None:
    monkeypatch.setattr(listings, "page_size", lambda: 2)
    moment = timezone.now()
    for place in range(5):
        builders.make_article(f"同時{place}", slug=f"same-{place}", section=section, now=moment)
    found = [title for page in ("1", "2", "3") for title in titles(listings.section(section, page))]
    assert sorted(found) == [f"同時{place}" for place in range(5)]


def test_front_page_leads_then_bands(front: Front, section: Section) -> None:
    articles = fill(9, section)
    front.leads = [Lead(article=articles[3], sort_order=0), Lead(article=articles[8], sort_order=1)]
    front.save()
    page = listings.front_page(front)
    assert page.hero.title == "記事03"
    assert [card.title for card in page.leads] == ["記事08", "記事00", "記事01", "記事02", "記事04"]
    assert [page.bands[0].first.title, *titles(page.bands[0])] == ["記事05", "記事06", "記事07"]


def test_front_page_of_an_empty_magazine(client: Client, front: Front) -> None:
    assert listings.front_page(front).hero is None
    assert client.get("/").status_code == 200


def test_front_page_fills_with_no_sponsored_piece(front: Front, section: Section) -> None:
    builders.make_article("広告", section=section, is_sponsored=True, sponsor="凪浜海運")
    assert listings.front_page(front).hero is None


def test_front_page_json_ld(client: Client, front: Front) -> None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").content.decode())
    assert [json.loads(text)["@type"] for text in found] == ["WebSite"]


def asked(build: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        build()
    return len(queries)


def fill_everything(places: range, section: Section) -> None:
    hub, namba = Topic.objects.get(slug="hub"), Author.objects.get(slug="namba")
    for place in places:
        picture = builders.make_picture()
        builders.make_article(
            f"記事{place}",
            slug=f"article-{place}",
            section=section,
            picture=picture,
            topics=[hub],
            authors=[(namba, "author")],
            body=builders.make_body(),
        )
        builders.make_issue(f"号{place}", on_sale=timezone.localdate() - place * builders.WEEK, cover=picture)
        builders.make_mook(f"別冊{place}", slug=f"mook-{place}", cover=picture)
        builders.make_topic(f"話題{place}", slug=f"topic-{place}", picture=picture)
        builders.make_author(f"筆者{place}", slug=f"author-{place}", picture=picture)
        builders.make_wire_item(f"配信{place}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("build", "queries"),
    [
        (lambda: listings.front_page(Front.objects.get()), 11),
        (lambda: listings.section(Section.objects.get(), None), 6),
        (lambda: listings.month(Month.objects.get(), None), 7),
        (lambda: listings.latest(None), 5),
        (lambda: listings.topic(Topic.objects.get(slug="hub"), None), 7),
        (lambda: listings.author(Author.objects.get(slug="namba"), None), 7),
        (lambda: directories.topics(Topics.objects.get()), 5),
        (lambda: directories.authors(Authors.objects.get()), 5),
        (lambda: directories.mooks(Mooks.objects.get()), 5),
        (lambda: directories.issues(Issues.objects.get(), None), 6),
        (lambda: wire("", None), 5),  # one for each section, and one that finds no more
    ],
    ids=["front", "section", "month", "latest", "topic", "author", "topics", "authors", "mooks", "issues", "wire"],
)
def test_queries_are_as_many_for_few_as_for_more(section: Section, build: Callable[[], object], queries: int) -> None:
    builders.make_topic(slug="hub"), builders.make_author(slug="namba")
    fill_everything(range(2), section)
    build()  # makes the pictures' sizes
    assert asked(build) == queries
    fill_everything(range(2, 5), section)
    build()
    assert asked(build) == queries
