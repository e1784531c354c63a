"""What stands in the magazine after a page was filed; each test begins right after that."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from kawaraban.desk.actions.found import found
from kawaraban.desk.models import Article, Issue, Mook, Topic
from kawaraban.exchange.capture import Capture, read
from kawaraban.exchange.filing import Made, file
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import most_read
from kawaraban.wires.models import WireItem

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[1] / "samples" / "captures"
TOKYO = ZoneInfo("Asia/Tokyo")


def captured(name: str) -> Capture:
    return read((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), transaction.atomic():
        found("汐見タイムズ")
        yield file(captured("harbour"))
        transaction.set_rollback(True)


@pytest.fixture
def harbour(filed: Made, db: None) -> Made:
    return dataclasses.replace(filed, article=Article.objects.get(pk=filed.article.pk))


def titles(window: Window) -> list[str]:
    return [article.title for article in most_read(window, 10).articles]


def test_made_counts(harbour: Made) -> None:
    assert harbour.counts == {
        "articles": 1,
        "stubs": 23,
        "completed": 0,
        "sections": 1,
        "authors": 1,
        "pictures": 3,
        "wire_items": 4,
        "issues": 1,
        "mooks": 1,
        "topics": 4,
        "rankings": 3,
    }


def test_article(harbour: Made) -> None:
    article = Article.objects.get(pk=harbour.article.pk)
    assert article.full_headline == "霧笛を残す町、汐見がえらんだ音── 消える前の「最後の当番」"
    assert article.published_at == datetime(2026, 3, 4, 7, 42, tzinfo=TOKYO) == article.last_published_at
    assert (article.kicker, article.original_language, article.section.title) == ("港の暮らし", "en", "ニュース")
    assert [block.block_type for block in article.body] == ["paragraph", "related", "paragraph", "paragraph", "subheading", "paragraph"]
    assert article.body[0].value.source == "<p>霧笛舎の階段は、きっかり六十段ある。</p>"
    assert [byline.author.title for byline in article.bylines.all()] == ["マリア・ソレンセン"]
    assert article.address == "/news/2026-03/the-harbor-town-that-voted-to-keep-its-foghorn"


def test_article_opens_in_the_desk_as_published(harbour: Made) -> None:
    article = Article.objects.get(pk=harbour.article.pk)
    assert article.live and not article.has_unpublished_changes
    assert article.live_revision_id == article.latest_revision_id
    draft = article.get_latest_revision_as_object()
    assert (draft.title, len(draft.body), draft.bylines.count()) == (article.title, 6, 1)


def test_pictures_stand_in_for_missing_files(harbour: Made) -> None:
    picture = harbour.article.picture
    assert (picture.width, picture.height, picture.is_placeholder) == (1600, 1000, True)
    assert (picture.alt, picture.credit) == ("岬の霧笛舎に立つ当番", "Harbor Wire via TOZAI")
    covers = [Issue.objects.get().cover, Mook.objects.get().cover]
    assert [(cover.width, cover.height) for cover in covers] == [(900, 1200), (900, 1200)]
    assert [cover.alt for cover in covers] == ["特集:港が眠らない夜", "汐見タイムズ別冊"]


def test_wire_keeps_its_order(harbour: Made) -> None:
    items = WireItem.objects.usable().newest_first()
    assert [(item.section, item.headline) for item in items] == [(flash.section, flash.title) for flash in captured("harbour").wire]


def test_rankings_keep_their_order(harbour: Made) -> None:
    assert [tuple(titles(window)) for window in Window] == list(captured("harbour").rankings)


def test_stubs_are_live_headlines_and_nothing_more(harbour: Made) -> None:
    stubs = Article.objects.stubs()
    assert (stubs.count(), stubs.filter(section=harbour.article.section, published_at=None).count()) == (23, 23)
    assert not stubs.filter(pk__in=Article.objects.published()).exists()


def test_issue_mook_and_topics(harbour: Made) -> None:
    issue = Issue.objects.get()
    assert (f"{issue.cover_date}", f"{issue.on_sale_date}", issue.slug) == ("2026-03-10", "2026-03-03", "2026-03-10")
    assert Mook.objects.get().is_on_sale
    assert list(Topic.objects.order_by("path").values_list("kind", "sponsor")) == [
        ("hub", ""),
        ("series", ""),
        ("sponsored", "OPEN HARBOUR LAB"),
        ("sponsored", "QUIET TIDE"),
    ]
    assert Issue.objects.get().title == "港が眠らない夜"


def test_later_page_fills_its_stub(harbour: Made) -> None:
    stub = Article.objects.get(title__startswith="無人渡船")
    later = file(captured("later"))
    assert (later.article.pk, later.articles, later.stubs) == (stub.pk, 1, 1)
    assert later.article.title == "無人渡船が霧のなかで止まった朝、乗り合わせた十一人は歌った"
    assert later.article.published_at == datetime(2026, 3, 5, 9, 5, tzinfo=TOKYO)
    assert file(captured("later")).is_nothing


def test_later_lists_complete_stubs(harbour: Made) -> None:
    before = Article.objects.get(title__startswith="測量船").pk
    assert file(captured("later")).completed == 3
    whole = Article.objects.get(title="測量船「みさご」、海図に名のない岩礁を三つ持ち帰って命名へ")
    assert (whole.pk, whole.get_latest_revision_as_object().title) == (before, whole.title)
    assert titles(Window.DAY)[1] == whole.title


def test_completing_a_stub_leaves_a_draft_alone(harbour: Made) -> None:
    stub = Article.objects.get(title__startswith="測量船")
    stub.lead = "書きかけ"
    stub.save_revision(clean=False)
    file(captured("later"))
    stub.refresh_from_db()
    assert stub.title.endswith("命名へ") and stub.has_unpublished_changes
    assert stub.get_latest_revision_as_object().lead == "書きかけ"


def test_picks_are_the_articles_that_the_lists_name(harbour: Made) -> None:
    picked = Article.objects.get(title__startswith="海図を読めない")
    assert [pick.picked_id for pick in file(captured("later")).article.picks.all()] == [picked.pk]


def test_changed_headline_is_still_the_same_article(harbour: Made) -> None:
    Article.objects.filter(pk=harbour.article.pk).update(title="直した見出し", deck="")
    assert file(captured("harbour")).articles == 0
