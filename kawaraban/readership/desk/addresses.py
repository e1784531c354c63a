from typing import Any

from django.urls import path, re_path
from wagtail.admin.viewsets.base import ViewSet

from kawaraban.readership.desk import article, dashboard, deeds, exports


class ReadershipDesk(ViewSet):
    """What is read, at the desk."""

    name = "readership"
    icon = "reads"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", dashboard.index, name="index"),
            path("hold/", deeds.hold_list, name="hold"),
            re_path(r"^(?P<window>24h|7d|30d)\.(?P<form>csv|json)$", exports.ranking, name="export"),
            path("<int:key>/", article.article, name="article"),
            re_path(r"^(?P<key>\d+)/reads\.(?P<form>csv|json)$", exports.article, name="export_article"),
            path("<int:key>/pin/", deeds.pin_article, name="pin"),
            path("<int:key>/exclude/", deeds.exclude_article, name="exclude"),
            path("<int:key>/settle/", deeds.settle_flag, name="settle"),
            re_path(rf"^undo/(?P<kind>{'|'.join(deeds.UNDOING)})/(?P<key>\d+)/$", deeds.undo, name="undo"),
        ]
