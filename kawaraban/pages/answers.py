"""What the newsstand asks of the desk: answered on the desk's port, to who shows the token."""

import contextlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Iterable
from functools import wraps

import lmdb
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kawaraban.pages import search_asked, search_feed, views
from kawaraban.pages.printer import printer, request_for
from kawaraban.pages.rendering import printing_word
from kawaraban.press.edition import Outdated
from kawaraban.press.marks import Slot, cut
from kawaraban.press.room import EditionFull

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
AWAY = (DatabaseError, lmdb.Error, OSError)  # the database is, or the edition was deleted meanwhile
SEARCHES: dict[str, Answer] = {
    search_asked.ADDRESS: views.search_page,
    search_asked.FEED: views.search_feed_of,
    search_feed.SUGGEST: views.search_suggestions,
}


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
    except AWAY as error:
        log.error("%s can't be printed now: %s", address, error)  # noqa: TRY400 - the sentence says it all
        return JsonResponse({"error": "This can't be printed now; try again."}, status=503)


@for_the_newsstand
def search(request: HttpRequest) -> HttpResponse:
    """{"path": "/search", "query": "q=…"} → the page with a mark in place of each slot, and the word that the marks carry.

    The query comes in the body, so that no log has what readers look for.
    """
    try:
        asked = json.loads(request.body)
        path, query = str(asked["path"]), str(asked["query"])
    except (ValueError, KeyError, TypeError):
        path = query = ""
    if path not in SEARCHES:
        return JsonResponse({"error": "The body must be JSON with the path and the query of a search."}, status=400)
    word = secrets.token_hex(6)
    token = printing_word.set(word)
    try:
        with override(settings.LANGUAGE_CODE):
            answer = SEARCHES[path](request_for(f"{path}?{query}"))
        print_missing(part.name for part in cut(answer.content.decode(), word) if isinstance(part, Slot))
    except AWAY as error:
        log.error("a search can't be answered now: %s", error)  # noqa: TRY400 - the sentence says it all, and not what was looked for
        return JsonResponse({"error": "This can't be answered now; try again."}, status=503)
    finally:
        printing_word.reset(token)
    answer.headers["X-Kawaraban-Word"] = word
    return answer


def print_missing(names: Iterable[str]) -> None:
    """Prints the slots that no page has brought into the edition yet."""
    press = printer()
    missing = sorted({name for name in names if press.edition.slot(name, press.generation) is None})
    with contextlib.suppress(EditionFull, Outdated):
        if missing:
            press.print_slots(missing)


@for_the_newsstand
def newsletter(request: HttpRequest) -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        return views.newsletter(request)
