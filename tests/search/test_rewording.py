"""The desk's entries are worded anew in the background, and found meanwhile."""

from collections.abc import Iterator

import pytest
from modelsearch.backends import get_search_backend

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.search import rewording
from kawaraban.search.models import Wording

PLAIN = {"default": {"BACKEND": "kawaraban.desk.searching"}}
WORDED = {"default": {"BACKEND": "kawaraban.search.backend"}}


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    rewording.Known.looked, rewording.Known.is_done = float("-inf"), False
    yield
    rewording.Known.looked, rewording.Known.is_done = float("-inf"), False


@pytest.fixture
def articles(front: Front, settings) -> list[Article]:
    """Indexed by an earlier release."""
    settings.WAGTAILSEARCH_BACKENDS = PLAIN
    made = [builders.make_article(f"Harbour {number} 経済制裁", slug=f"a{number}") for number in range(rewording.AT_ONCE + 3)]
    for article in made:
        get_search_backend().add(article)
    settings.WAGTAILSEARCH_BACKENDS = WORDED
    return made


def found(text: str) -> int:
    return get_search_backend().search(text, Article).count()


def test_old_entries_are_found_until_they_are_reworded(articles: list[Article]) -> None:
    assert (found("harbour"), found("制裁")) == (len(articles), 0)
    while not Wording.objects.filter(is_done=True).exists():
        rewording.turn(lambda: True)
    assert (found("harbour"), found("制裁")) == (len(articles), len(articles))
    assert rewording.turn(lambda: False) == 0


def test_it_goes_on_where_it_was(articles: list[Article]) -> None:
    counts = []
    while count := rewording.turn(lambda: True):
        counts.append(count)
    assert max(counts) == rewording.AT_ONCE
    assert rewording.left() == 0
    assert found("制裁") == len(articles)


def test_another_way_of_cutting_begins_anew(articles: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    rewording.turn(lambda: False)
    monkeypatch.setattr(rewording, "FORM", rewording.FORM + 1)
    rewording.Known.looked = float("-inf")
    assert rewording.left() >= len(articles)
    assert rewording.turn(lambda: False) >= len(articles)
