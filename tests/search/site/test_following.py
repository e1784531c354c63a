"""The index follows what is published, changed, withdrawn, killed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Byline, Picture
from kawaraban.search import site
from kawaraban.search.site import following, places
from kawaraban.search.store import Store
from kawaraban.wires.models import WireItem
from tests.search.site.asked import titles

Follow = Callable[[], Store]


def in_index(store: Store, *ids: str) -> set[str]:
    return places.present(store.database, ids)


def words(store: Store) -> set[str]:
    return {text for (text,) in store.database.execute("SELECT text FROM word")}


def test_published_is_found(index: Store) -> None:
    article = builders.make_article("灯台守の手紙", body=builders.make_body("岬に残る。"))
    (result,) = site.find("灯台守").results
    assert (result.id, result.kind, result.thing) == (f"article:{article.pk}", "article", article)
    assert [span.text for span in result.title if span.is_match] == ["灯台守"]


def test_change_is_found_and_the_old_is_not(index: Store) -> None:
    article = builders.make_article("灯台守の手紙")
    assert titles("灯台守")
    article.title = "牡蠣の山"
    article.save_revision().publish()
    assert titles("灯台守") == []
    assert titles("牡蠣") == ["牡蠣の山"]


def test_withdrawn_leaves_no_word_behind(followed: Follow) -> None:
    article = builders.make_article("灯台守の手紙")
    assert "灯台守" in words(followed()) or titles("灯台守")
    article.unpublish()
    store = followed()
    assert words(store) == set()
    assert not in_index(store, f"article:{article.pk}")


def test_deleted_is_taken_out(followed: Follow) -> None:
    article = builders.make_article("灯台守の手紙")
    followed()
    key = article.pk
    article.delete()
    assert not in_index(followed(), f"article:{key}")


def test_draft_is_not_put_in(followed: Follow) -> None:
    article = builders.make_article("灯台守の手紙")
    followed()
    article.title = "秘密の改稿"
    article.save_revision()
    assert titles("秘密") == []
    assert "秘密" not in words(followed())


@pytest.mark.parametrize("place", ["article", "section"])
def test_restriction_takes_out_and_its_end_puts_in(followed: Follow, place: str) -> None:
    section = builders.make_section("経済")
    article = builders.make_article("灯台守の手紙", section=section)
    assert in_index(followed(), f"article:{article.pk}")
    restriction = PageViewRestriction.objects.create(page=section if place == "section" else article, restriction_type="login")
    assert not in_index(followed(), f"article:{article.pk}")
    restriction.delete()
    assert in_index(followed(), f"article:{article.pk}")


def test_moved_below_a_restriction_is_taken_out(followed: Follow) -> None:
    open_section, closed = builders.make_section("経済"), builders.make_section("会員")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    article = builders.make_article("灯台守の手紙", section=open_section)
    assert in_index(followed(), f"article:{article.pk}")
    open_section.month_of(article.published_at).move(closed, pos="last-child")
    assert not in_index(followed(), f"article:{article.pk}")


def test_killed_wire_item_leaves_no_word_behind(followed: Follow) -> None:
    item = builders.make_wire_item("連絡船、就航", agency="")
    assert in_index(followed(), f"wire:{item.pk}")
    item.status = WireItem.Status.CANCELED
    item.save()
    store = followed()
    assert not in_index(store, f"wire:{item.pk}")
    assert words(store) == set()


@pytest.mark.parametrize("values", [{"status": "withheld"}, {"is_hidden": True}, {"embargoed_until": timezone.now() + timedelta(hours=1)}])
def test_wire_item_that_may_not_be_shown_any_more_goes(followed: Follow, values: dict[str, object]) -> None:
    item = builders.make_wire_item("連絡船、就航")
    assert in_index(followed(), f"wire:{item.pk}")
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    assert not in_index(followed(), f"wire:{item.pk}")


def test_embargoed_appears_at_its_time(followed: Follow, monkeypatch: pytest.MonkeyPatch) -> None:
    until = timezone.now() + timedelta(hours=1)
    item = builders.make_wire_item("連絡船、就航", embargoed_until=until)
    article = builders.make_article("先の日付の記事", slug="ahead")
    Article.objects.filter(pk=article.pk).update(published_at=until)
    assert not in_index(followed(), f"wire:{item.pk}", f"article:{article.pk}")
    later = until + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr(following.time, "time", later.timestamp)
    assert in_index(followed(), f"wire:{item.pk}", f"article:{article.pk}") == {f"wire:{item.pk}", f"article:{article.pk}"}


def test_author_of_a_new_name_is_found_by_it(index: Store) -> None:
    author = builders.make_author("灘波澄香")
    builders.make_article("島の記事", authors=[(author, Byline.Role.AUTHOR)])
    assert "島の記事" in titles("灘波澄香")
    author.title = "朝窓光"
    author.save()
    assert set(titles("朝窓光")) == {"島の記事", "朝窓光"}
    assert titles("灘波澄香") == []


@pytest.mark.parametrize("place", ["head", "body"])
def test_caption_of_a_picture_is_found_after_its_change(index: Store, settings, place: str) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # which refers to which is kept by a task
    picture = builders.make_picture(caption="桟橋の朝。")
    values = {"picture": picture} if place == "head" else {"body": [("picture", {"picture": picture, "caption": ""})]}
    builders.make_article("島の記事", **values)
    assert titles("桟橋") == ["島の記事"]
    found = Picture.objects.get(pk=picture.pk)
    found.caption = "牡蠣の山。"
    found.save()
    assert (titles("桟橋"), titles("牡蠣")) == ([], ["島の記事"])


def test_what_was_never_noted_is_found_when_everything_is_looked_over(followed: Follow) -> None:
    kept, gone = builders.make_article("岬の記事", slug="kept"), builders.make_article("港の記事", slug="gone")
    store = followed()
    with store.writing() as database:
        following.Change(store, database).take(f"article:{kept.pk}")
    Article.objects.filter(pk=gone.pk).update(live=False)
    following.reconcile(store)
    following.follow(store, fills=True)
    assert in_index(store, f"article:{kept.pk}", f"article:{gone.pk}") == {f"article:{kept.pk}"}
