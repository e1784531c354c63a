"""Whatever readers may not see: no result, count, facet, suggestion, better spelling or feed tells of it, however it is asked for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.pages.printing import changed
from kawaraban.search import site
from kawaraban.search.store import Store
from kawaraban.wires.models import WireItem

TITLE = "灯台守の手紙"
QUERIES = ("灯台守", '"灯台守の手紙"', "とうだい", "台守", "灯台 OR 手紙", "灯台 -港")
BEGINNINGS = ("灯", "とう", "て", "手紙")
MISSPELLED = ("灯台森の手紙", "手髪")


def article() -> Article:
    return builders.make_article(TITLE, topics=[builders.make_topic("島")], section=builders.make_section("経済"))


def ahead() -> Any:
    return timezone.now() + timedelta(hours=1)


def change(thing: Any, **values: object) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def date_ahead(page: Article) -> None:
    """No form takes such a date, an import may."""
    Article.objects.filter(pk=page.pk).update(published_at=ahead())
    changed(page)


def restrict(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


MAKE: dict[str, Callable[[], Any]] = {
    "article": article,
    "wire": lambda: builders.make_wire_item(TITLE, agency=""),
    "topic": lambda: builders.make_topic(TITLE),
    "author": lambda: builders.make_author(TITLE),
    "issue": lambda: builders.make_issue(TITLE),
}
HIDE: dict[str, dict[str, Callable[[Any], object]]] = {
    "article": {
        "withdrawn": lambda thing: thing.unpublish(),
        "embargoed": date_ahead,
        "private": restrict,
        "in a private section": lambda thing: restrict(thing.section),
        "deleted": lambda thing: thing.delete(),
    },
    "wire": {
        "killed": lambda thing: change(thing, status=WireItem.Status.CANCELED),
        "withheld": lambda thing: change(thing, status="withheld"),
        "hidden": lambda thing: change(thing, is_hidden=True),
        "embargoed": lambda thing: change(thing, embargoed_until=ahead()),
        "deleted": lambda thing: thing.delete(),
    },
    **{kind: {"withdrawn": lambda thing: thing.unpublish(), "private": restrict} for kind in ("topic", "author", "issue")},
}
CASES = [pytest.param(kind, how, id=f"{kind} {how}") for kind, ways in HIDE.items() for how in ways]


def told(client: Client) -> Iterator[object]:
    """All that a reader can get out of the search."""
    for query in QUERIES:
        found = site.find(query)
        yield from (result.id for result in found.results)
        yield from (f"{query}: {found.total}",) if found.total else ()
        yield from (f"{query}: {name}" for name, facets in found.facets.items() if facets)
        yield from ("feed",) if "<item>" in client.get("/search/feed", {"q": query}).content.decode() else ()
    for beginning in BEGINNINGS:
        yield from site.suggest(beginning)
    yield from filter(None, (site.find(query).meant for query in MISSPELLED))


@pytest.mark.parametrize(("kind", "how"), CASES)
def test_what_is_hidden_is_not_told(front: Front, client: Client, index: Store, kind: str, how: str) -> None:
    thing = MAKE[kind]()
    before = set(told(client))
    assert f"{kind}:{thing.pk}" in before
    assert {"灯台守の手紙", "灯台守: 1"} <= before
    assert ("feed" in before) is (kind == "article")
    HIDE[kind][how](thing)
    assert list(told(client)) == []


def test_a_section_that_is_private_is_no_facet(index: Store) -> None:
    kept, closed = builders.make_section("経済"), builders.make_section("会員")
    builders.make_article(TITLE, slug="kept", section=kept)
    builders.make_article(TITLE, slug="closed", section=closed)
    assert {facet.label for facet in site.find(TITLE).facets["section"]} == {"経済", "会員"}
    restrict(closed)
    assert [(facet.label, facet.count) for facet in site.find(TITLE).facets["section"]] == [("経済", 1)]
