"""One function answers for a page of the tree, one for each address that the site has besides."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from kawaraban.desk import models
from kawaraban.desk.querysets import private
from kawaraban.newsletters.sign_up import UnusableAddress, sign_up
from kawaraban.pages import article, directories, listings, search, search_asked, search_feed, wire
from kawaraban.pages.contexts import Article, NewsletterPage, RankingPage, Trouble
from kawaraban.pages.heads import head, magazine
from kawaraban.pages.made_from import note_own
from kawaraban.pages.rendering import rendered
from kawaraban.wires.models import WireItem

# Page type → the function that makes its context, given the page and, where it is a list of several pages, ?page=.
WHOLE: dict[type[Page], Callable[[Any], Any]] = {
    models.Front: listings.front_page,
    models.Topics: directories.topics,
    models.Authors: directories.authors,
    models.Issue: directories.issue,
    models.Mooks: directories.mooks,
    models.Mook: directories.mook,
    models.Notice: directories.notice,
}
PAGED: dict[type[Page], Callable[[Any, str | None], Any]] = {
    models.Section: listings.section,
    models.Month: listings.month,
    models.Topic: listings.topic,
    models.Author: listings.author,
    models.Issues: directories.issues,
}


def show(page: Page, request: HttpRequest, *rest: str) -> HttpResponse:
    """A page of the tree as readers see it; the desk's preview is this function too. Raises Http404.

    The query is read by what depends on it only: see printer.Query.
    """
    kind = type(page)
    if not isinstance(page, models.Article) and (rest or not (kind in WHOLE or kind in PAGED)):
        raise Http404
    with override(settings.LANGUAGE_CODE):  # the desk speaks the editor's language, the page the magazine's
        if isinstance(page, models.Article):
            context = article.article(page, rest)
            note_own(page, page.published_at.timestamp() if page.published_at else 0.0, further_addresses(context))
        else:
            context = WHOLE[kind](page) if kind in WHOLE else PAGED[kind](page, request.GET.get("page"))
            note_own(page)
        return HttpResponse(rendered(context))


def further_addresses(context: Article) -> tuple[str, ...]:
    return (*(link.address for link in context.page_links[1:]), *((context.whole,) if context.whole else ()))


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    if path.endswith("/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect("/" + path.strip("/") + (f"?{query}" if query else ""))
    components = tuple(part for part in path.split("/") if part)
    found, rest = found_page(components)
    shown = found.specific
    if not found.live:
        if rest and isinstance(shown, models.Article):
            article.page_number(rest, len(article.pages_of(shown)))  # as many addresses are gone as there were
        elif rest:
            raise Http404
        note_own(found)
        return gone(request)
    if isinstance(shown, models.Article) and shown.published_at and shown.published_at > timezone.now():
        raise Http404
    return show(shown, request, *rest)


def found_page(components: tuple[str, ...]) -> tuple[Page, tuple[str, ...]]:
    """The page at a path, or above its last component, and what is left of the path.

    Its `live` is False only for one that readers once saw. Raises Http404.
    """
    root = magazine().url_path
    if not components:
        return Page.objects.live().get(url_path=root), ()
    whole, above = (root + "".join(f"{part}/" for part in components[:end]) for end in (None, -1))
    places = Q(slug=components[-1], url_path=whole) | (Q(slug=components[-2], url_path=above) if components[1:] else Q(pk=None))
    candidates = list(Page.objects.filter(places).filter(Q(live=True) | Q(first_published_at__isnull=False)).exclude(private()))
    for place, rest in ((whole, ()), (above, components[-1:])):
        for found in candidates:
            if found.url_path == place:
                return found, rest
    raise Http404


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return HttpResponse(rendered(listings.latest(request.GET.get("page"))))


@require_safe
def wire_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(rendered(wire.wire(request.GET.get("section", "")[:60], request.GET.get("page"))))


@require_safe
def wire_item(request: HttpRequest, number: str) -> HttpResponse:
    if (key := int(number)) > 2**62:
        raise Http404
    item = WireItem.objects.usable().filter(pk=key).first()
    if item is None:
        return wire_item_gone(key)
    note_own(item, item.published.timestamp())
    return HttpResponse(rendered(wire.wire_item(item)))


def wire_item_gone(key: int) -> HttpResponse:
    """One that was taken down answers 410, one that another replaces leads there, one whose time has not come is none."""
    item = get_object_or_404(WireItem.objects.withdrawn(), pk=key)
    note_own(item)
    successor = item.successor(timezone.now())
    if successor is None:
        return trouble(410, *gone_words(item))
    target = f"{wire.ADDRESS}/{successor.pk}"
    return HttpResponse(moved_text(target), status=301, headers={"Location": target})


def gone_words(item: WireItem) -> tuple[str, str]:
    if item.status == WireItem.Status.USABLE:
        return _("This item is not shown any more"), _("The newest items are on the wire page.")
    return _("The agency has withdrawn this item"), _("It has been taken down at the agency’s order.")


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    title = _("Most read")
    return HttpResponse(rendered(RankingPage(head=head(title, "/ranking"), crumbs=(), title=title)))


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """200 even for what is too long and while the index is being made, which nobody keeps; 503 while it can't be read."""
    try:
        context = search.search(search_asked.read(request.GET))
    except search.NoIndex:
        return searchless(request)
    answer = HttpResponse(rendered(context))
    if context.is_filling:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def search_feed_of(request: HttpRequest) -> HttpResponse:
    return search_feed.feed(search_asked.read(request.GET))


@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    return search_feed.suggestions(search_asked.read(request.GET))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    address, fault, is_done = request.POST.get("address", "")[:400], "", False
    if request.method == "POST":
        try:
            sign_up(address)
            is_done = True
        except UnusableAddress as unusable:
            fault = str(unusable)
    title = _("Newsletter")
    page = NewsletterPage(
        head=head(title, "/newsletter"), crumbs=(), title=title, blurb=magazine().newsletter_blurb, address=address, fault=fault, is_done=is_done
    )
    return HttpResponse(rendered(page), status=422 if fault else 200)


def gone(request: HttpRequest) -> HttpResponse:
    return trouble(410, _("This article has been withdrawn"), _("It was published here and has been taken down since."))


def unreachable(request: HttpRequest) -> HttpResponse:
    """What the newsstand shows for a page that was never printed while the desk does not answer."""
    return trouble(503, _("This page can’t be shown just now"), _("It will be back in a moment. The pages below are there."))


def searchless(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a search while nobody can answer it."""
    return trouble(503, _("The search can’t answer just now"), _("Please try again in a moment. Everything else is there."))


def searched_too_much(request: HttpRequest) -> HttpResponse:
    return trouble(429, _("These were many searches in a short time"), _("Please wait a moment, then load this page again."))


def moved_text(target: str) -> str:
    """The body of a redirect, for who does not follow it by itself."""
    return format_html('<!doctype html><title>{}</title><a href="{}">{}</a>', _("Moved to a new address"), target, target)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble(404, _("Page not found"), _("The address may be mistyped, or the page may have moved."))


def trouble(status: int, title: str, text: str) -> HttpResponse:
    """An error page that is a page of the magazine, with its lists for the reader to go on from."""
    context = Trouble(head=head(title, "/", is_hidden=True), crumbs=(), status=status, title=title, text=text)
    return HttpResponse(rendered(context), status=status)


def failure(request: HttpRequest) -> HttpResponse:
    """500: made without database and without slots, since either may be what failed."""
    return HttpResponse(render_to_string("pages/failure.html"), status=500)
