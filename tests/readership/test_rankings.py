from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.readership.models import ImportedRank, Window
from kawaraban.readership.rankings import most_read, replace_imported


@pytest.fixture
def articles(front: Front) -> list[Article]:
    return [builders.make_article(f"記事{place}", slug=f"article-{place}") for place in range(5)]


def titles(window: Window = Window.DAY, length: int = 10) -> list[str]:
    return [article.title for article in most_read(window, length).articles]


def test_most_read_keeps_the_order(articles: list[Article]) -> None:
    replace_imported(Window.DAY, reversed(articles))
    assert titles() == ["記事4", "記事3", "記事2", "記事1", "記事0"]


def test_most_read_of_each_window(articles: list[Article]) -> None:
    for window, article in zip(Window, articles, strict=False):
        replace_imported(window, [article])
    assert [titles(window) for window in Window] == [["記事0"], ["記事1"], ["記事2"]]


@pytest.mark.parametrize("length", [0, 1, 3, 5, 9])
def test_most_read_is_no_longer_than_asked(articles: list[Article], length: int) -> None:
    replace_imported(Window.DAY, articles)
    assert len(titles(length=length)) == min(length, 5)


def test_most_read_fills_up_after_what_is_hidden(articles: list[Article]) -> None:
    replace_imported(Window.DAY, articles)
    Article.objects.filter(slug="article-0").update(live=False)
    Article.objects.filter(slug="article-2").update(published_at=timezone.now() + timedelta(hours=1))
    assert titles(length=3) == ["記事1", "記事3", "記事4"]


def test_most_read_leaves_out_what_was_paid_for(articles: list[Article]) -> None:
    replace_imported(Window.DAY, articles)
    Article.objects.filter(slug="article-1").update(is_sponsored=True)
    assert "記事1" not in titles()


def test_most_read_names_stubs(articles: list[Article]) -> None:
    replace_imported(Window.DAY, articles)
    Article.objects.filter(slug="article-1").update(published_at=None)
    assert "記事1" in titles()


def test_most_read_without_a_list(front: Front) -> None:
    assert titles() == []


def test_replacing_says_whether_anything_changed(articles: list[Article]) -> None:
    assert replace_imported(Window.DAY, articles)
    assert not replace_imported(Window.DAY, articles)
    assert replace_imported(Window.DAY, articles[:2])
    assert replace_imported(Window.DAY, [])
    assert titles() == []


def test_rank_goes_with_its_article(articles: list[Article]) -> None:
    replace_imported(Window.DAY, articles)
    articles[0].delete()
    assert titles() == ["記事1", "記事2", "記事3", "記事4"]


def test_one_article_a_rank(articles: list[Article]) -> None:
    replace_imported(Window.DAY, articles[:1])
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedRank.objects.create(window=Window.DAY, position=1, article=articles[1])
