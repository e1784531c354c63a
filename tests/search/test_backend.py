"""The desk's search finds Japanese: two characters, names, other spellings, while typing and after."""

import pytest
from modelsearch.backends import get_search_backend
from modelsearch.query import Or, Phrase, PlainText

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.search import wording

HEADLINE = "北朝鮮の首相、経済制裁の解除を東京都の渡邊氏に求める"
FOUND = ["経済", "首相", "制裁", "京都", "北朝鮮", "渡辺", "渡邊", "解除 首相", "ＧＤＰ", "サーバ", "サーバー", "server", "2万人", "齊藤", "木"]
NOT_FOUND = ["議長", "経済 議長", "？", "'\"", ") OR (", "%s", "*", ":"]


@pytest.fixture
def article(front: Front, settings) -> Article:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kawaraban.search.backend"}}
    article = builders.make_article(HEADLINE, slug="north", deck="GDPとサーバー、斉藤佐々木氏の20000人、servers")
    other = builders.make_article("牡蠣の殻をセメントに", slug="shells")
    for made in (article, other):
        get_search_backend().add(made)
    return article


@pytest.mark.parametrize("query", FOUND)
def test_search_finds(article: Article, query: str) -> None:
    assert [found.pk for found in get_search_backend().search(query, Article)] == [article.pk]


@pytest.mark.parametrize("query", ["経", "経済", "首相", "京都", "渡辺", "解除 首"])
def test_typing_finds(article: Article, query: str) -> None:
    assert [found.pk for found in get_search_backend().autocomplete(query, Article)] == [article.pk]


@pytest.mark.parametrize("query", NOT_FOUND)
def test_search_does_not_find(article: Article, query: str) -> None:
    assert list(get_search_backend().search(query, Article)) == []


def test_structured_queries_are_asked_in_words(article: Article) -> None:
    backend = get_search_backend()
    assert [found.pk for found in backend.search(PlainText("経済") & ~PlainText("牡蠣"), Article)] == [article.pk]
    assert backend.search(Or([Phrase("経済制裁"), PlainText("牡蠣")]), Article).count() == 2
    assert backend.search(PlainText("首相 牡蠣", operator="or"), Article).count() == 2


def test_a_deleted_article_is_not_found(article: Article) -> None:
    article.delete()
    assert list(get_search_backend().search("経済", Article)) == []


def test_words_of_a_long_text_are_found(article: Article) -> None:
    long = builders.make_article("牡蠣", slug="long", body=builders.make_body("島の灯台は古い。" * 100 + "首長も来た。"))
    get_search_backend().add(long)
    assert [found.pk for found in get_search_backend().search("首長", Article)] == [long.pk]
    assert len(wording.for_index("島の灯台は古い。" * 100)) < 30
