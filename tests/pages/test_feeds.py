from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from kawaraban.demo import builders
from kawaraban.desk.models import Front, Section


def items(client: Client, address: str = "/feed.xml") -> list[ElementTree.Element]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content).findall("channel/item")


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def test_feed_of_an_empty_magazine(client: Client, front: Front) -> None:
    assert items(client) == []


def test_feed_item(client: Client, section: Section) -> None:
    author, translator = builders.make_author("灘波澄香", slug="a"), builders.make_author("志津谷玲", slug="b")
    made = builders.make_article(
        "汐見《しおみ》の灯",
        deck="島へ",
        lead="灯が戻る。",
        section=section,
        authors=[(author, "author"), (translator, "translator")],
        picture=builders.make_picture(),
        now=datetime(2026, 7, 10, 9, tzinfo=UTC),
    )
    (item,) = items(client)
    assert {name: item.findtext(name) for name in ("title", "link", "description", "category", "guid")} == {
        "title": "汐見の灯── 島へ",
        "link": f"http://127.0.0.1:8000{made.address}",
        "description": "灯が戻る。",
        "category": "ワールド",
        "guid": f"kawaraban:article:{made.pk}",
    }
    assert parsedate_to_datetime(item.findtext("pubDate")) == datetime(2026, 7, 10, 8, tzinfo=UTC)
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "灘波澄香"
    assert int(item.find("enclosure").get("length")) > 0 and item.find("enclosure").get("type") == "image/jpeg"


def test_feed_labels_what_was_paid_for(client: Client, section: Section) -> None:
    builders.make_article("別荘の夏", section=section, is_sponsored=True, sponsor="凪浜海運")
    assert [item.findtext("title") for item in items(client)] == ["PR: 別荘の夏"]


def test_feed_of_a_section(client: Client, section: Section) -> None:
    builders.make_article("海の外", section=section)
    builders.make_article("商い", section=builders.make_section("ビジネス", slug="business"))
    assert [item.findtext("title") for item in items(client, "/world/feed.xml")] == ["海の外"]


def test_feed_has_thirty_newest_first(client: Client, section: Section) -> None:
    for place in range(32):
        builders.make_article(f"記事{place:02}", slug=f"article-{place}", section=section, age=timedelta(minutes=place + 1))
    assert [item.findtext("title") for item in items(client)] == [f"記事{place:02}" for place in range(30)]


@pytest.mark.parametrize("path", ["/nowhere/feed.xml", "/topics/feed.xml"])
def test_feed_of_what_is_no_section(client: Client, front: Front, path: str) -> None:
    assert client.get(path).status_code == 404


def test_feed_asks_as_much_for_few_as_for_more(client: Client, section: Section, django_assert_num_queries) -> None:
    author = builders.make_author()
    for count in range(2):
        for place in range(3):
            builders.make_article(section=section, slug=f"a-{count}-{place}", picture=builders.make_picture(), authors=[(author, "author")])
        client.get("/feed.xml")
        with django_assert_num_queries(6):
            client.get("/feed.xml")
