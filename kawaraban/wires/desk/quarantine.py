"""What could not be read: why, from where, and what to do with it."""

from collections import Counter
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kawaraban.wires.desk.filters import number
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.models import Arrival
from kawaraban.wires.quarantine import ROUND, kind_of, set_aside, try_again

LISTED = 200


@require_GET
@for_desk("reads_payloads")
def quarantine(request: HttpRequest) -> HttpResponse:
    found = Arrival.objects.quarantined().select_related("source").order_by("-received_at", "-pk")
    listed = list(found[:LISTED])
    kinds = [kind_of(arrival) for arrival in listed]
    alike = Counter(kinds)
    rows = [(arrival, [fault.said(_) for fault in arrival.faults], alike[kind]) for arrival, kind in zip(listed, kinds, strict=True)]
    return page(request, "quarantine.html", _("Quarantine"), rows=rows, total=found.count())


@require_POST
@for_desk("reads_payloads")
def settle(request: HttpRequest) -> HttpResponse:
    """verb: again or aside. arrival: a key; alike: also all others of its first reason."""
    arrivals = chosen(number(request.POST.get("arrival", "")), "alike" in request.POST)
    if request.POST.get("verb") == "aside":
        count = set_aside(arrivals)
        messages.success(request, ngettext("%d payload was set aside.", "%d payloads were set aside.", count) % count)
    elif arrivals:
        tell(request, *try_again(arrivals, timezone.now()))
    return redirect("wire:quarantine")


def chosen(key: int, is_for_all: bool) -> list[Arrival]:
    found = Arrival.objects.quarantined().select_related("source")
    arrival = found.filter(pk=key).first()
    if arrival is None or not is_for_all:
        return [arrival] if arrival else []
    kind = kind_of(arrival)
    return list(islice((other for other in found.iterator() if kind_of(other) == kind), ROUND))


def tell(request: HttpRequest, done: int, left: int) -> None:
    if done:
        messages.success(request, ngettext("%d payload could be read.", "%d payloads could be read.", done) % done)
    if left:
        messages.warning(request, ngettext("%d payload still can't be read.", "%d payloads still can't be read.", left) % left)
