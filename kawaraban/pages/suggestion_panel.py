"""Suggestions in the form of an article, and the address that they are asked of while somebody writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import InlinePanel, Panel

from kawaraban.desk.models import Article
from kawaraban.pages.suggestions import Suggestions, suggestions
from kawaraban.pages.typed import number, typed
from kawaraban.search.site import opened


class SuggestionPanel(Panel):
    """Below the picks. Asked by a script, since it is about what has not been saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/desk/suggestion_panel.html"

        @property
        def address(self) -> str:
            return reverse("suggestions")


def offer() -> None:
    """Puts the panel into the form of articles."""
    panels = Article.content_panels
    if not any(isinstance(panel, SuggestionPanel) for panel in panels):
        place = next(place for place, panel in enumerate(panels) if isinstance(panel, InlinePanel) and panel.relation_name == "picks")
        panels.insert(place + 1, SuggestionPanel())


@require_admin_access
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Whatever the fields hold: half a form is what somebody who writes has."""
    try:
        found = suggestions(typed(request.POST, number(request.GET.get("article", ""))))
    except opened.FAULTS as error:
        opened.report(error)
        found = Suggestions(is_ready=False)
    return render(request, "pages/desk/suggestions.html", {"found": found})
