"""The seam between desk and reader pages.

The desk may not import the room that draws pages, yet its preview must be the
reader's page. That room hands its one function in when it starts.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Show = Callable[..., HttpResponse]


def not_yet(page: object, request: HttpRequest, *rest: str) -> HttpResponse:
    raise RuntimeError("kawaraban.pages is not among the installed apps: nothing can show a page.")


shown_by: list[Show] = [not_yet]


def show_with(function: Show) -> None:
    shown_by[:] = [function]


def show(page: object, request: HttpRequest, *rest: str) -> HttpResponse:
    return shown_by[0](page, request, *rest)
