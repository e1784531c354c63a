"""Nothing embargoed, withdrawn or private is ever shown, anywhere.

One magazine in which a public article, issue, ranking and front page name
everything that is hidden; every address of the site is then searched for it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Content, Front, Lead, Pick, Section, Topic
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported
from kawaraban.wires.models import WireItem

AHEAD = timedelta(hours=-3)
OWN = [
    "/",
    "/latest",
    "/wire",
    "/ranking",
    "/newsletter",
    "/feed.xml",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/sitemaps/pages.xml",
    "/robots.txt",
    "/manifest.webmanifest",
    "/no-such-page",
]


@dataclass
class Site:
    """What was made, by its unique title; what it takes to hide a thing is done only on request."""

    hidden: bool
    public_address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    items: dict[str, WireItem] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def keep(self, page: Page) -> Page:
        self.titles.append(page.title)
        self.pages[page.title] = page
        return page

    def draft(self) -> dict[str, object]:
        return {"live": False, "first_published_at": None, "last_published_at": None} if self.hidden else {}

    def restrict(self, page: Page) -> Page:
        if self.hidden:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        return page

    def unpublish(self, page: Page) -> Page:
        if self.hidden:
            page.save_revision().publish()
            page.refresh_from_db()
            page.unpublish()
        return page

    def article(self, title: str, **values: object) -> Article:
        made = self.keep(
            builders.make_article(
                title, slug=f"slug-{len(self.titles)}", body=builders.make_body(f"{title}の本文。"), lead=f"{title}のリード。", **values
            )
        )
        self.articles.append(made)
        return made


def build(front: Front, *, hidden: bool) -> Site:
    site = Site(hidden)
    open_section = builders.make_section("ワールド")
    closed = site.restrict(site.keep(builders.make_section("秘密部", slug="secret-desk")))
    build_articles(site, open_section, closed)
    build_pages(site)
    build_wires(site)
    build_what_names_them(site, front, open_section)
    return site


def build_articles(site: Site, section: Section, closed: Section) -> None:
    site.article("秘密の下書き", section=section, **site.draft())
    dated_ahead = site.article("秘密の先日付", section=section)
    if site.hidden:
        Article.objects.filter(pk=dated_ahead.pk).update(published_at=timezone.now() - AHEAD)
    scheduled = site.article("秘密の予約公開", section=section, **site.draft())
    if site.hidden:
        scheduled.go_live_at = timezone.now() - AHEAD
        scheduled.save_revision().publish()
    site.unpublish(site.article("秘密の取り下げ", section=section))
    site.restrict(site.article("秘密の限定記事", section=section))
    site.article("秘密の部の記事", section=closed)
    changed = builders.make_article("変更前の見出し", section=section, slug="changed", body=builders.make_body())
    changed.title = "秘密の変更後"
    site.titles.append(changed.title)
    revision = changed.save_revision()
    if not site.hidden:
        revision.publish()
    if site.hidden:
        expire(site.article("秘密の期限切れ", section=section))


def expire(article: Article) -> None:
    from django.core.management import call_command

    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


def build_pages(site: Site) -> None:
    site.keep(builders.make_topic("秘密の下書き特集", slug="secret-topic", **site.draft()))
    site.restrict(site.keep(builders.make_topic("秘密の限定特集", slug="closed-topic")))
    site.keep(builders.make_section("秘密の新しい部", slug="new-desk", **site.draft()))
    site.keep(builders.make_issue("秘密の号", **site.draft()))
    site.restrict(site.keep(builders.make_issue("秘密の限定号", on_sale=timezone.localdate() - timedelta(days=14))))
    site.keep(builders.make_mook("秘密のムック", slug="secret-mook", **site.draft()))
    site.unpublish(site.keep(builders.make_mook("秘密の取り下げムック", slug="gone-mook")))
    site.keep(builders.make_notice("秘密のお知らせ", "<p>秘密。</p>", slug="secret-notice", **site.draft()))
    site.keep(builders.make_author("秘密太郎", slug="secret-author", **site.draft()))


def build_wires(site: Site) -> None:
    now = timezone.now()
    hide = {
        "秘密の解禁前": {"embargoed_until": now + timedelta(hours=1)},
        "秘密の保留": {"status": WireItem.Status.WITHHELD},
        "秘密の配信取消": {"status": WireItem.Status.CANCELED},
        "秘密の先の配信": {"age": AHEAD},
    }
    for title, values in hide.items():
        site.items[title] = builders.make_wire_item(title, section=f"{title}面", **(values if site.hidden else {}))
        site.titles.append(title)
    builders.make_wire_item("公開の配信")


def build_what_names_them(site: Site, front: Front, section: Section) -> None:
    topics = [page for page in site.pages.values() if isinstance(page, Topic)]
    body = [*builders.make_body(), *(("related", {"label": "【関連】", "article": article, "title": "", "address": ""}) for article in site.articles)]
    public = builders.make_article("公開の記事", section=section, slug="public", topics=topics, body=body)
    site.public_address = public.address
    public.picks = [Pick(picked=article, sort_order=place) for place, article in enumerate(site.articles)]
    public.save()
    builders.make_issue("公開の号", on_sale=timezone.localdate() - timedelta(days=7), entries=[Content(article=article) for article in site.articles])
    for window in Window:
        replace_imported(window, site.articles)
    front.leads = [Lead(article=article, sort_order=place) for place, article in enumerate(site.articles)]
    front.save()


def addresses(site: Site) -> Iterator[str]:
    yield from OWN
    for page in Page.objects.filter(depth__gt=2).specific():
        yield page.address
        if isinstance(page, Section):
            yield f"{page.address}/feed.xml"
    yield from (f"/wire/{item.pk}" for item in WireItem.objects.all())
    yield from (f"/wire?section={item.section}" for item in WireItem.objects.all())
    yield f"/sitemaps/{timezone.localtime():%Y-%m}.xml"


def bodies(site: Site) -> dict[str, str]:
    client = Client()
    return {address: unescape(client.get(address).content.decode()).replace("<wbr>", "") for address in addresses(site)}


@dataclass
class Search:
    """A magazine and what stands at each of its addresses."""

    site: Site
    bodies: dict[str, str]


def searched(*, hidden: bool) -> Search:
    site = build(Front.objects.get(), hidden=hidden)
    return Search(site, bodies(site))


@pytest.fixture(scope="module")
def both(request: pytest.FixtureRequest, front_of_module: Front) -> tuple[Search | None, Search]:
    """Searched twice: with nothing hidden, which is then undone (only when a test of this run asks), and as it stays for the tests."""
    shown = None
    if any("shown" in getattr(item, "fixturenames", ()) for item in request.session.items):
        with transaction.atomic():
            shown = searched(hidden=False)
            transaction.set_rollback(True)
    return shown, searched(hidden=True)


@pytest.fixture
def shown(both: tuple[Search | None, Search], db: None) -> Search | None:
    return both[0]


@pytest.fixture
def hidden(both: tuple[Search | None, Search], db: None) -> Search:
    return both[1]


@pytest.fixture
def site(hidden: Search) -> Site:
    return hidden.site


def test_hidden_titles_and_addresses_stand_nowhere(hidden: Search) -> None:
    site = hidden.site
    paths = [page.address for page in site.pages.values()] + [f"/wire/{item.pk}" for item in site.items.values()]
    leaks = []
    for address, body in hidden.bodies.items():
        leaks += [(address, title) for title in site.titles if title in body and title not in address]
        leaks += [(address, path) for path in paths if not address.startswith(path) and re.search(rf"{path}(?![\w-])", body)]
    assert not leaks


@pytest.mark.slow
def test_shown_titles_stand_somewhere(shown: Search) -> None:
    """The search finds what is there to be found."""
    site = shown.site
    assert [title for title in site.titles if not any(title in body for body in shown.bodies.values())] == []
    named = shown.bodies[site.public_address]
    assert [article.title for article in site.articles if named.count(article.title) < 2] == []


def test_hidden_pages_say_no_more_than_that_they_are_gone(client: Client, site: Site) -> None:
    gone = {"秘密の取り下げ", "秘密の期限切れ", "秘密の取り下げムック"}
    expected = {title: 410 if title in gone else 404 for title in site.pages}
    assert {title: client.get(page.address).status_code for title, page in site.pages.items()} == expected


def test_hidden_wire_items_say_no_more_than_that_they_are_gone(client: Client, site: Site) -> None:
    expected = {"秘密の解禁前": 404, "秘密の先の配信": 404, "秘密の保留": 410, "秘密の配信取消": 410}
    assert {title: client.get(f"/wire/{item.pk}").status_code for title, item in site.items.items()} == expected


def test_hidden_article_has_no_further_pages(client: Client, site: Site) -> None:
    for title in ("秘密の下書き", "秘密の先日付", "秘密の限定記事"):
        assert {client.get(f"{site.pages[title].address}/{rest}").status_code for rest in ("2", "all")} == {404}


def test_restricted_section_has_no_feed(client: Client, site: Site) -> None:
    assert client.get("/secret-desk/feed.xml").status_code == 404


def test_restricted_author_is_named_without_a_link(client: Client, site: Site) -> None:
    author = Site(hidden=True).restrict(builders.make_author("名だけの筆者", slug="named"))
    article = builders.make_article("署名のある記事", authors=[(author, "author")])
    body = client.get(article.address).content.decode()
    assert "名だけの筆者" in body
    assert "/authors/named" not in body


def test_no_link_leads_nowhere(client: Client, hidden: Search) -> None:
    links = {
        unescape(link)
        for body in hidden.bodies.values()
        for link in re.findall(r'href="(/[^"#]*)"', body)
        if not link.startswith(("/static", "/media"))
    }
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    "make",
    [
        builders.make_issue,
        builders.make_mook,
        builders.make_topic,
        builders.make_section,
        builders.make_author,
        lambda: builders.make_notice("掲示", "<p>文。</p>"),
    ],
)
def test_withdrawn_page_is_gone(client: Client, site: Site, make: Callable[[], Page]) -> None:
    page = make()
    page.save_revision().publish()
    page.refresh_from_db()
    assert client.get(page.address).status_code == 200
    page.unpublish()
    assert client.get(page.address).status_code == 410
