"""What the newsstand asks of the desk: answered on the desk's port, to who shows the token."""

import hmac
import json
import logging
from collections.abc import Callable
from functools import wraps

import lmdb
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kawaraban.pages import views
from kawaraban.pages.printer import printer
from kawaraban.press.edition import Outdated
from kawaraban.press.room import EditionFull

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]


def for_the_newsstand(view: Answer) -> Answer:
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("Authorization", "")
        if not hmac.compare_digest(shown.encode(), f"Bearer {settings.KAWARABAN.token}".encode()):
            return JsonResponse({"error": "This is for the newsstand only."}, status=403)
        return view(request)

    return csrf_exempt(require_POST(answer))


@for_the_newsstand
def print_page(request: HttpRequest) -> JsonResponse:
    """{"address": "/world?page=2"} → {"printed": true}, or false for what isn't there."""
    try:
        address = json.loads(request.body)["address"]
    except (ValueError, KeyError, TypeError):
        address = None
    if not isinstance(address, str) or not address.startswith(("/", "!")) or "\0" in address:
        return JsonResponse({"error": "The body must be JSON with an address."}, status=400)
    try:
        return JsonResponse({"printed": printer().print_page(address)})
    except (EditionFull, Outdated) as error:
        return JsonResponse({"error": str(error)}, status=503)
    except (DatabaseError, lmdb.Error, OSError) as error:  # the database is away, or the edition was deleted meanwhile
        log.error("%s can't be printed now: %s", address, error)  # noqa: TRY400 - the sentence says it all
        return JsonResponse({"error": "This can't be printed now; try again."}, status=503)


@for_the_newsstand
def newsletter(request: HttpRequest) -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        return views.newsletter(request)
