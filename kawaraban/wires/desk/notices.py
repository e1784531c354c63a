"""“Seen”: takes a notice off an editor's home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from kawaraban.wires.desk.filters import number
from kawaraban.wires.models import DeskNotice


@require_POST
@require_admin_access
def seen(request: HttpRequest) -> HttpResponse:
    """notice: keys; only one's own can be seen."""
    keys = [number(text) for text in request.POST.getlist("notice")]
    DeskNotice.objects.filter(user=request.user, pk__in=keys, seen_at__isnull=True).update(seen_at=timezone.now())
    return redirect("wagtailadmin_home")
