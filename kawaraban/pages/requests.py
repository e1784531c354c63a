from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kawaraban.pages.views import missing

Answer = Callable[[HttpRequest], HttpResponse]


def without_nul(get_response: Answer) -> Answer:
    """Refuses an address that holds a NUL byte before anything looks it up: PostgreSQL can't store one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return missing(request)
        return get_response(request)

    return answer
