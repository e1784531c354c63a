import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Front

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
HOST = "http://127.0.0.1:8000"


def tree(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def places(client: Client, path: str) -> list[str]:
    return [place.text.removeprefix(HOST) for place in tree(client, path).findall("*/s:loc", NAMES)]


def test_index_names_each_month_with_articles(client: Client, front: Front) -> None:
    builders.make_article("七月", slug="july", now=datetime(2026, 7, 10, tzinfo=UTC))
    builders.make_article("三月", slug="march", now=datetime(2026, 3, 10, tzinfo=UTC))
    assert places(client, "/sitemap.xml") == ["/sitemaps/pages.xml", "/sitemaps/2026-03.xml", "/sitemaps/2026-07.xml"]


def test_month_begins_in_the_sites_time_zone(client: Client, front: Front) -> None:
    made = builders.make_article(now=datetime(2026, 6, 30, 16, tzinfo=UTC))  # 0:00 on 1 July in Tokyo
    assert places(client, "/sitemaps/2026-07.xml") == [made.address]
    assert client.get("/sitemaps/2026-06.xml").status_code == 404


def test_pages_names_everything_but_articles(client: Client, front: Front) -> None:
    builders.make_article(section=builders.make_section("ワールド", slug="world"))
    builders.make_topic(slug="hub")
    assert places(client, "/sitemaps/pages.xml") == [
        "/",
        "/topics",
        "/topics/hub",
        "/authors",
        "/magazine",
        "/mooks",
        "/world",
        "/latest",
        "/wire",
        "/ranking",
        "/newsletter",
    ]


def test_every_place_is_there(client: Client, front: Front) -> None:
    builders.make_article(topics=[builders.make_topic()], authors=[(builders.make_author(), "author")])
    builders.make_issue()
    found = [place for path in places(client, "/sitemap.xml") for place in places(client, path)]
    assert {place: client.get(place).status_code for place in found} == dict.fromkeys(found, 200)


def test_news_has_two_days_without_what_was_paid_for(client: Client, front: Front) -> None:
    for title, age, paid in (("今日", 1, False), ("昨日", 47, False), ("一昨日", 49, False), ("広告", 2, True)):
        builders.make_article(title, slug=f"news-{age}", age=timedelta(hours=age), is_sponsored=paid, sponsor="凪浜海運" if paid else "")
    found = tree(client, "/sitemap-news.xml")
    assert [title.text for title in found.findall("*/n:news/n:title", NAMES)] == ["今日", "昨日"]
    assert found.findtext("*/n:news/n:publication/n:name", namespaces=NAMES) == "汐見"


def test_robots_names_the_sitemaps(client: Client, front: Front) -> None:
    body = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {HOST}/sitemap.xml\nSitemap: {HOST}/sitemap-news.xml" in body


def test_manifest(client: Client, front: Front) -> None:
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert (answer["Content-Type"], told["name"], told["lang"]) == ("application/manifest+json", "汐見", "ja")
    for icon in told["icons"]:
        with closing(client.get(icon["src"])) as file:
            assert (file.status_code, file["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(
    "path",
    ["/sitemaps/2026-00.xml", "/sitemaps/2026-13.xml", "/sitemaps/1-1.xml", "/sitemaps/9999-12.xml", "/sitemaps/2001-01.xml", "/sitemaps/x.xml"],
)
def test_month_that_is_none(client: Client, front: Front, path: str) -> None:
    assert client.get(path).status_code == 404


def test_address_with_an_ampersand_is_escaped(client: Client, front: Front) -> None:
    builders.make_article("塩 & 灯 <b>", slug="salt", now=timezone.now())
    assert tree(client, "/sitemap-news.xml").findtext("*/n:news/n:title", namespaces=NAMES) == "塩 & 灯 <b>"
