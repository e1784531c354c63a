"""What the wires say outside the wire desk: at the top of an article's form, in the list of articles, on the desk's home page."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from kawaraban.wires.desk.origins import Tie, ties
from kawaraban.wires.models import ArticleOrigin, DeskNotice
from kawaraban.wires.secrecy import rights_of

MOST = 20


class OriginPanel(Panel):
    """At the top of the form of an article that was made from agency copy."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wires/desk/origin_panel.html"

        @cached_property
        def ties(self) -> list[Tie]:
            return ties(self.instance, rights_of(self.request.user)) if self.instance.pk and self.request else []

        def is_shown(self) -> bool:
            return bool(self.ties)

        def show_panel_furniture(self) -> bool:
            return False


class WirePanel(Component):
    """On the home page: articles made from copy that was taken back, and what somebody has to be told."""

    order = 20
    template_name = "wires/desk/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        notices = DeskNotice.objects.filter(user=user, seen_at__isnull=True).select_related("article")[:MOST]
        return {"notices": list(notices), "killed": killed_articles(parent_context["request"])}


def killed_articles(request: HttpRequest) -> list[ArticleOrigin]:
    """Those that are out first; only what somebody may edit."""
    found = ArticleOrigin.objects.killed().select_related("article", "item").order_by("-article__live", "-item__killed_at", "-pk")
    return [origin for origin in found[:MOST] if origin.article.permissions_for_user(request.user).can_edit()]


def with_alarm(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Says of each article whether it was made from copy that was taken back."""
    killed = Exists(ArticleOrigin.objects.killed().filter(article=OuterRef("pk")))
    return articles.annotate(alarm=Case(When(killed, then=Value(_("made from killed copy"))), default=Value("")))
