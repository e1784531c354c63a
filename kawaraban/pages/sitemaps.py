"""What crawlers and phones ask for: sitemaps, robots.txt, the manifest.

Sources: https://www.sitemaps.org/protocol.html and Google's news sitemap schema 0.9.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from kawaraban.desk import models
from kawaraban.desk.addresses import address_of
from kawaraban.desk.querysets import private
from kawaraban.pages import when
from kawaraban.pages.assets import asset
from kawaraban.pages.heads import absolute, magazine
from kawaraban.pages.ruby import without_ruby
from kawaraban.pages.xml import fit_for_xml

NEWS_AGE = timedelta(hours=48)
NEWS_GREATEST = 1000
OWN = ("/latest", "/wire", "/ranking", "/newsletter")


@dataclass(frozen=True)
class Place:
    """A <url> or <sitemap>: its address, when it changed, and for news its title and date."""

    address: str
    changed: str = ""
    title: str = ""
    published: str = ""


def answer(template: str, places: list[Place], **more: str) -> HttpResponse:
    return HttpResponse(render_to_string(f"pages/{template}", {"places": places, **more}), content_type="application/xml; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    months = models.Article.objects.published().order_by().datetimes("published_at", "month")
    places = [Place(absolute("/sitemaps/pages.xml")), *(Place(absolute(f"/sitemaps/{month:%Y-%m}.xml")) for month in months)]
    return answer("sitemap_index.xml", places)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Everything but articles and months."""
    found = Page.objects.live().exclude(private()).descendant_of(magazine(), inclusive=True).not_exact_type(models.Article, models.Month)
    places = [
        Place(absolute(address_of(page)), when.iso(page.last_published_at) if page.last_published_at else "") for page in found.order_by("path")
    ]
    return answer("sitemap.xml", [*places, *(Place(absolute(address)) for address in OWN)])


@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    if not (1 <= int(month) <= 12 and 1900 < int(year) < 3000):
        raise Http404
    articles = models.Article.objects.published().filter(published_at__year=year, published_at__month=month).newest_first()
    places = [Place(absolute(article.address), when.iso(article.last_published_at or article.published_at)) for article in articles]
    if not places:
        raise Http404
    return answer("sitemap.xml", places)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The articles of the last 48 hours, without what was paid for."""
    recent = models.Article.objects.published().editorial().since(timezone.now() - NEWS_AGE).newest_first()[:NEWS_GREATEST]
    places = [
        Place(absolute(article.address), "", fit_for_xml(without_ruby(article.full_headline)), when.iso(article.published_at)) for article in recent
    ]
    return answer("sitemap_news.xml", places, name=fit_for_xml(magazine().title), language=settings.KAWARABAN.site.language)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /search", f"Sitemap: {absolute('/sitemap.xml')}", f"Sitemap: {absolute('/sitemap-news.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Source: https://www.w3.org/TR/appmanifest/"""
    front = magazine()
    icons = [{"src": asset(f"kawaraban/icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    told = {
        "name": front.title,
        "short_name": front.title,
        "description": front.description,
        "lang": settings.KAWARABAN.site.language,
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
