"""What readers may see, and pages that follow another: as Wagtail has it, without its looks at every page."""

import pytest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from kawaraban.demo import builders
from kawaraban.desk.models import Article
from kawaraban.desk.querysets import private

pytestmark = pytest.mark.django_db


def test_nothing_is_private_without_a_restriction(front) -> None:
    assert not Page.objects.filter(private()).exists()


def test_private_is_what_wagtail_says(front) -> None:
    sections = [builders.make_section(name, slug=name) for name in ("sea", "hill", "town")]
    articles = [builders.make_article(section=section) for section in sections]
    for page in (sections[0], articles[1]):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    asked = Page.objects.order_by("path")
    assert list(asked.filter(private())) == list(asked.filter(PageQuerySet.private_q(asked)))
    assert list(Article.objects.shown()) == [articles[2]]


def test_an_alias_follows_its_page(front) -> None:
    article = builders.make_article("灯台の灯がともる")
    alias = article.create_alias(parent=builders.make_section("山", slug="hill"), update_slug="there")
    article.title = "灯台の灯が消える"
    article.save_revision().publish()
    assert Page.objects.get(pk=alias.pk).title == "灯台の灯が消える"
