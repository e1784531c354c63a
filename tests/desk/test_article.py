from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from kawaraban.demo import builders
from kawaraban.desk.blocks import BodyBlock, lacking_words
from kawaraban.desk.models import Article, Front, Section

HEADLINE, DECK, LEAD = 60, 40, 200


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def faults(section: Section, **values: object) -> set[str]:
    article = Article(**{"title": "海の道", "section": section, **values})
    try:
        article.clean()
    except ValidationError as fault:
        return set(fault.message_dict)
    return set()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, set()),
        ({"title": "あ" * HEADLINE, "deck": "あ" * DECK, "lead": "あ" * LEAD}, set()),
        ({"title": "あ" * (HEADLINE + 1)}, {"title"}),
        ({"deck": "あ" * (DECK + 1)}, {"deck"}),
        ({"lead": "あ" * (LEAD + 1)}, {"lead"}),
        ({"title": "あ" * 61, "deck": "あ" * 41, "lead": "あ" * 201}, {"title", "deck", "lead"}),
        ({"is_sponsored": True}, {"sponsor"}),
        ({"is_sponsored": True, "sponsor": "  "}, {"sponsor"}),
        ({"is_sponsored": True, "sponsor": "凪浜海運"}, set()),
        ({"sponsor": "凪浜海運"}, set()),
    ],
)
def test_article_faults(section: Section, values: dict[str, object], fields: set[str]) -> None:
    assert faults(section, **values) == fields


@pytest.mark.parametrize(("ahead", "fields"), [(timedelta(hours=1), {"published_at"}), (-timedelta(seconds=1), set())])
def test_article_is_not_dated_ahead(section: Section, ahead: timedelta, fields: set[str]) -> None:
    assert faults(section, published_at=timezone.now() + ahead) == fields


def test_limit_says_by_how_much(section: Section) -> None:
    with pytest.raises(ValidationError) as fault:
        Article(title="あ" * 63, section=section).clean()
    assert all(number in fault.value.messages[0] for number in ("63", "60", "3"))


@pytest.mark.parametrize(("alt", "credit", "lacks"), [("港", "撮影", False), ("", "撮影", True), ("港", "", True), ("", "", True), (" ", "　", True)])
def test_picture_words(front: Front, alt: str, credit: str, lacks: bool) -> None:
    assert bool(lacking_words(builders.make_picture(title="港", alt=alt, credit=credit))) == lacks


def test_picture_words_of_no_picture() -> None:
    assert lacking_words(None) == ""


@pytest.mark.parametrize(
    ("block", "value", "fits"),
    [
        ("related", {"label": "【動画】", "article": None, "title": "", "address": ""}, False),
        ("related", {"label": "【動画】", "article": None, "title": "外の記事", "address": "https://example.jp"}, True),
        ("embed", {"address": "javascript:alert(1)", "title": "動画"}, False),
        ("embed", {"address": "https://example.jp", "title": "動画"}, True),
        ("subheading", "あ" * 61, False),
    ],
)
def test_block_is_checked(block: str, value: object, fits: bool) -> None:
    child = BodyBlock().child_blocks[block]
    try:
        child.clean(child.to_python(value) if isinstance(value, dict) else value)
    except ValidationError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(
    ("deck", "headline"),
    [("", "海の道"), ("島から島へ", "海の道── 島から島へ")],
)
def test_full_headline(deck: str, headline: str) -> None:
    assert Article(title="海の道", deck=deck).full_headline == headline


def test_new_draft_has_an_address_of_its_own(section: Section) -> None:
    moment = timezone.datetime(2026, 7, 10, 17, 36, tzinfo=timezone.get_default_timezone())
    article = section.add_child(instance=Article(title="海の道", section=section, published_at=moment))
    assert article.slug == "101736"


def test_translation_is_addressed_by_its_original(section: Section) -> None:
    article = section.add_child(instance=Article(title="海の道", section=section, original_title="The Keepers' Return"))
    assert article.slug == "the-keepers-return"


def test_two_of_the_same_minute_have_two_addresses(section: Section) -> None:
    moment = timezone.now() - timedelta(hours=1)
    made = [builders.make_article(section=section, now=moment) for _ in range(3)]
    assert len({article.address for article in made}) == 3


def test_publishing_dates_an_article(section: Section) -> None:
    article = section.add_child(instance=Article(title="海の道", section=section, live=False, body=builders.make_body()))
    assert article.published_at is None
    article.save_revision().publish()
    assert timezone.now() - Article.objects.get().published_at < timedelta(minutes=1)


def test_publishing_again_keeps_the_date(section: Section) -> None:
    article = section.add_child(instance=Article(title="海の道", section=section, live=False, body=builders.make_body()))
    article.save_revision().publish()
    first = Article.objects.get().published_at
    article.refresh_from_db()
    article.title = "海の道が変わる"
    article.save_revision().publish()
    assert Article.objects.get().published_at == first


def test_scheduled_article_appears_when_due(section: Section) -> None:
    article = section.add_child(instance=Article(title="海の道", section=section, live=False, body=builders.make_body()))
    article.go_live_at = timezone.now() + timedelta(hours=1)
    revision = article.save_revision()
    revision.publish()
    assert not Article.objects.published().exists()
    due = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"], revision.approved_go_live_at = due.isoformat(), due
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    found = Article.objects.published().get()
    assert found.get_parent().slug == f"{timezone.localtime():%Y-%m}"
    assert timezone.now() - found.published_at < timedelta(minutes=1)


def test_expired_article_goes(section: Section) -> None:
    article = builders.make_article(section=section)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    call_command("publish_scheduled", verbosity=0)
    assert not Article.objects.published().exists()


@pytest.fixture
def mixed(section: Section) -> dict[str, Article]:
    found = {
        name: builders.make_article(name, slug=name, section=section, age=timedelta(hours=age))
        for name, age in (("shown", 2), ("old", 50), ("paid", 1), ("stub", 3), ("ahead", 4), ("draft", 5))
    }
    Article.objects.filter(slug="paid").update(is_sponsored=True, sponsor="凪浜海運")
    Article.objects.filter(slug="stub").update(published_at=None)
    Article.objects.filter(slug="ahead").update(published_at=timezone.now() + timedelta(hours=1))
    Article.objects.filter(slug="draft").update(live=False)
    return found


@pytest.mark.parametrize(
    ("ask", "slugs"),
    [
        (lambda articles: articles.published(), ["old", "paid", "shown"]),
        (lambda articles: articles.listable(), ["old", "paid", "shown", "stub"]),
        (lambda articles: articles.stubs(), ["stub"]),
        (lambda articles: articles.published().editorial(), ["old", "shown"]),
        (lambda articles: articles.published().since(timezone.now() - timedelta(days=1)), ["paid", "shown"]),
        (lambda articles: articles.published(timezone.now() + timedelta(hours=2)), ["ahead", "old", "paid", "shown"]),
        (lambda articles: articles.published(timezone.now() - timedelta(hours=49)), ["old"]),
        (lambda articles: articles.shown(), ["ahead", "old", "paid", "shown", "stub"]),
    ],
    ids=["published", "listable", "stubs", "editorial", "since", "later", "earlier", "shown"],
)
def test_queryset(mixed: dict[str, Article], ask, slugs: list[str]) -> None:
    assert sorted(article.slug for article in ask(Article.objects.all())) == slugs


def test_queryset_orders(mixed: dict[str, Article]) -> None:
    assert [article.slug for article in Article.objects.published().newest_first()] == ["paid", "shown", "old"]
    assert [article.slug for article in Article.objects.published().oldest_first()] == ["old", "shown", "paid"]


def test_picture_in_use_is_not_deleted(section: Section) -> None:
    from django.db.models import ProtectedError

    article = builders.make_article(section=section, picture=builders.make_picture())
    with pytest.raises(ProtectedError):
        article.picture.delete()


def test_article_published_without_a_text_is_dated(front: Front) -> None:
    """A flash of a headline and a lead is an article; only what an import knows by its headline waits for its text."""
    section = builders.make_section()
    flash = section.add_child(instance=Article(title="港で停電", lead="復旧を急いでいる。", section=section, live=False))
    flash.save_revision().publish()
    assert not Article.objects.get(pk=flash.pk).is_stub


def test_preview_of_an_article_not_out_yet_has_a_date(desk: Client, front: Front) -> None:
    section = builders.make_section()
    draft = section.add_child(instance=Article(title="港の朝", section=section, live=False, body=builders.make_body()))
    page = draft.make_preview_request(preview_mode="").content.decode()
    assert 'class="date"' in page
    assert 'class="stub"' not in page


def test_stub_that_an_editor_fills_is_dated_then(front: Front) -> None:
    section = builders.make_section()
    long_ago = timezone.now() - timedelta(days=300)
    stub = section.add_child(instance=Article(title="港の朝", section=section, awaits_text=True, first_published_at=long_ago))
    stub.body = builders.make_body()
    stub.save_revision().publish()
    assert timezone.now() - Article.objects.get(pk=stub.pk).published_at < timedelta(minutes=1)
