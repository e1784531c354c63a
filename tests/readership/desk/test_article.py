"""An article's page of reads."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.readership.verdicts import Verdict
from tests.readership.conftest import Read

if TYPE_CHECKING:
    from kawaraban.desk.models import Article

HOUR = timedelta(hours=1)


def page(client: Client, article: Article) -> str:
    answer = client.get(reverse("readership:article", args=(article.pk,)))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def why(client: Client, article: Article, window: str = "24h") -> str:
    part = page(client, article).split(f'id="reads-why-{window}"')[1]
    return re.sub(r"<[^>]*>", " ", part[part.index(">") + 1 : part.index("</section>")])


@pytest.fixture
def articles(front: Any) -> list[Article]:
    section = builders.make_section("ワールド", slug="world")
    return [builders.make_article(f"記事{name}", slug=f"piece-{place}", section=section) for place, name in enumerate("甲乙丙丁")]


def test_sentence_says_why_it_is_third(desk: Client, articles: list[Article], read: Read) -> None:
    for article, times in zip(articles, (20, 9, 1012, 2), strict=True):
        read(article, times)
    told = why(desk, articles[1])
    assert "なぜ3位か" in told and "9回" in told and "「記事甲」" in told and "11回多く" in told and "「記事丁」" in told and "7回少な" in told


def test_sentence_tells_of_what_was_left_out(desk: Client, articles: list[Article], read: Read) -> None:
    sponsored = builders.make_article("広告", slug="paid", section=articles[0].section, is_sponsored=True, sponsor="澪電機")
    read(sponsored, 9), read(articles[0], 3)
    assert "なぜ1位か" in why(desk, articles[0]) and "広告企画1本" in why(desk, articles[0])
    assert "広告企画" in why(desk, sponsored) and "入っていない" in why(desk, sponsored)


def test_sentence_of_a_tie(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 3), read(articles[1], 3)
    sentences = why(desk, articles[0]) + why(desk, articles[1])
    assert "後から公開" in sentences or "先に公開" in sentences


def test_article_that_nobody_read(desk: Client, articles: list[Article]) -> None:
    html = page(desk, articles[0])
    assert "reads-chart" not in html and "なぜ入っていないか" in html


def test_article_of_what_is_gone(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 3)
    articles[0].unpublish()
    assert "読者に見えない" in why(desk, articles[0])
    assert desk.get(reverse("readership:article", args=(987_654,))).status_code == 404


def test_article_tells_its_hours_counted_and_rejected(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 7, timezone.now() - 5 * HOUR), read(articles[0], 3, verdict=Verdict.ROBOT), read(articles[1], 99)
    html = page(desk, articles[0])
    rows = re.findall(r'<tr><th scope="row">[^<]*</th><td class="is-number">(\d+)</td><td class="is-number">(\d+)</td></tr>', html)
    assert rows[47] == ("0", "3") and rows[42] == ("7", "0") and len(rows) == 48 + 30
    assert sum(int(accepted) for accepted, _rejected in rows[48:]) == 7


def test_article_tells_the_largest_networks_share(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 30), read(articles[0], 10, network=99)
    html = page(desk, articles[0])
    assert "25%（40回のうち10回）" in html and "reads-flags" not in html


def test_flagged_article_says_so_and_counts_on(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 30), read(articles[0], 40, network=99)
    assert "57%" in page(desk, articles[0]).partition("reads-flags")[2].partition("</section>")[0]
    html = unescape(desk.get(reverse("readership:index")).content.decode())
    assert "reads-flags" in html and re.search(r"<dd>70</dd>", html)


@pytest.mark.parametrize(("apart", "together", "is_flagged"), [(30, 30, True), (31, 30, False), (24, 25, False)])
def test_flag_begins_at_the_settings(desk: Client, articles: list[Article], read: Read, apart: int, together: int, is_flagged: bool) -> None:
    read(articles[0], apart), read(articles[0], together, network=99)
    assert ("reads-flags" in page(desk, articles[0])) is is_flagged


def test_home_page_names_what_is_flagged(desk: Client, articles: list[Article], read: Read) -> None:
    read(articles[0], 9), read(articles[1], 60, network=99)
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "reads-home-title" in html and "記事乙" in html.split("reads-home-title", 1)[1]
    read(articles[1], 61)
    assert "reads-home-title" not in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_form_of_an_article_leads_to_its_reads(desk: Client, articles: list[Article]) -> None:
    html = desk.get(reverse("wagtailadmin_pages:edit", args=(articles[0].pk,))).content.decode()
    assert reverse("readership:article", args=(articles[0].pk,)) in html
    front = desk.get(reverse("wagtailadmin_pages:edit", args=(articles[0].get_parent().pk,))).content.decode()
    assert "/desk/readership/" + str(articles[0].get_parent().pk) not in front
