"""Nothing that readers may not see is told: no result, no count, no suggestion, no better spelling. Nothing breaks the search either."""

import sqlite3
from collections.abc import Callable

import pytest
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Topic
from kawaraban.search import site
from kawaraban.search.filters import Filters
from kawaraban.search.site import following, keeping, opened
from kawaraban.search.site.answering import labelled
from kawaraban.search.store import Store
from tests.search.site.asked import titles

QUERIES = ["灯台守", '"灯台守の手紙"', "とうだいもり", "灯台 OR 岬", "灯"]
HIDE: dict[str, Callable[[Article], object]] = {
    "withdrawn": lambda article: article.unpublish(),
    "private": lambda article: PageViewRestriction.objects.create(page=article, restriction_type="login"),
    "deleted": lambda article: article.delete(),
    "noted nowhere": lambda article: Article.objects.filter(pk=article.pk).update(live=False),
}


def hidden_later(name: str) -> Article:
    topic = builders.make_topic("岬の話")
    article = builders.make_article("灯台守の手紙", topics=[topic], body=builders.make_body("岬に残る。"))
    assert titles('"灯台守の手紙"') == ["灯台守の手紙"]
    HIDE[name](article)
    return article


@pytest.mark.parametrize("name", HIDE)
@pytest.mark.parametrize("query", QUERIES)
def test_hidden_is_no_result(index: Store, name: str, query: str) -> None:
    hidden_later(name)
    assert "灯台守の手紙" not in titles(query)


@pytest.mark.parametrize("name", ["withdrawn", "private", "deleted"])
def test_hidden_is_not_counted_suggested_or_meant(index: Store, name: str) -> None:
    hidden_later(name)
    found = site.find("灯台守")
    assert (found.total, dict(found.facets)) == (0, {})
    assert [text for beginning in ("灯", "とうだい", "手") for text in site.suggest(beginning)] == []
    assert site.find("灯台森").meant == ""


def test_nothing_is_counted_or_suggested_while_the_index_can_not_follow(index: Store) -> None:
    builders.make_article("灯台守の手紙", slug="seen")
    article = builders.make_article("灯台守の秘密", slug="hidden")
    assert site.find("灯台守").total == 2
    article.unpublish()
    with locked(index):
        found = site.find("灯台守")
        assert ([result.thing.title for result in found.results], found.total, dict(found.facets)) == (["灯台守の手紙"], 1, {})
        assert site.suggest("灯") == []
    assert site.find("灯台守").facets["kind"][0].count == 1


class locked:  # noqa: N801 - read as a word where it is used
    """Somebody else writes into the index all the while."""

    def __init__(self, store: Store) -> None:
        self.other = sqlite3.connect(store.file, isolation_level=None)

    def __enter__(self) -> None:
        self.other.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self.other.execute("ROLLBACK")
        self.other.close()


def test_an_article_about_it_comes_before_a_person_or_an_issue_that_names_it(index: Store) -> None:
    """Theirs are short texts, in which a word tells more."""
    builders.make_author("遠見壮一", job="灯台担当記者", biography="帳簿を読む。")
    builders.make_issue("北の海", cover_lines="灯台の学", blurb="")
    builders.make_article("傘のめぐる島", kicker="島の灯台", body=builders.make_body(*["港から島へ、船が人と荷を運ぶ。"] * 30))
    assert titles("灯台") == ["傘のめぐる島", "遠見壮一", "北の海"]
    assert titles("遠見壮一") == ["遠見壮一"]


def test_a_result_says_by_whom_it_is(index: Store) -> None:
    author = builders.make_author("灘波澄香")
    builders.make_article("灯台守の手紙", authors=[(author, "author")])
    (found,) = (result for result in site.find("灘波澄香").results if result.kind == "article")
    assert found.beside["byline"] == (site.Span("灘波澄香", is_match=True),)


def test_facets_are_named(index: Store) -> None:
    topic, author = builders.make_topic("岬の話"), builders.make_author("灘波澄香")
    article = builders.make_article("灯台守の手紙", topics=[topic], authors=[(author, "author")])
    year = str(local(article.published_at).year)
    facets = site.find("灯台守").facets
    assert {name: [(facet.value, facet.label, facet.count) for facet in found] for name, found in facets.items()} == {
        "kind": [("article", "article", 1)],
        "section": [(str(article.section_id), article.section.title, 1)],
        "topic": [(str(topic.pk), "岬の話", 1)],
        "author": [(str(author.pk), "灘波澄香", 1)],
        "year": [(year, year, 1)],
    }


def test_hidden_topic_is_no_facet_and_no_filter(index: Store) -> None:
    topic = builders.make_topic("岬の話")
    builders.make_article("灯台守の手紙", topics=[topic])
    narrowed = Filters({"topic": frozenset({str(topic.pk)})})
    assert site.find("灯台守", filters=narrowed).total == 1
    Topic.objects.filter(pk=topic.pk).update(live=False)
    assert site.find("灯台守", filters=narrowed).total == 0
    assert "topic" not in {name for name, facets in site.find("灯台守").facets.items() if facets}


def test_unknown_facets_and_values_are_no_error(index: Store) -> None:
    assert labelled({"topic": [("x", 1), ("999999999", 1)]}) == {"topic": ()}
    assert site.find("灯", filters=Filters({"nothing": frozenset({"x"})})).total == 0


@pytest.mark.parametrize("page", [-1, 0, 1, 10_000])
def test_any_page_is_an_answer(index: Store, page: int) -> None:
    builders.make_article("灯台守の手紙")
    assert site.find("灯台守", page=page).state is site.State.READY


def test_without_an_index_the_answer_says_so(folder) -> None:
    assert site.find("灯") == site.Found(state=site.State.FILLING)
    assert site.suggest("灯") == []


def test_deleted_index_is_made_again(index: Store) -> None:
    builders.make_article("灯台守の手紙")
    keeping.discard(index.folder)
    assert site.find("灯台守").state is site.State.FILLING
    kept()
    assert titles("灯台守") == ["灯台守の手紙"]


def kept() -> None:
    """What the worker does in some turns."""
    keeper = keeping.Keeper()
    for _ in range(4):
        keeper.turn()


def test_broken_index_is_said_and_made_again(index: Store, caplog: pytest.LogCaptureFixture) -> None:
    builders.make_article("灯台守の手紙")
    assert titles("灯台守")
    opened.close()
    index.file.write_bytes(b"no database at all" * 1_000)
    assert site.find("灯台守").state is site.State.DOWN
    assert "can't be asked" in caplog.text
    kept()
    assert titles("灯台守") == ["灯台守の手紙"]
    assert not (index.folder / opened.BROKEN).exists()


def test_full_disk_hinders_neither_saving_nor_finding(index: Store) -> None:
    builders.make_article("灯台守の手紙", slug="first")
    assert titles("灯台守") == ["灯台守の手紙"]
    index.database.execute("PRAGMA max_page_count = 1")
    many = "".join(chr(0x4E00 + place * 37 % 20_000) for place in range(60_000))
    article = builders.make_article("牡蠣の山", slug="second", body=builders.make_body(many))
    assert titles("灯台守") == ["灯台守の手紙"]
    with pytest.raises(sqlite3.OperationalError, match="full"):
        following.follow(index)
    index.database.execute("PRAGMA max_page_count = 1000000")
    assert titles("牡蠣") == [article.title]


def test_index_of_another_database_is_made_anew(index: Store) -> None:
    builders.make_article("灯台守の手紙")
    following.follow(index)
    with index.writing() as database:
        database.execute("UPDATE place SET seen = seen + 1000")
        following.Change(index, database).take("article:1")
        database.execute("UPDATE piece SET id = 'article:999'")
    opened.close()
    kept()
    assert titles("灯台守") == ["灯台守の手紙"]


def test_old_index_answers_until_the_new_one_has_everything(index: Store, settings) -> None:
    seen, hidden = (builders.make_article(title, slug=slug) for slug, title in {"a": "灯台守の手紙", "b": "灯台守の秘密"}.items())
    assert len(titles("灯台守")) == 2
    words = settings.KAWARABAN.own_words / "words.txt"
    words.parent.mkdir(exist_ok=True)
    words.write_text("凪沙丸 なぎさまる\n", encoding="utf-8")
    try:
        look_again()
        old = opened.index().store
        assert old.is_stale
        keeper = keeping.Keeper()
        keeper.making = keeping.begun(old.folder)
        hidden.unpublish()
        assert titles("灯台守") == [seen.title]
        assert (site.suggest("秘"), site.find("秘蜜").meant) == ([], "")
        kept()
        assert titles("灯台守") == [seen.title]
        assert not opened.index().store.is_stale
        assert [file.suffix for file in old.folder.glob("index-*") if file.suffix in (".sqlite3", ".making")] == [".sqlite3"]
    finally:
        words.unlink()
        look_again()


def look_again() -> None:
    from kawaraban.search.dictionary import Kept

    Kept.looked = float("-inf")


def test_synonyms_hold_at_once(index: Store, settings) -> None:
    builders.make_article("灯台守の手紙")
    assert titles("あかり番") == []
    file = settings.KAWARABAN.own_words / "synonyms.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("灯台守 = あかり番\n", encoding="utf-8")
    try:
        assert titles("あかり番") == ["灯台守の手紙"]
    finally:
        file.unlink()
