"""The readers' addresses: those that the site has besides its pages (desk/slugs.py knows them), then the pages.

Each in one form only: what anybody can make up without end would be printed and kept without end.
"""

from django.conf import settings
from django.urls import path, re_path
from django.views.static import serve

from kawaraban.pages import assets, feeds, search_feed, sitemaps, views

urlpatterns = [
    path("latest", views.latest),
    path("wire", views.wire_list),
    re_path(r"^wire/(?P<number>[1-9][0-9]{0,18})$", views.wire_item),
    path("ranking", views.ranking),
    path("newsletter", views.newsletter),
    path("search", views.search_page),
    path("search/feed", views.search_feed_of),
    path("search/suggest", views.search_suggestions),
    path("opensearch.xml", search_feed.description),
    path("feed.xml", feeds.site),
    path("<slug:section>/feed.xml", feeds.section),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-news.xml", sitemaps.news),
    path("sitemaps/pages.xml", sitemaps.pages),
    re_path(r"^sitemaps/(?P<year>[0-9]{4})-(?P<month>[0-9]{2})\.xml$", sitemaps.month),
    path("robots.txt", sitemaps.robots),
    path("manifest.webmanifest", sitemaps.manifest),
    path("static/<path:name>", assets.serve),
    re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    re_path(r"^(?P<path>.*)$", views.page, name="wagtail_serve"),
]

handler404 = views.missing
handler500 = views.failure
