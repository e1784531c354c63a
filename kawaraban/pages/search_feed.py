"""What programs get of the search: a feed of each, suggestions, and the description by which browsers take it among their own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawaraban.desk.models import Article
from kawaraban.pages import feeds
from kawaraban.pages.assets import asset
from kawaraban.pages.heads import absolute, magazine
from kawaraban.pages.search_asked import ADDRESS, FEED, Asked
from kawaraban.pages.xml import fit_for_xml
from kawaraban.search import site

SUGGEST = "/search/suggest"
LONGEST_BEGINNING = 60
LONGEST_NAME = 16  # characters that OpenSearch allows a name


def feed(asked: Asked) -> HttpResponse:
    """The newest articles of a search, RSS 2.0. Agency copy is not ours to pass on."""
    asked = asked.with_mark("kind", "article")
    found = site.Found()
    if asked.text and not asked.is_too_long:
        found = site.find(asked.text, size=feeds.LENGTH, filters=asked.filters, order=site.Order.DATE)
    front = magazine()
    title = _("%(magazine)s: search for %(text)s") % {"magazine": front.title, "text": asked.text[:60]}
    articles = Article.objects.published().among(one.thing.pk for one in found.results)
    address = asked.with_mark("kind", "")
    return feeds.feed(front, title, address.address(), title, address.address(FEED), articles)


def suggestions(asked: Asked) -> JsonResponse:
    """["きた", ["北朝鮮", …]]. Source: https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1"""
    beginning = asked.text if len(asked.text) <= LONGEST_BEGINNING else ""
    told = [beginning, site.suggest(beginning) if beginning else []]
    return JsonResponse(told, safe=False, content_type="application/x-suggestions+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Source: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md"""
    front = magazine()
    told = {
        "name": fit_for_xml(front.title)[:LONGEST_NAME],
        "description": fit_for_xml(_("Search %(magazine)s") % {"magazine": front.title}),
        "language": settings.KAWARABAN.site.language,
        "icon": absolute(asset("kawaraban/icons/icon-192.png")),
        **{name: absolute(path) for name, path in (("page", ADDRESS), ("feed", FEED), ("suggest", SUGGEST))},
    }
    text = render_to_string("pages/opensearch.xml", told)
    return HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")
