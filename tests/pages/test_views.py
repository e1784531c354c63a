from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.pages.paging import page_of

LISTINGS = ["/latest", "/wire", "/wire?section=ワールド", "/world", "/world/{month}", "/topics/hub", "/authors/namba", "/magazine"]
NO_PAGES = ["abc", "0", "-1", "4", "99999", "1.5", "٣", "\x00", "", "1e1", "01", "１", "+1", "1 ", " 1", "9999999999999999999999"]
HOSTILE = [
    "/..",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/a%0D%0ASet-Cookie:x=1/",
    "/%00",
    "/world/%00",
    "/%FF%FE",
    "/%C0%AE%C0%AE/",
    "/" + "a" * 5000,
    "/" + "a/" * 1000 + "b",
    "/" + "%E6%B1%90" * 500,
    "/wire/0",
    "/wire/99999999999999999999999999",
    "/wire/9223372036854775807",
    "/wire/-1",
    "/sitemaps/0000-00.xml",
    "/sitemaps/2026-13.xml",
    "/sitemaps/99999999999-1.xml",
    "/sitemaps/9999-12.xml",
    "/media/../kawaraban.toml",
    "/media/%2e%2e/kawaraban.toml",
    "/media/..%2f..%2fetc/passwd",
    "/media/%00",
    "/static/../kawaraban.toml",
    "/static/%00",
    "/nowhere/feed.xml",
    "/desk/",
    "/admin/",
    "/world/all",
    "/world/2",
    "/latest/2",
    "/front",
]


@pytest.fixture
def world(front: Front) -> Article:
    """One of everything that lists articles, with an article in it."""
    section = builders.make_section("ワールド", slug="world")
    author = builders.make_author("灘波澄香", slug="namba")
    topic = builders.make_topic("変わる海の道", slug="hub")
    builders.make_issue()
    builders.make_wire_item(section="ワールド")
    return builders.make_article(section=section, authors=[(author, "author")], topics=[topic], body=builders.make_body())


def listings() -> list[str]:
    return [address.format(month=f"{timezone.localtime():%Y-%m}") for address in LISTINGS]


def asked(address: str, page: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}page={page}"


def test_first_page_of_every_listing(client: Client, world: Article) -> None:
    assert {address: client.get(asked(address, "1")).status_code for address in listings()} == dict.fromkeys(listings(), 200)


@pytest.mark.parametrize("wanted", NO_PAGES)
def test_page_that_is_none(wanted: str) -> None:
    with pytest.raises(Http404):
        page_of(["記事"] * 5, wanted, 2)


@pytest.mark.parametrize(("wanted", "first"), [(None, 0), ("1", 0), ("2", 2), ("3", 4)])
def test_page_that_is_there(wanted: str | None, first: int) -> None:
    assert page_of(range(5), wanted, 2).object_list[0] == first


@pytest.mark.parametrize("wanted", ["abc", "0", "2", "%D9%A3", "%00"])
def test_page_that_is_none_is_missing_in_every_listing(client: Client, world: Article, wanted: str) -> None:
    assert {address: client.get(asked(address, wanted)).status_code for address in listings()} == dict.fromkeys(listings(), 404)


def test_page_is_no_matter_to_what_has_one_page(client: Client, world: Article) -> None:
    paths = ["/", "/topics", "/authors", "/mooks", "/ranking", "/newsletter"]
    assert {path: client.get(f"{path}?page=abc").status_code for path in paths} == dict.fromkeys(paths, 200)


def test_hostile_paths_are_refused(client: Client, world: Article) -> None:
    told = {path[:80]: client.get(path).status_code for path in HOSTILE}
    assert {path: status for path, status in told.items() if status not in (301, 400, 404)} == {}


def test_hostile_queries_are_answered(client: Client, world: Article) -> None:
    queries = ["section=%00", "section=" + "a" * 5000, "section=%FF", "section=%27%22%3Cscript%3E", "section[]=1&section=", "%00=%00"]
    told = {query[:40]: client.get(f"/wire?{query}").status_code for query in queries}
    assert set(told.values()) <= {200, 404}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/world/", "/world"),
        ("/world//", "/world"),
        ("/world/?page=2", "/world?page=2"),
        ("//evil.example/", "/evil.example"),
        ("///evil.example//", "/evil.example"),
        ("/\\evil.example/", "/%5Cevil.example"),
    ],
)
def test_slash_at_the_end_leads_to_the_address_without(client: Client, front: Front, asked: str, told: str) -> None:
    path, _, query = asked.partition("?")
    answer = client.get("/", PATH_INFO=path, QUERY_STRING=query)
    assert (answer.status_code, answer["Location"]) == (301, told)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_allowed(client: Client, world: Article, method: str) -> None:
    paths = ["/", world.address, "/latest", "/wire", "/world", "/feed.xml", "/sitemap.xml", "/robots.txt"]
    assert {path: getattr(client, method)(path).status_code for path in paths} == dict.fromkeys(paths, 405)


def test_head_has_no_body(client: Client, world: Article) -> None:
    answer = client.head(world.address)
    assert (answer.status_code, answer.content) == (200, b"")


def test_readers_get_no_cookie(client: Client, world: Article) -> None:
    paths = ["/", world.address, "/latest", "/wire", "/newsletter", "/nothing-here"]
    assert [path for path in paths if client.get(path).cookies] == []


def test_missing_page_is_a_page_of_the_magazine(client: Client, world: Article) -> None:
    answer = client.get("/nothing-here")
    body = answer.content.decode()
    assert answer.status_code == 404
    assert '<meta name="robots" content="noindex">' in body
    assert 'class="masthead"' in body and 'class="rankings"' not in body


def test_withdrawn_article_is_gone_and_comes_back(client: Client, world: Article) -> None:
    world.unpublish()
    assert client.get(world.address).status_code == 410
    world.save_revision().publish()
    assert client.get(world.address).status_code == 200


def test_withdrawn_article_with_further_pages_is_gone(client: Client, world: Article) -> None:
    world.body = [*builders.make_body(), ("page_break", None), *builders.make_body()]
    world.save_revision().publish()
    world.unpublish()
    assert {client.get(f"{world.address}/{rest}").status_code for rest in ("2", "all")} == {410}
    assert {client.get(f"{world.address}/{rest}").status_code for rest in ("3", "02", "made-up")} == {404}


def test_moved_article_is_found_at_its_new_address(client: Client, world: Article, django_capture_on_commit_callbacks) -> None:
    world.slug = "a-better-name"
    before = world.address
    with django_capture_on_commit_callbacks(execute=True):
        world.save_revision().publish()
    answer = client.get(before)
    assert (answer.status_code, answer["Location"].removeprefix("http://127.0.0.1:8000")) == (301, Article.objects.get(pk=world.pk).address)


def test_page_above_an_article_is_no_page_of_it(client: Client, front: Front) -> None:
    assert client.get("/front").status_code == 404


def test_month_before_the_first_is_missing(client: Client, world: Article) -> None:
    before = timezone.localtime() - timedelta(days=400)
    assert client.get(f"/world/{before:%Y-%m}").status_code == 404


def test_failure_needs_no_database(settings, front: Front) -> None:
    from django.db import connection

    from kawaraban.pages.views import failure

    with connection.execute_wrapper(lambda *_: pytest.fail("the 500 page asked the database")):
        answer = failure(None)
    assert answer.status_code == 500
    assert "500" in answer.content.decode()
