"""あわせて読みたい: what is found, and what of it stands there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front, Pick, Section
from kawaraban.pages import relating
from kawaraban.pages.models import Change, ReadAlso, Unrelated
from kawaraban.pages.read_also import on_this, read_also
from kawaraban.pages.relating import Filed, filed_alike
from kawaraban.press.edition import Edition
from kawaraban.search.related import Relater

WHALES = "クジラの鳴き声を海峡の聴音器で調べる研究班は、貨物船の速度と騒音の関係を測った。"
TEXTS = {
    "whale": ("クジラと貨物船の騒音", WHALES + "母子のクジラは小さな声で鳴き交わす。"),
    "again": ("クジラと貨物船の騒音", WHALES + "母子のクジラは小さな声で鳴き交わす。続報。"),
    "pilots": ("海峡の水先人", "貨物船の案内をする水先人が海峡で足りない。船長は速度を落とす。"),
    "pilots-2": ("海峡の水先人", "貨物船の案内をする水先人が海峡で足りない。船長は速度を落とす。免許。"),
    "dolphins": ("イルカの鳴き声", "イルカの鳴き声を聴音器で録音する。クジラとは違う。"),
    "bread": ("あんパンの朝", "港のパン屋が漁師に塩味のあんパンを焼く。"),
    "ovens": ("窯の温度", "パン屋の窯とあんパンの塩を測る職人。"),
}
Made = dict[str, Article]
Index = Callable[[], Relater]


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def write(name: str, section: Section, days: int = 1, text: str = "", **more: object) -> Article:
    title, body = TEXTS.get(name, (name, text or name))
    return builders.make_article(title, slug=name, section=section, body=builders.make_body(body), age=timedelta(days=days), **more)


@pytest.fixture
def made(section: Section, index: Index, edition: Edition) -> Made:
    found = {name: write(name, section, days) for days, name in enumerate(TEXTS, 1)}
    index()
    return found


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    opened = Edition(tmp_path / "edition", syncs=False)
    yield opened
    opened.close()


def relate(edition: Edition, *articles: Article) -> None:
    relating.want(f"page:{article.pk}" for article in articles)
    assert relating.work_off(edition, lambda: False) == len(articles)


def titles(article: Article) -> list[str]:
    picks, related = read_also(Article.objects.get(pk=article.pk))
    return [card.address.rpartition("/")[2] for card in (*picks.cards, *related.cards)]


def test_found_by_meaning_never_its_own_no_story_twice(made: Made, edition: Edition) -> None:
    relate(edition, *made.values())
    found = titles(made["whale"])
    assert set(found[:2]) == {"dolphins", "pilots"} and titles(made["bread"])[0] == "ovens"
    assert [name for name, article in made.items() if name in titles(article)] == []


def test_same_story_never_stands_twice(made: Made, edition: Edition) -> None:
    relate(edition, *made.values())
    lists = {name: titles(article) for name, article in made.items()}
    assert "again" not in lists["whale"] and "whale" not in lists["again"]
    assert "pilots-2" not in lists["pilots"] and "pilots" not in lists["pilots-2"]
    assert [name for name, found in lists.items() if {"whale", "again"} <= set(found) or {"pilots", "pilots-2"} <= set(found)] == []


def test_picks_stand_first_and_stand_for_their_story(made: Made, edition: Edition) -> None:
    whale = made["whale"]
    whale.picks = [Pick(picked=made["bread"], sort_order=0), Pick(picked=made["pilots-2"], sort_order=1)]
    whale.save()
    relate(edition, whale)
    found = titles(whale)
    assert found[:2] == ["bread", "pilots-2"] and "pilots" not in found


def test_what_was_paid_for_stands_there_only_when_picked(made: Made, edition: Edition) -> None:
    Article.objects.filter(pk=made["dolphins"].pk).update(is_sponsored=True, sponsor="凪浜海運")
    relate(edition, made["whale"])
    assert "dolphins" not in titles(made["whale"])
    made["whale"].picks = [Pick(picked=made["dolphins"])]
    made["whale"].save()
    assert titles(made["whale"])[0] == "dolphins"


def hide_by_unpublishing(article: Article) -> None:
    article.unpublish()


def hide_by_embargo(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + timedelta(hours=1))


def hide_by_restriction(article: Article) -> None:
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def hide_by_deleting(article: Article) -> None:
    article.delete()


HIDING = [hide_by_unpublishing, hide_by_embargo, hide_by_restriction, hide_by_deleting]


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("is_picked", [True, False])
@pytest.mark.parametrize("found_before", [True, False])
def test_hidden_stands_in_no_list(section: Section, index: Index, edition: Edition, hide, is_picked: bool, found_before: bool) -> None:
    other = builders.make_section("科学", slug="science")
    whale, hidden = write("whale", section), write("dolphins", other)
    if is_picked:
        whale.picks = [Pick(picked=hidden)]
        whale.save()
    index()
    if found_before:
        relate(edition, whale)
        assert titles(whale)[0] == "dolphins"
    hide(hidden)
    assert titles(whale) == []
    relate(edition, whale)
    assert titles(whale) == [] and ReadAlso.objects.get(key=f"page:{whale.pk}").articles == []


def test_newest_of_the_section_stand_in_until_somebody_has_looked(section: Section) -> None:
    article = write("whale", section, days=9)
    others = [write(f"text-{days}", section, days) for days in range(1, 4)]
    write("science", builders.make_section("科学", slug="science"))
    assert titles(article) == [other.slug for other in others]
    assert article.slug not in titles(article)


def test_several_that_are_looked_for_together_get_what_each_gets_alone(made: Made, edition: Edition) -> None:
    relate(edition, *made.values())
    together = dict(ReadAlso.objects.values_list("key", "articles"))
    ReadAlso.objects.all().delete()
    for article in made.values():
        relate(edition, article)
    assert dict(ReadAlso.objects.values_list("key", "articles")) == together
    assert all(together.values())


def test_several_take_no_more_queries_than_one(made: Made, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relating, "KEPT", 1)  # so that none is filled with its section's newest
    monkeypatch.setattr(relating.following, "is_behind", lambda store: False)
    few, many = [made["whale"]], [made[name] for name in ("again", "pilots", "dolphins", "bread")]
    counts = []
    for articles in (few, many):
        relating.want(f"page:{article.pk}" for article in articles)
        with CaptureQueriesContext(connection) as queries:
            relating.work_off(edition, lambda: False)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_that_fails_keeps_no_other_from_its_list(made: Made, edition: Edition, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def failing(relater, look, thing, *rest, whole=relating.found):
        return 1 / 0 if thing.slug == "pilots" else whole(relater, look, thing, *rest)

    monkeypatch.setattr(relating, "found", failing)
    relate(edition, *made.values())
    assert set(ReadAlso.objects.values_list("key", flat=True)) == {f"page:{found.pk}" for name, found in made.items() if name != "pilots"}
    assert not Unrelated.objects.exists()
    assert f"page:{made['pilots'].pk}" in caplog.text


def test_words_of_an_index_that_has_followed_are_those_of_the_text(
    made: Made, index: Index, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = builders.make_wire_item("クジラの声、騒音に消える", body=WHALES)
    relater = index()
    things = relating.things_of([*(f"page:{article.pk}" for article in made.values()), f"wire:{item.pk}"])
    of_text = relating.telling(relater, things)
    monkeypatch.setattr(relating.following, "is_behind", lambda store: False)
    monkeypatch.setattr(relating, "documents", lambda things: [])
    assert relating.telling(relater, things) == of_text and len(of_text) == len(things)


def test_article_that_changed_since_the_index_followed_is_looked_for_as_it_is(made: Made, edition: Edition) -> None:
    made["bread"].title, made["bread"].body = "クジラの声", builders.make_body(WHALES * 3)
    made["bread"].save_revision().publish()
    relate(edition, made["bread"])
    assert "dolphins" in titles(made["bread"])[:2]


def test_short_list_is_filled_with_the_newest_of_the_section(made: Made, edition: Edition) -> None:
    relate(edition, made["bread"])
    found = titles(made["bread"])
    assert found[0] == "ovens" and set(found[1:]) == {"whale", "pilots", "dolphins"}


@pytest.mark.parametrize("how", ["embargoed", "private", "withdrawn", "paid for"])
def test_nothing_hidden_stands_in_until_somebody_has_looked(section: Section, how: str) -> None:
    article, shown, hidden = write("whale", section), write("bread", section), write("ovens", section)
    assert set(titles(article)) == {shown.slug, hidden.slug}
    match how:
        case "embargoed":
            hide_by_embargo(hidden)
        case "private":
            PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        case "withdrawn":
            hidden.unpublish()
        case "paid for":
            Article.objects.filter(pk=hidden.pk).update(is_sponsored=True)
    assert titles(article) == [shown.slug]


@pytest.mark.parametrize("hide", HIDING)
def test_short_list_is_filled_with_nothing_hidden(made: Made, edition: Edition, hide) -> None:
    hidden, key = made["pilots"], made["pilots"].pk
    relate(edition, made["bread"])
    assert key in ReadAlso.objects.get().articles
    if hide is hide_by_restriction:
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    else:
        hide(hidden)
    relate(edition, made["bread"])
    assert key not in ReadAlso.objects.get().articles


def test_lists_have_the_lengths_that_are_set(section: Section) -> None:
    article = write("whale", section, days=30)
    for days in range(1, 15):
        write(f"text-{days}", section, days)
    picks, related = read_also(article)
    assert (len(picks.cards), len(related.cards)) == (4, 5)
    article.picks = [Pick(picked=found, sort_order=place) for place, found in enumerate(Article.objects.exclude(pk=article.pk)[:6])]
    article.save()
    picks, related = read_also(article)
    assert (len(picks.cards), len(related.cards)) == (6, 3)


def test_topics_and_series_count(section: Section, index: Index, edition: Edition) -> None:
    series = builders.make_topic("海の声", slug="voices", kind="series")
    whale = write("whale", section, topics=[series])
    write("strait", section, 3, "海峡の貨物船と騒音の話。")
    write("noise", section, 3, "海峡の貨物船と騒音の噂。", topics=[series])
    index()
    relate(edition, whale)
    assert titles(whale) == ["noise", "strait"] or titles(whale) == ["noise"]


@pytest.mark.parametrize(("preference", "first"), [("none", "old"), ("much", "new")])
def test_section_says_how_much_being_new_counts(section: Section, index: Index, edition: Edition, preference: str, first: str) -> None:
    section.related_newness = preference
    section.save()
    whale = write("whale", section, 1)
    write("old", section, 4000, "海峡の聴音器で貨物船の速度と騒音を測った研究班。")
    write("new", section, 2, "海峡の貨物船の速度と騒音の苦情が、市場の人から港に届いた。")
    index()
    relate(edition, whale)
    assert titles(whale)[0] == first


def test_wire_item_has_the_magazine_s_articles(made: Made, index: Index, edition: Edition) -> None:
    item = builders.make_wire_item("クジラの声、貨物船の騒音に消える", body="海峡の聴音器で録音されたクジラの鳴き声。")
    index()
    relating.want([f"wire:{item.pk}"])
    assert relating.work_off(edition, lambda: False) == 1
    found = [card.address.rpartition("/")[2] for card in on_this(item.pk).cards]
    assert found and set(found) <= {"whale", "again", "dolphins", "pilots", "pilots-2"}
    hide_by_unpublishing(Article.objects.get(slug=found[0]))
    assert found[0] not in [card.address.rpartition("/")[2] for card in on_this(item.pk).cards]


def test_new_article_is_looked_at_for_those_that_it_is_like(made: Made, index: Index, edition: Edition) -> None:
    relate(edition, *made.values())
    new = write("echoes", made["whale"].section, 0, "クジラの鳴き声の反響を聴音器で調べる。貨物船の騒音。")
    index()
    relating.want([f"page:{new.pk}"], spreads=True)
    while relating.work_off(edition, lambda: False):
        pass
    assert "echoes" in titles(made["dolphins"]) and not Unrelated.objects.exists()


def test_insets_are_printed_when_their_list_has_changed_only(made: Made, edition: Edition) -> None:
    relate(edition, made["whale"])
    assert [change.address for change in Change.objects.filter(key="")] == [f"~page:{made['whale'].pk}"]
    Change.objects.all().delete()
    relate(edition, made["whale"])
    assert not Change.objects.exists()


def test_what_is_gone_leaves_nothing_noted(made: Made, edition: Edition) -> None:
    relate(edition, made["whale"])
    made["whale"].unpublish()
    relating.want([f"page:{made['whale'].pk}"])
    relating.work_off(edition, lambda: False)
    assert not ReadAlso.objects.exists() and not Unrelated.objects.exists()


def test_failed_index_leaves_it_noted(made: Made, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relating, "relater_of_site", lambda: None)
    relating.want([f"page:{made['whale'].pk}"], spreads=True)
    relating.want([f"page:{made['whale'].pk}"])
    assert relating.work_off(edition, lambda: False) == 0
    assert Unrelated.objects.get().spreads


def test_those_for_which_nobody_looked_are_noted_newest_first(made: Made, edition: Edition) -> None:
    relate(edition, made["whale"])
    assert relating.want_those_without(2) == 2
    assert set(Unrelated.objects.values_list("key", flat=True)) == {f"page:{made[name].pk}" for name in ("again", "pilots")}


def test_article_in_as_many_lists_as_may_be_is_in_no_further_one(made: Made, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relating, "MOST_LISTS", 0)
    monkeypatch.setattr(relating, "holders", lambda edition, key: ["page:1"] if key == f"page:{made['dolphins'].pk}" else [])
    monkeypatch.setattr(relating, "NEWEST", 0)
    relate(edition, made["whale"])
    assert "dolphins" not in titles(made["whale"])


KEYS = some.frozensets(some.integers(1, 4), max_size=3)
FILED = some.builds(Filed, section=some.integers(1, 2), topics=KEYS, series=KEYS)


@given(FILED, FILED)
def test_sharing_more_never_counts_for_less(one: Filed, other: Filed) -> None:
    same, factor = filed_alike(one, one), filed_alike(one, other)
    assert 1 <= factor == filed_alike(other, one) <= 2
    assert factor <= same or len(one.topics) < len(other.topics & one.topics)
