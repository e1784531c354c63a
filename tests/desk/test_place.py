from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from kawaraban.demo import builders
from kawaraban.desk.actions.place import place
from kawaraban.desk.models import Article, Front, Month, Section


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


@pytest.mark.parametrize(
    ("moment", "slug"),
    [
        (datetime(2026, 6, 30, 14, 59, tzinfo=UTC), "2026-06"),
        (datetime(2026, 6, 30, 15, 0, tzinfo=UTC), "2026-07"),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "2027-01"),
    ],
)
def test_month_begins_in_the_sites_time_zone(section: Section, moment: datetime, slug: str) -> None:
    assert section.month_of(moment).slug == slug


def test_month_is_made_once(section: Section) -> None:
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    assert section.month_of(moment) == section.month_of(moment)
    assert Month.objects.count() == 1


def test_month_that_two_make_at_the_same_moment_is_one(section: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    moment, looked, first = datetime(2026, 7, 1, tzinfo=UTC), list[type](), QuerySet.first
    month = Section.objects.get().month_of(moment)

    def first_as_before(found: QuerySet) -> object:
        looked.append(found.model)
        return None if looked == [Month] else first(found)

    monkeypatch.setattr(QuerySet, "first", first_as_before)
    assert section.month_of(moment) == month
    assert looked.count(Month) > 1 and Month.objects.count() == 1


def test_article_is_moved_to_its_month(section: Section) -> None:
    article = section.add_child(
        instance=Article(title="海の道", slug="sea", section=section, live=False, published_at=datetime(2026, 7, 1, tzinfo=UTC))
    )
    assert place(article).address == "/world/2026-07/sea"


def test_article_that_is_seen_at_once_is_filed_there(section: Section) -> None:
    for slug in ("sea", "sea-2"):
        article = section.add_child(instance=Article(title="海の道", slug="sea", section=section, published_at=datetime(2026, 7, 1, tzinfo=UTC)))
        assert article.address == f"/world/2026-07/{slug}"


@pytest.mark.parametrize("below", [lambda section: section, Section.month_of], ids=["section", "month"])
def test_scheduled_article_is_never_live_before_its_time(section: Section, below: Callable[[Section], Page]) -> None:
    parent = below(section)
    article = parent.add_child(instance=Article(title="海の道", slug="sea", section=section, go_live_at=timezone.now() + timedelta(hours=1)))
    assert not Article.objects.get().live
    assert article.get_parent().pk == parent.pk


def test_article_that_lies_there_stays(section: Section, django_assert_num_queries) -> None:
    article = builders.make_article(section=section)
    with django_assert_num_queries(0):
        assert place(article) is article


def test_article_follows_its_section(section: Section) -> None:
    article = builders.make_article(section=section, slug="sea", now=datetime(2026, 7, 10, tzinfo=UTC))
    article.section = builders.make_section("ビジネス", slug="business")
    article.save_revision().publish()
    assert Article.objects.get().address == "/business/2026-07/sea"


def test_two_of_one_name_in_two_sections(section: Section) -> None:
    moment = datetime(2026, 7, 10, tzinfo=UTC)
    builders.make_article(section=builders.make_section("ビジネス", slug="business"), slug="sea", now=moment)
    article = builders.make_article(section=section, slug="sea", now=moment)
    article.section = Section.objects.get(slug="business")
    article.save_revision().publish()
    assert len({found.address for found in Article.objects.all()}) == 2


def test_tree_stays_whole(section: Section) -> None:
    for _ in range(3):
        article = section.add_child(instance=Article(title="海の道", section=section, live=False, body=builders.make_body()))
        article.save_revision().publish()
    assert Article.find_problems() == ([], [], [], [], [])
    call_command("fixtree", interactive=False, verbosity=0)
    assert Month.objects.get().get_children().count() == 3


def test_article_is_published_where_it_belongs_or_not_at_all(section: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    article = section.add_child(instance=Article(title="海の道", section=section, live=False, body=builders.make_body()))
    monkeypatch.setattr(Article, "move", lambda self, *where, **how: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        article.save_revision().publish()
    assert not Article.objects.get().live


def test_article_with_a_number_can_be_edited_and_published_again(section: Section) -> None:
    for _ in range(2):
        article = section.add_child(instance=Article(title="海の道", slug="road", section=section, live=False, body=builders.make_body()))
        article.save_revision().publish()
    edited = Article.objects.get(slug="road-2").get_latest_revision_as_object()
    edited.title = "海の道、その後"
    edited.save_revision().publish()
    assert [found.address.rsplit("/", 1)[1] for found in Article.objects.order_by("pk")] == ["road", "road-2"]
