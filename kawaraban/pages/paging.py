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

    def at(number: int) -> str:
        return address if number == 1 else f"{address}{mark}page={number}"

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Paging(
        number=page.number,
        count=page.paginator.num_pages,
        previous=at(page.previous_page_number()) if page.has_previous() else "",
        following=at(page.next_page_number()) if page.has_next() else "",
        pages=tuple((number, at(number)) if isinstance(number, int) else (0, "") for number in elided),
    )
