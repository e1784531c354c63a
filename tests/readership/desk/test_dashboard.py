"""The dashboard through its addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.readership.verdicts import Referrer, Verdict
from tests.readership.conftest import Read

if TYPE_CHECKING:
    from kawaraban.desk.models import Article, Section

HOUR = timedelta(hours=1)


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('readership:index')}?{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def main(html: str) -> str:
    return html[html.index('class="reads-desk') :]


def ranks(html: str, window: str = "24h") -> list[tuple[str, str]]:
    """Headline and reads of a list."""
    part = html[html.index(f'id="reads-list-{window}"') :]
    part = part[: part.index("</section>")]
    return re.findall(r'class="reads-title"><a [^>]*>([^<]*)</a>.*?class="reads-count">([\d,]*)', part, re.DOTALL)


@pytest.fixture
def section(front: Any) -> Section:
    return builders.make_section("ワールド", slug="world")


@pytest.fixture
def articles(section: Section) -> list[Article]:
    return [builders.make_article(f"記事{name}", slug=f"piece-{place}", section=section) for place, name in enumerate("甲乙丙")]


def test_dashboard_of_a_site_without_reads(desk: Client, section: Section) -> None:
    html = page(desk)
    assert "reads-blank" in html and '<svg class="reads-chart"' not in html and "kawaraban readership replay" in html


def test_dashboard_counts_and_ranks(desk: Client, articles: list[Article], read: Read) -> None:
    first, second, third = articles
    read(first, 3), read(second, 12), read(third, 1, timezone.now() - 3 * 24 * HOUR)
    html = page(desk)
    assert ranks(html) == [("記事乙", "12"), ("記事甲", "3")]
    assert ranks(html, "7d") == [("記事乙", "12"), ("記事甲", "3"), ("記事丙", "1")]
    assert re.search(r"<dd>15</dd>", html)


def test_dashboard_says_how_the_list_has_moved(desk: Client, articles: list[Article], read: Read) -> None:
    first, second, third = articles
    read(first, 5, timezone.now() - 3 * HOUR), read(second, 3, timezone.now() - 3 * HOUR), read(second, 4), read(third, 1)
    found = re.findall(r'reads-move is-(\w+)"', page(desk))
    assert found[:3] == ["up", "down", "new"]


def test_dashboard_of_a_section(desk: Client, articles: list[Article], read: Read) -> None:
    other = builders.make_article("よそ", slug="elsewhere", section=builders.make_section("ビジネス", slug="business"))
    read(articles[0], 2), read(other, 9)
    html = page(desk, f"section={other.section_id}")
    assert ranks(html) == [("よそ", "9")] and re.search(r"<dd>9</dd>", html) and not re.search(r"<dd>11</dd>", html)


@pytest.mark.parametrize("query", ["section=x", "section=99999999999999999999", "section=", "section=-1"])
def test_dashboard_of_nonsense_is_the_whole(desk: Client, articles: list[Article], read: Read, query: str) -> None:
    read(articles[0], 2)
    assert ranks(page(desk, query)) == [("記事甲", "2")]


def test_dashboard_names_nothing_that_readers_may_not_see(desk: Client, articles: list[Article], section: Section, read: Read) -> None:
    sponsored = builders.make_article("広告", slug="paid", section=section, is_sponsored=True, sponsor="澪電機")
    read(articles[0], 2), read(articles[1], 5), read(sponsored, 9), read(123_456, 50)
    articles[1].unpublish()
    assert ranks(page(desk)) == [("記事甲", "2")]


def test_dashboard_shows_shares(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 6, referrer=Referrer.SEARCH), read(articles[1], 2, referrer=Referrer.INTERNAL), read(articles[1], 4, verdict=Verdict.ROBOT)
    html = page(desk)
    shares = html[html.index("reads-pair") :]
    rows = re.findall(r'<th scope="row">([^<]*)</th><td class="is-number">([\d,]+)</td>.*?<span>([\d.]+)%', shares, re.DOTALL)
    assert ("検索エンジン", "6", "75.0") in rows and ("ロボット", "4", "100.0") in rows and ("ワールド", "8", "100.0") in rows


def test_chart_has_title_description_and_a_table(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 2)
    html = main(page(desk))
    ids = re.search(r'<svg class="reads-chart" role="img" aria-labelledby="(\S+) (\S+)"', html).groups()
    assert f'<title id="{ids[0]}">' in html and f'<desc id="{ids[1]}">' in html
    table = html[html.index("reads-numbers") :]
    assert table[: table.index("</table>")].count("<tr>") == 25


def test_every_id_of_the_dashboard_is_there_once(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 60, network=7)
    found = re.findall(r'\bid="(reads-[^"]*)"', page(desk))
    assert len(found) == len(set(found)) > 10


@pytest.mark.slow
def test_dashboard_takes_the_same_queries_for_one_article_and_thirty(desk: Client, section: Section, read: Read) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    read(builders.make_article("記事", slug="one", section=section), 2)
    page(desk)
    with CaptureQueriesContext(connection) as one:
        page(desk)
    for number in range(30):
        read(builders.make_article(f"記事{number}", slug=f"piece-{number}", section=section), 2)
    with CaptureQueriesContext(connection) as thirty:
        page(desk)
    assert len(thirty) == len(one) <= 90


def test_headline_is_shown_as_text(desk: Client, section: Section, read: Read) -> None:
    article = builders.make_article("<script>alert(1)</script>", slug="crooked", section=section)
    read(article, 60, network=9)
    for address in (reverse("readership:index"), reverse("readership:article", args=(article.pk,))):
        assert "<script>alert(1)" not in desk.get(address).content.decode()


def test_dashboard_says_when_readers_see_an_older_list(desk: Client, articles: list[Article], read: Read, settings: Any) -> None:
    from kawaraban.readership.figures import stamp
    from kawaraban.readership.lists import rerank

    read(articles[0], 5)
    rerank(stamp(timezone.now()))
    assert "いまも" not in page(desk)
    rules = replace(settings.KAWARABAN.readership, least_reads=10)
    settings.KAWARABAN = replace(settings.KAWARABAN, readership=rules)
    rerank(stamp(timezone.now()))
    assert "いまも" in page(desk)


def test_list_leaves_out_what_is_too_old_and_says_so(desk: Client, articles: list[Article], read: Read, settings: Any) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, readership=replace(settings.KAWARABAN.readership, oldest_24h=2))
    type(articles[0]).objects.filter(pk=articles[0].pk).update(published_at=timezone.now() - timedelta(days=3))
    read(articles[0], 9), read(articles[1], 2)
    html = page(desk)
    assert ranks(html) == [("記事乙", "2")] and ranks(html, "7d") == [("記事甲", "9"), ("記事乙", "2")]
    assert "古い記事" in desk.get(reverse("readership:article", args=(articles[0].pk,))).content.decode()
