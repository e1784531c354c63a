"""The search page from what a question to the index is answered with, and from addresses of any kind."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from kawaraban.demo import builders
from kawaraban.desk.models import Front
from kawaraban.pages import search_asked
from kawaraban.pages.search_asked import Asked, read
from kawaraban.search import site
from kawaraban.search.site import Facet, Filters, Found, Order, Result, Span, State

Answer = Callable[..., None]


@pytest.fixture
def asked() -> list[dict]:
    """What the index was asked for."""
    return []


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch, asked: list[dict]) -> Answer:
    """Lets the index answer with what is given."""

    def answer(*results: Result, **more: object) -> None:
        def find(text: str, **told: object) -> Found:
            asked.append({"text": text, **told})
            return Found(results, **{"total": len(results), **more})

        monkeypatch.setattr(site, "find", find)

    answer()
    return answer


def of_article(article, *around: Span) -> Result:
    return Result(f"article:{article.pk}", "article", article, (Span(article.title),), around)


def body(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def text(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", "", html).split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", Asked()),
        ("q=%20a%20", Asked("a")),
        ("q=a&section=12&kind=wire", Asked("a", (("kind", "wire"), ("section", "12")))),
        ("q=a&section=0&topic=x&author=1%202&kind=page", Asked("a")),
        ("q=a&from=2025-02-01&until=2025-03-01", Asked("a", since=date(2025, 2, 1), until=date(2025, 3, 1))),
        ("q=a&from=2025-03-01&until=2025-02-01", Asked("a", since=date(2025, 2, 1), until=date(2025, 3, 1))),
        ("q=a&from=2025-02-30&until=9999-01-01", Asked("a")),
        ("q=a&from=２０２５-01-01", Asked("a")),
        ("q=a&order=date&page=3", Asked("a", order=Order.DATE, page=3)),
        ("q=a&order=best&page=0", Asked("a")),
        ("q=a&page=9999", Asked("a", page=50)),
    ],
)
def test_address_is_read(query: str, found: Asked) -> None:
    assert read(QueryDict(query)) == found
    assert read(QueryDict(found.address().partition("?")[2])) == found


def test_days_are_the_magazines_own(settings) -> None:
    filters = Asked("a", since=date(2025, 2, 1), until=date(2025, 2, 1)).filters
    assert (filters.since.isoformat(), filters.until.isoformat()) == ("2025-02-01T00:00:00+09:00", "2025-02-02T00:00:00+09:00")


def test_results_are_shown_with_what_was_asked_for_marked(client: Client, front: Front, finds: Answer, asked: list[dict]) -> None:
    article = builders.make_article("灯台守の手紙", original_title="Letters of the lamp", original_language="en", kicker="海の道", deck="港にて")
    around = (Span("岬の"), Span("灯台", True), Span("に<人>が住む"))
    finds(Result("article:1", "article", article, (Span("灯台", True), Span("守の手紙")), around))
    html = body(client, "/search?q=灯台&order=date")
    assert "<mark>灯台</mark>に&lt;人&gt;が住む" in html
    assert f'<a href="{article.address}"><mark>灯台</mark>守の<wbr>手紙── 港にて</a>' in html.replace("<wbr>にて", "にて")
    assert '<p class="result-original" lang="en">Letters of the lamp</p>' in html
    assert "1件" in html and "海の道" in html
    assert asked == [{"text": "灯台", "page": 1, "size": 20, "filters": Filters({}), "order": Order.DATE}]


def test_what_is_shown_besides_is_marked_too(client: Client, front: Front, finds: Answer) -> None:
    article = builders.make_article("灯台守の手紙", original_title="Letters", kicker="海の道", deck="港にて")
    beside = {"kicker": (Span("海", True), Span("の道")), "original": (Span("Letters", True),), "deck": (Span("港", True), Span("にて"))}
    names = (Span("灘波", True), Span("<澄香>"))
    finds(Result("article:1", "article", article, (Span(article.title),), (), beside={**beside, "byline": names}))
    html = body(client, "/search?q=海")
    for shown in ("<mark>海</mark>の道", "<mark>Letters</mark>", "<mark>港</mark>にて", "<span><mark>灘波</mark>&lt;澄香&gt;</span>"):
        assert shown in html
    finds(Result("article:1", "article", article, (Span(article.title),), (), beside={"byline": (Span("灘波澄香"),)}))
    assert "灘波澄香" not in body(client, "/search?q=海")


def test_every_kind_of_result_is_shown(client: Client, front: Front, finds: Answer) -> None:
    topic, author, issue = builders.make_topic("岬の話"), builders.make_author("灘波澄香"), builders.make_issue("海の道が変わる日")
    item = builders.make_wire_item("連絡船、就航")
    things = {"topic": topic, "author": author, "issue": issue, "wire": item}
    finds(*(Result(f"{kind}:1", kind, thing, (Span(getattr(thing, "title", "連絡船、就航")),), ()) for kind, thing in things.items()))
    html = body(client, "/search?q=海")
    for address in (topic.address, author.address, issue.address, f"/wire/{item.pk}"):
        assert f'<a href="{address}">' in html


def test_sponsored_result_says_so(client: Client, front: Front, finds: Answer) -> None:
    finds(of_article(builders.make_article(is_sponsored=True, sponsor="潮路")))
    assert '<span class="pr">PR</span>' in body(client, "/search?q=灯台").partition("<main")[2].partition("</main>")[0]


def test_facets_narrow_and_what_is_chosen_can_be_taken_away(client: Client, front: Front, finds: Answer) -> None:
    article = builders.make_article()
    section = article.section
    facets = {
        "kind": (Facet("article", "article", 3), Facet("wire", "wire", 2)),
        "section": (Facet(str(section.pk), section.title, 3),),
        "topic": (Facet("7", "岬の話", 2),),
        "year": (Facet("2024", "2024", 1), Facet("2025", "2025", 4)),
    }
    finds(of_article(article), total=5, facets=facets)
    html = body(client, f"/search?q=a&topic=7&order=date&section={section.pk}&page=1")
    assert f'<a href="/search?q=a&amp;topic=7&amp;order=date"><span class="for-screen-readers">条件を外す： </span>{section.title}</a>' in html
    assert (
        f'href="/search?q=a&amp;kind=wire&amp;section={section.pk}&amp;topic=7&amp;order=date" rel="nofollow">配信記事 <span class="number">2</span>'
        in html
    )
    years = re.findall(r"from=(\d{4})-01-01&amp;until=\d{4}-12-31", html)
    assert years == ["2025", "2024"]
    assert f'<input type="hidden" name="section" value="{section.pk}">' in html


def test_pages_have_addresses_of_their_own(client: Client, front: Front, finds: Answer, asked: list[dict]) -> None:
    finds(of_article(builders.make_article()), total=45)
    html = body(client, "/search?q=a&page=2")
    assert 'href="/search?q=a" rel' in html or 'rel="prev" href="/search?q=a"' in html
    assert 'rel="next" href="/search?q=a&amp;page=3"' in html
    assert asked[-1]["page"] == 2
    assert "45件" in html


def test_page_beyond_the_last_is_the_last(client: Client, front: Front, finds: Answer, asked: list[dict]) -> None:
    finds(of_article(builders.make_article()), total=25)
    html = body(client, "/search?q=a&page=40")
    assert [one["page"] for one in asked] == [40, 2]
    assert 'aria-current="page">2<' in html


def test_page_beyond_the_last_of_what_shrinks_is_the_first(client: Client, front: Front, asked: list[dict], monkeypatch) -> None:
    """While the index is behind, a total is no more than what was seen so far."""

    def find(text: str, *, page: int, size: int, **told: object) -> Found:
        asked.append({"page": page})
        return Found((), total=(page - 1) * size)

    monkeypatch.setattr(site, "find", find)
    assert client.get("/search?q=a&page=40").status_code == 200
    assert [one["page"] for one in asked] == [40, 39, 1]


def test_words_that_were_left_out_and_what_was_meant_are_said(client: Client, front: Front, finds: Answer) -> None:
    finds(of_article(builders.make_article()), relaxed=True, meant='灯台 "守"', state=State.FILLING)
    html = body(client, "/search?q=灯大&page=2")
    assert "一部の言葉を含むものを表示しています。" in html
    assert "ただいま索引を準備しています。" in html
    assert 'もしかして：<a href="/search?q=%E7%81%AF%E5%8F%B0+%22%E5%AE%88%22">灯台 &quot;守&quot;</a>' in html


def test_nothing_found_is_said_and_shows_the_rankings(client: Client, front: Front, finds: Answer, monkeypatch) -> None:
    from kawaraban.pages import slots

    monkeypatch.setitem(slots.SLOTS, "rankings", slots.SLOTS["wire"])
    main = body(client, "/search?q=<灯台>").partition("<main")[2].partition("</main>")[0]
    assert "「&lt;灯台&gt;」に一致するものは見つかりませんでした。" in main
    assert 'class="wire"' in main


def test_text_that_is_too_long_is_told_so_and_not_looked_for(client: Client, front: Front, finds: Answer, asked: list[dict]) -> None:
    answer = client.get("/search", {"q": "灯" * 501})
    assert answer.status_code == 200
    assert "500文字以内で入力してください。" in answer.content.decode()
    assert asked == []
    assert client.get("/search", {"q": "灯" * 500}).status_code == 200
    assert len(asked) == 1


def test_index_that_is_being_made_is_a_page_that_nobody_keeps(client: Client, front: Front, finds: Answer) -> None:
    finds(state=State.FILLING)
    answer = client.get("/search?q=a")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    html = answer.content.decode()
    assert "ただいま索引を準備しています。" in html
    assert "見つかりませんでした" not in html
    assert "0件" not in html


def test_magazine_without_articles_finds_nothing_and_says_so(client: Client, front: Front, finds: Answer) -> None:
    finds()
    answer = client.get("/search?q=a")
    assert (answer.status_code, answer.headers.get("Cache-Control")) == (200, None)
    assert "見つかりませんでした" in answer.content.decode()


def test_index_that_can_not_be_read_is_no_page(client: Client, front: Front, finds: Answer) -> None:
    finds(state=State.DOWN)
    answer = client.get("/search?q=a")
    assert answer.status_code == 503
    assert "ただいま検索をご利用いただけません" in answer.content.decode()


def test_page_is_hidden_from_search_engines(client: Client, front: Front, finds: Answer) -> None:
    for address in ("/search", "/search?q=a"):
        html = body(client, address)
        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html


def test_feed_has_articles_alone(client: Client, front: Front, finds: Answer, asked: list[dict]) -> None:
    article = builders.make_article("灯台守の手紙")
    finds(of_article(article))
    answer = client.get("/search/feed?q=灯台&kind=wire&order=relevance")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert "<title>灯台守の手紙" in answer.content.decode()
    assert (asked[-1]["order"], asked[-1]["filters"].marks["kind"]) == (Order.DATE, frozenset({"article"}))
    assert "&lt;link&gt;" not in answer.content.decode() and "/search?q=%E7%81%AF%E5%8F%B0" in answer.content.decode()
    assert client.get("/search/feed").status_code == 200


def test_feed_shows_nothing_that_readers_may_not_see(client: Client, front: Front, finds: Answer) -> None:
    article = builders.make_article("灯台守の手紙")
    finds(of_article(article))
    article.unpublish()
    assert "灯台守" not in client.get("/search/feed?q=灯台").content.decode()


def test_suggestions_are_what_browsers_take(client: Client, front: Front, monkeypatch) -> None:
    monkeypatch.setattr(site, "suggest", lambda beginning: [f"{beginning}台"])
    answer = client.get("/search/suggest?q=灯")
    assert (answer.headers["Content-Type"], answer.json()) == ("application/x-suggestions+json", ["灯", ["灯台"]])
    assert client.get("/search/suggest").json() == ["", []]
    assert client.get("/search/suggest", {"q": "x" * 61}).json() == ["", []]


def test_description_names_the_searches(client: Client, front: Front) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    assert '/search?q={searchTerms}"' in answer.content.decode()
    assert f"<ShortName>{front.title[:16]}</ShortName>" in answer.content.decode()
    assert 'rel="search" type="application/opensearchdescription+xml"' in body(client, "/")


def test_every_page_has_the_box_and_the_policy_names_its_script(client: Client, front: Front) -> None:
    from kawaraban.pages import suggesting
    from kawaraban.pages.policy import named, policy

    html = body(client, "/")
    assert '<form class="masthead-search" action="/search" role="search"' in html
    assert f"<script data-search>{suggesting.script()}</script>" in html
    assert named(suggesting.script()) in policy()
    assert "</" not in suggesting.script() and len(suggesting.script().encode()) < 3000


def test_addresses_that_are_asked_are_those_of_the_newsstand() -> None:
    from kawaraban.newsstand import questions
    from kawaraban.pages.answers import SEARCHES

    assert set(SEARCHES) == set(questions.PARAMETERS)
    assert search_asked.ADDRESS == questions.PAGE
