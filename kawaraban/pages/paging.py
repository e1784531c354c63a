from collections.abc import Callable

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404

from kawaraban.pages.values import Paging


def page_of(queryset, wanted: str | None, size: int) -> Page:
    """The page that ?page= asks for; the first without it. Raises Http404 for what is no page, or none of ours."""
    if wanted is not None and not (wanted.isascii() and wanted.isdecimal() and not wanted.startswith("0") and len(wanted) < 7):
        raise Http404
    try:
        return Paginator(queryset, size).page(wanted or 1)
    except InvalidPage:
        raise Http404 from None


def paging(page: Page, address: str) -> Paging:
    """Where a page stands among its neighbours; address may carry a query of its own."""
    mark = "&" if "?" in address else "?"
    return neighbours(page.number, page.paginator.num_pages, lambda number: address if number == 1 else f"{address}{mark}page={number}")


def neighbours(number: int, count: int, at: Callable[[int], str]) -> Paging:
    """at: the address of a page by its number."""
    elided = Paginator(range(count), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    return Paging(
        number=number,
        count=count,
        previous=at(number - 1) if number > 1 else "",
        following=at(number + 1) if number < count else "",
        pages=tuple((other, at(other)) if isinstance(other, int) else (0, "") for other in elided),
    )
