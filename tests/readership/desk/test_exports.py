from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.readership.verdicts import Referrer, Verdict
from tests.readership.conftest import Read

if TYPE_CHECKING:
    from kawaraban.desk.models import Article


@pytest.fixture
def article(front: Any) -> Article:
    return builders.make_article("=SUM(A1)", slug="formula", section=builders.make_section("ワールド", slug="world"))


def table(client: Client, name: str, *arguments: Any) -> list[dict[str, str]]:
    answer = client.get(reverse(f"readership:{name}", args=arguments))
    assert answer["Content-Type"] == "text/csv; charset=utf-8" and "attachment" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_ranking_as_csv(desk: Client, article: Article, read: Read) -> None:
    read(article, 3)
    [row] = table(desk, "export", "24h", "csv")
    assert (row["rank"], row["article"], row["reads"], row["section"]) == ("1", str(article.pk), "3", "ワールド")
    assert row["headline"] == "'=SUM(A1)" and row["address"].endswith(article.address) and row["published_at"].endswith("+09:00")


def test_ranking_as_json(desk: Client, article: Article, read: Read) -> None:
    read(article, 3)
    told = desk.get(reverse("readership:export", args=("7d", "json"))).json()
    assert told["window"] == "7d" and [(row["rank"], row["article"], row["reads"], row["headline"]) for row in told["rows"]] == [
        (1, article.pk, 3, "=SUM(A1)")
    ]


@pytest.mark.slow
def test_ranking_goes_on_beyond_the_list(desk: Client, article: Article, read: Read) -> None:
    for number in range(12):
        read(builders.make_article(f"記事{number}", slug=f"piece-{number}", section=article.section), 20 - number)
    rows = table(desk, "export", "24h", "csv")
    assert [int(row["rank"]) for row in rows] == list(range(1, 13)) and [int(row["reads"]) for row in rows] == list(range(20, 8, -1))


def test_article_as_csv(desk: Client, article: Article, read: Read) -> None:
    read(article, 3, referrer=Referrer.SEARCH), read(article, 2, verdict=Verdict.ROBOT), read(article, 4, timezone.now() - timedelta(days=3))
    rows = table(desk, "export_article", article.pk, "csv")
    hours = [row for row in rows if row["grain"] == "hour"]
    assert [(row["accepted"], row["rejected_robot"], row["referrer_search"]) for row in hours] == [("4", "0", "0"), ("3", "2", "3")]
    assert sum(int(row["accepted"]) for row in rows if row["grain"] == "day") == 7


def test_article_as_json(desk: Client, article: Article, read: Read) -> None:
    read(article, 3)
    told = desk.get(reverse("readership:export_article", args=(article.pk, "json"))).json()
    assert told["article"] == article.pk and [row["accepted"] for row in told["rows"]] == [3, 3]


@pytest.mark.parametrize("address", ["/desk/readership/1h.csv", "/desk/readership/24h.xml"])
def test_export_of_nonsense(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 404
