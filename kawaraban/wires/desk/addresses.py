from django.urls import path, re_path
from wagtail.admin.viewsets.base import ViewSet

from kawaraban.wires.desk import articles, deeds, item, listing, notices, origins, payload, quarantine


class WireDesk(ViewSet):
    """Agency copy at the desk."""

    name = "wire"
    icon = "bolt"

    def get_urlpatterns(self) -> list[object]:
        return [
            path("", listing.index, name="index"),
            path("news/", listing.news, name="news"),
            path("quarantine/", quarantine.quarantine, name="quarantine"),
            path("quarantine/settle/", quarantine.settle, name="settle"),
            path("payload/<int:key>/", payload.payload, name="payload"),
            path("origin/<int:key>/", origins.origin, name="origin"),
            path("notices/seen/", notices.seen, name="seen"),
            path("<int:key>/", item.item, name="item"),
            path("<int:key>/story/", listing.story, name="story"),
            path("<int:key>/article/", articles.article, name="article"),
            re_path(rf"^(?P<key>\d+)/(?P<deed>{'|'.join(deeds.DEEDS)})/$", deeds.do, name="do"),
        ]
