"""The search page: results, what narrows them, and where to go when there are none."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kawaraban.desk import models
from kawaraban.pages import when
from kawaraban.pages.contexts import Choice, SearchFacet, SearchPage
from kawaraban.pages.heads import head
from kawaraban.pages.paging import neighbours
from kawaraban.pages.search_asked import FEED, LAST_PAGE, NAMED, Asked
from kawaraban.pages.search_results import kind_names, result
from kawaraban.pages.values import Link, Paging
from kawaraban.search import site
from kawaraban.search.query import LENGTH

SIZE = 20
MOST_VALUES = 8  # of a facet
YEAR = "year"


class NoIndex(Exception):
    """There is no index to ask, for the moment."""


def search(asked: Asked) -> SearchPage:
    """The page for what is asked. Raises NoIndex."""
    found = site.Found()
    if asked.text and not asked.is_too_long:
        found, asked = found_for(asked)
    where = pages_of(asked, found)
    return SearchPage(
        head=head(
            title_of(asked, where.number),
            asked.address(),
            feed=asked.address(FEED) if is_asked(asked) else "/feed.xml",
            is_hidden=True,
            previous=where.previous,
            following=where.following,
        ),
        crumbs=(),
        text=asked.text[:LENGTH],
        longest=LENGTH,
        hidden=tuple((name, value) for name, value in asked.marks),
        order=asked.order.value if asked.order is not site.Order.RELEVANCE else "",
        since=asked.since.isoformat() if asked.since else "",
        until=asked.until.isoformat() if asked.until else "",
        fault=_("This is too long to search for: please use at most %(number)d characters.") % {"number": LENGTH} if asked.is_too_long else "",
        count=count(asked, found) if is_asked(asked) and (found.results or not is_filling(found)) else "",
        notices=tuple(notices(found)),
        meant=Link(found.meant, replace(asked, text=found.meant, page=1).address()) if found.meant else None,
        kinds=kinds(asked, found),
        orders=orders(asked) if found.results else (),
        chosen=tuple(chosen(asked)),
        facets=tuple(facets(asked, found)),
        results=tuple(result(one) for one in found.results),
        is_empty=is_asked(asked) and not found.results,
        is_filling=is_filling(found),
        feed=asked.address(FEED) if is_asked(asked) else "",
        paging=where,
    )


def found_for(asked: Asked) -> tuple[site.Found, Asked]:
    """What is found, and where: beyond the last page it is the last one, and the first when that has gone too. Raises NoIndex."""
    found = found_at(asked)
    for page in (last_page(found), 1):
        if asked.page > last_page(found):
            asked = replace(asked, page=page)
            found = found_at(asked)
    return found, asked


def found_at(asked: Asked) -> site.Found:
    found = site.find(asked.text, page=asked.page, size=SIZE, filters=asked.filters, order=asked.order)
    if found.state is site.State.DOWN:
        raise NoIndex
    return found


def last_page(found: site.Found) -> int:
    return min(LAST_PAGE, max(1, math.ceil(found.total / SIZE)))


def is_asked(asked: Asked) -> bool:
    return bool(asked.text) and not asked.is_too_long


def title_of(asked: Asked, number: int) -> str:
    if not is_asked(asked):
        return _("Search")
    told = {"text": asked.text[:60], "number": number}
    return _("Search: %(text)s (page %(number)d)") % told if number > 1 else _("Search: %(text)s") % told


def count(asked: Asked, found: site.Found) -> str:
    return ngettext("%(number)s result", "%(number)s results", found.total) % {"number": f"{found.total:,}"}


def notices(found: site.Found) -> Iterator[str]:
    if found.relaxed and found.results:
        yield _("No piece has all these words; these have some of them.")
    if is_filling(found):
        yield _("The archive is being gone through just now: in a few minutes more will be found.")


def is_filling(found: site.Found) -> bool:
    return found.state is site.State.FILLING


def pages_of(asked: Asked, found: site.Found) -> Paging:
    last = last_page(found)
    return neighbours(min(asked.page, last), last, lambda number: replace(asked, page=number).address())


def orders(asked: Asked) -> tuple[Choice, ...]:
    names = (
        (site.Order.RELEVANCE, pgettext("order of search results", "Best first")),
        (site.Order.DATE, pgettext("order of search results", "Newest first")),
    )
    return tuple(Choice(name, replace(asked, order=order, page=1).address(), 0, asked.order is order) for order, name in names)


def kinds(asked: Asked, found: site.Found) -> tuple[Choice, ...]:
    """What kinds of pieces there are; nothing when all are of one."""
    names, current = kind_names(), asked.marked("kind")
    counted = {facet.value: facet.count for facet in found.facets.get("kind", ())}
    shown = [kind for kind in names if counted.get(kind) or kind == current]
    if len(shown) < 2 and not current:
        return ()
    every = Choice(_("All"), asked.with_mark("kind", "").address(), 0, not current)
    return (every, *(Choice(names[kind], asked.with_mark("kind", kind).address(), counted.get(kind, 0), kind == current) for kind in shown))


def facets(asked: Asked, found: site.Found) -> Iterator[SearchFacet]:
    """What narrows the results, without what is chosen already."""
    titles = {"section": _("Sections"), "topic": _("Topics"), "author": _("Authors")}
    for name in NAMED:
        values = [] if asked.marked(name) else found.facets.get(name, ())
        if choices := tuple(Choice(one.label, asked.with_mark(name, one.value).address(), one.count, False) for one in values[:MOST_VALUES]):
            yield SearchFacet(titles[name], choices)
    years = sorted((one for one in found.facets.get(YEAR, ()) if one.value.isdecimal()), key=lambda one: one.value, reverse=True)
    if not (asked.since or asked.until) and len(years) > 1:
        choices = (Choice(year(int(one.value)), asked.of_year(int(one.value)).address(), one.count, False) for one in years[:MOST_VALUES])
        yield SearchFacet(_("Year"), tuple(choices))


def chosen(asked: Asked) -> Iterator[Link]:
    """What the results are narrowed to: its name, and the address without it."""
    kinds_of_pages = {"section": models.Section, "topic": models.Topic, "author": models.Author}
    for name, value in asked.marks:
        if name == "kind":
            continue  # shown where the kinds are
        page = kinds_of_pages[name].objects.shown().filter(pk=value).first()
        yield Link(page.title if page else _("Unknown"), asked.with_mark(name, "").address())
    if asked.since or asked.until:
        yield Link(period(asked.since, asked.until), replace(asked, since=None, until=None, page=1).address())


def year(number: int) -> str:
    return pgettext("a year", "%(year)d") % {"year": number}


def period(since: date | None, until: date | None) -> str:
    if since and until and (since, until) == (date(since.year, 1, 1), date(since.year, 12, 31)):
        return year(since.year)
    first, last = (when.day(found) if found else "" for found in (since, until))
    return _("%(first)s – %(last)s") % {"first": first, "last": last}
