"""The desk's search: what a save costs the index, and in which order hits come."""

from django.core.management import call_command
from modelsearch.backends import get_search_backend
from wagtail.search.models import IndexEntry

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front

UNWEIGHED = 1.0
TITLES = {"harbour": "Harbour", "north": "Harbour of the north"}


def entry(article: Article) -> IndexEntry:
    return IndexEntry.objects.get(object_id=str(article.pk))


def test_a_save_leaves_the_other_entries_alone(front: Front) -> None:
    backend = get_search_backend()
    first, second = (builders.make_article(title, slug=slug) for slug, title in TITLES.items())
    backend.add(first)
    assert entry(first).title_norm == UNWEIGHED
    backend.add(second)
    assert [entry(article).title_norm for article in (first, second)] == [UNWEIGHED, UNWEIGHED]


def test_a_new_index_weighs_titles_by_their_length(front: Front) -> None:
    first, second = (builders.make_article(title, slug=slug) for slug, title in TITLES.items())
    call_command("update_index", verbosity=0)
    assert entry(first).title_norm > entry(second).title_norm


def test_newest_come_first_while_typing(front: Front) -> None:
    backend = get_search_backend()
    older, newer = (builders.make_article(title, slug=slug) for slug, title in TITLES.items())
    for article in (newer, older):
        backend.add(article)
    newest_first = Article.objects.order_by("-first_published_at")
    assert [found.pk for found in backend.autocomplete("harb", newest_first)] == [newer.pk, older.pk]
