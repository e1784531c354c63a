from datetime import timedelta

import pytest
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front, Section
from kawaraban.pages import slots
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def fill(count: int, section: Section, **values: object) -> list[Article]:
    return [
        builders.make_article(f"記事{place:02}", slug=f"article-{place}", section=section, age=timedelta(minutes=1 + place), **values)
        for place in range(count)
    ]


@pytest.mark.parametrize("name", [name for name in slots.SLOTS if name != "section_rankings"])
def test_slot_of_an_empty_magazine(front: Front, name: str) -> None:
    assert "None" not in slots.slot_html(name)


def test_masthead_says_day_and_sections(front: Front, section: Section) -> None:
    told = slots.masthead()
    local = timezone.localtime()
    assert told.day == f"{local.year}年{local.month}月{local.day}日（{'月火水木金土日'[local.weekday()]}）"
    assert [(link.title, link.address) for link in told.sections] == [("ワールド", "/world")]


def test_footer_names_directories_and_notices(front: Front) -> None:
    builders.make_notice("著作権とリンク", "<p>文。</p>", slug="copyright")
    told = slots.footer()
    assert [link.address for link in told.directories] == ["/topics", "/authors", "/magazine", "/mooks"]
    assert [(link.title, link.address) for link in told.notices] == [("著作権とリンク", "/copyright")]
    assert told.publisher == "汐見"


def test_latest_is_eight_of_the_newest(section: Section) -> None:
    fill(9, section)
    builders.make_article("広告", section=section, age=timedelta(0), is_sponsored=True, sponsor="凪浜海運")
    assert [card.title for card in slots.latest().cards] == [f"記事{place:02}" for place in range(8)]


def test_wire_is_eight_titles_cut_at_25(front: Front) -> None:
    for place in range(9):
        builders.make_wire_item("あ" * 24 + "いろは" + str(place), age=timedelta(minutes=place + 1), section="ワールド")
    told = slots.wire()
    assert [entry.title for entry in told.entries] == ["あ" * 24 + "い"] * 8
    assert told.entries[0].section == "ワールド" and told.address == "/wire"


def test_wire_of_another_day_shows_its_date(front: Front) -> None:
    item = builders.make_wire_item(age=timedelta(days=2))
    local = timezone.localtime(item.published)
    assert slots.wire().entries[0].time == f"{local.month}/{local.day}"


def test_magazine_is_the_issue_on_sale(front: Front) -> None:
    today = timezone.localdate()
    for title, days in (("先週号", -7), ("今週号", 0), ("来週号", 7)):
        builders.make_issue(title, on_sale=today + timedelta(days=days))
    told = slots.current_magazine()
    assert (told.cover.line, told.address) == ("今週号", "/magazine")
    assert told.cover.title.endswith("今週号") and told.cover.title != "今週号"


def test_newsletter_shows_the_invitation(front: Front) -> None:
    front.newsletter_blurb = "毎週火曜の朝に。"
    front.save()
    assert "毎週火曜の朝に。" in slots.slot_html("newsletter")


def test_rankings_cut_from_the_fourth(section: Section) -> None:
    long = "あ" * 30
    replace_imported(Window.DAY, [builders.make_article(long, slug=f"long-{place}", section=section) for place in range(10)])
    (ranking,) = slots.rankings().lists
    titles = [str(item.title).replace("<wbr>", "") for item in ranking.ranked]
    assert titles == [long] * 3 + ["あ" * 24 + "…"] * 7
    assert [item.is_whole for item in ranking.ranked] == [True] * 3 + [False] * 7
    assert (ranking.window, [item.rank for item in ranking.ranked]) == ("24h", list(range(1, 11)))


def test_rankings_without_reads_leave_no_trace(front: Front) -> None:
    assert slots.slot_html("rankings").strip() == ""


def test_topics_carry_the_pr_label(front: Front) -> None:
    builders.make_topic("変わる海の道", slug="hub")
    builders.make_topic("島の暮らし", slug="paid", kind="sponsored", sponsor="凪浜海運")
    builders.make_topic("載せない話題", slug="quiet", is_featured=False)
    assert [(topic.title, topic.is_sponsored) for topic in slots.topics().topics] == [("変わる海の道", False), ("島の暮らし", True)]
    assert slots.slot_html("topics").count('<p class="pr">PR</p>') == 1


def test_mook_on_sale_only(front: Front) -> None:
    builders.make_mook("週末の灯台", slug="on")
    builders.make_mook("売り切れた別冊", slug="off", is_on_sale=False)
    assert [entry.title for entry in slots.mook().mooks] == ["週末の灯台"]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("banner", 1),
        ("masthead", 3),
        ("footer", 6),
        ("latest", 3),
        ("wire", 1),
        ("magazine", 5),
        ("newsletter", 1),
        ("rankings", 16),
        ("topics", 2),
        ("mook", 5),
    ],
)
def test_slot_queries_do_not_grow(section: Section, django_assert_num_queries, name: str, queries: int) -> None:
    for count in (2, 4):
        articles = fill(count, section, picture=builders.make_picture()) if count == 2 else list(Article.objects.all())
        replace_imported(Window.DAY, articles[: count - 1])
        builders.make_wire_item(), builders.make_topic(slug=f"hub-{count}"), builders.make_mook(slug=f"mook-{count}", cover=builders.make_picture())
        builders.make_issue(on_sale=timezone.localdate() - timedelta(days=count), cover=builders.make_picture())
        slots.slot_html(name)
        with django_assert_num_queries(queries):
            slots.slot_html(name)
