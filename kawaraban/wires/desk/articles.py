"""“Make an article” of an item."""

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawaraban.desk.models import Section
from kawaraban.wires.desk.filters import number
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.making import make_article
from kawaraban.wires.models import WireItem


@require_http_methods(["GET", "POST"])
@for_desk()
def article(request: HttpRequest, key: int) -> HttpResponse:
    """Asks for the section, which the item's own is when there is one of its name; then makes the draft and opens it."""
    item = get_object_or_404(WireItem.objects.select_related("face"), pk=key)
    if item.status != WireItem.Status.USABLE:
        messages.error(request, _("The agency has taken this copy back: no article can be made of it."))
        return redirect("wire:item", key)
    sections = open_sections(request.user)
    section = next((found for found in sections if found.pk == number(request.POST.get("section", ""))), None)
    if request.method == "POST" and section:
        made = make_article(item, section, request.user, timezone.now())
        return redirect("wagtailadmin_pages:edit", made.pk)
    chosen = next((found.pk for found in sections if found.title == item.section), None)
    origins = item.origins.select_related("article", "made_by")
    return page(request, "article.html", _("Make an article"), item=item, sections=sections, chosen=chosen, origins=origins)


def open_sections(user: AbstractUser) -> list[Section]:
    """Where somebody may begin an article."""
    return [section for section in Section.objects.order_by("path") if section.permissions_for_user(user).can_add_subpage()]
