"""RSS 2.0 of the site and of each section. Source: https://www.rssboard.org/rss-specification"""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.views.decorators.http import require_safe

from kawaraban.desk import models
from kawaraban.pages.heads import absolute, magazine
from kawaraban.pages.images import SHARED, renditions
from kawaraban.pages.ruby import without_ruby
from kawaraban.pages.xml import fit_for_xml

LENGTH = 30


class Feed(Rss201rev2Feed):
    """One without items was last changed when the magazine began, not now: printed twice it is the same."""

    def latest_post_date(self):
        return max((item["pubdate"] for item in self.items), default=self.feed["begun"])


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    front = magazine()
    return feed(front, front.title, "/", front.description or front.title, "/feed.xml", models.Article.objects.published())


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    found = get_object_or_404(models.Section.objects.shown(), slug=section)
    articles = models.Article.objects.published().in_section(found)
    front = magazine()
    title = f"{front.title} | {found.title}"
    return feed(front, title, found.address, found.description or title, f"{found.address}/feed.xml", articles)


def feed(front: models.Front, title: str, address: str, description: str, feed_address: str, articles) -> HttpResponse:
    rss = Feed(
        begun=front.first_published_at or datetime(2000, 1, 1, tzinfo=UTC),
        title=fit_for_xml(title),
        link=absolute(address),
        description=fit_for_xml(description),
        language=settings.KAWARABAN.site.language,
        feed_url=absolute(feed_address),
    )
    for article in articles.newest_first().for_cards().prefetch_related("bylines__author")[:LENGTH]:
        add(rss, article)
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def add(rss: Rss201rev2Feed, article: models.Article) -> None:
    authors = [byline.author.title for byline in article.bylines.all() if byline.role == models.Byline.Role.AUTHOR]
    label = "PR: " if article.is_sponsored else ""
    rss.add_item(
        title=fit_for_xml(label + without_ruby(article.full_headline)),
        link=absolute(article.address),
        description=fit_for_xml(without_ruby(article.lead)),
        pubdate=article.published_at,
        author_name=fit_for_xml("、".join(authors)) or None,
        categories=[fit_for_xml(article.section.title)],
        unique_id=f"kawaraban:article:{article.pk}",
        unique_id_is_permalink=False,
        enclosures=enclosures(article),
    )


def enclosures(article: models.Article) -> list[Enclosure]:
    made = renditions(article.picture, (SHARED,)) if article.picture else []
    return [Enclosure(absolute(item.url), str(item.file.size), "image/jpeg") for item in made]
