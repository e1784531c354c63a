"""Pin, exclude, hold, settle, and each undone: through the forms, with what the log keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from tests.readership.conftest import Read
from tests.readership.desk.test_dashboard import page, ranks

if TYPE_CHECKING:
    from kawaraban.desk.models import Article

REASON = {"reason": "首相会見の記事を先頭に", "hours": "24"}


@pytest.fixture
def articles(front: Any, read: Read) -> list[Article]:
    """Read 9, 7, 5 and 3 times, which readers' lists show."""
    section = builders.make_section("ワールド", slug="world")
    made = [builders.make_article(f"記事{name}", slug=f"piece-{place}", section=section) for place, name in enumerate("甲乙丙丁")]
    for place, article in enumerate(made):
        read(article, 9 - 2 * place)
    reckon()
    return made


def reckon() -> None:
    from kawaraban.readership.figures import stamp
    from kawaraban.readership.lists import rerank

    rerank(stamp(timezone.now()))


def seen(window: str = "24h", section: int = 0) -> str:
    """The list as readers see it."""
    from kawaraban.readership.models import Window
    from kawaraban.readership.rankings import most_read

    return "".join(article.title.removeprefix("記事") for article in most_read(Window(window), 10, section).articles)


def do(client: Client, name: str, *arguments: Any, **told: Any) -> str:
    return client.post(reverse(f"readership:{name}", args=arguments), REASON | told, follow=True).content.decode()


def headlines(client: Client, query: str = "", window: str = "24h") -> str:
    return "".join(headline.removeprefix("記事") for headline, _reads in ranks(page(client, query), window))


def logged(thing: Any) -> list[tuple[str, str, str]]:
    from wagtail.log_actions import registry

    entries = registry.get_logs_for_instance(thing).order_by("timestamp", "pk")
    return [(entry.action, entry.comment, entry.user.username) for entry in entries if entry.action.startswith("readership.")]


def test_pin_and_unpin(desk: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Pin

    do(desk, "pin", articles[2].pk, position="1", window="24h")
    assert headlines(desk) == seen() == "丙甲乙丁" and headlines(desk, window="7d") == seen("7d") == "甲乙丙丁"
    do(desk, "undo", "pin", Pin.objects.get().pk)
    assert headlines(desk) == "甲乙丙丁"
    assert logged(articles[2]) == [("readership.pin", REASON["reason"], "editor"), ("readership.unpin", REASON["reason"], "editor")]


def test_pin_of_a_section_is_only_there(desk: Client, articles: list[Article]) -> None:
    section = articles[0].section_id
    do(desk, "pin", articles[3].pk, position="2", section=str(section))
    assert headlines(desk) == seen() == "甲乙丙丁" and headlines(desk, f"section={section}") == seen(section=section) == "甲丁乙丙"


def test_pin_ends_by_itself(desk: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Pin

    do(desk, "pin", articles[2].pk, position="1")
    Pin.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert headlines(desk) == "甲乙丙丁"


def test_exclude_and_include(desk: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Exclusion

    do(desk, "exclude", articles[0].pk)
    assert headlines(desk) == headlines(desk, window="30d") == seen() == "乙丙丁"
    assert f"article/{articles[0].pk}" not in page(desk)
    do(desk, "undo", "exclusion", Exclusion.objects.get().pk)
    assert headlines(desk) == "甲乙丙丁"
    assert [action for action, *_ in logged(articles[0])] == ["readership.exclude", "readership.include"]


def test_held_list_stays_until_it_is_released(desk: Client, articles: list[Article], read: Read) -> None:
    from kawaraban.readership.models import Hold

    do(desk, "hold", window="24h")
    read(articles[3], 50)
    reckon()
    assert headlines(desk) == seen() == "甲乙丙丁" and headlines(desk, window="7d") == seen("7d") == "丁甲乙丙"
    articles[1].unpublish()
    assert headlines(desk) == seen() == "甲丙丁"
    held = Hold.objects.get()
    assert [action for action, *_ in logged(held)] == ["readership.hold"]
    do(desk, "undo", "hold", held.pk)
    assert headlines(desk) == seen() == "丁甲丙" and not Hold.objects.exists()


def test_hold_is_in_the_site_history(desk: Client, articles: list[Article]) -> None:
    do(desk, "hold", window="24h")
    assert "ランキングを据え置きました: 24時間" in desk.get(reverse("wagtailadmin_reports:site_history")).content.decode()


def test_reason_stands_in_the_articles_own_history(desk: Client, articles: list[Article]) -> None:
    do(desk, "exclude", articles[0].pk)
    for address in (reverse("wagtailadmin_pages:history", args=(articles[0].pk,)), reverse("readership:article", args=(articles[0].pk,))):
        assert REASON["reason"] in desk.get(address).content.decode()


def test_settled_flag_goes_and_comes_back_when_that_is_undone(desk: Client, articles: list[Article], read: Read) -> None:
    from kawaraban.readership.models import Clearance

    read(articles[0], 60, network=99)
    day = timezone.localdate(timezone=timezone.get_default_timezone())
    assert "reads-flags" in page(desk)
    do(desk, "settle", articles[0].pk, day=f"{day}", reason="大学の講義で読まれた")
    assert "reads-flags" not in page(desk)
    do(desk, "undo", "clearance", Clearance.objects.get().pk)
    assert "reads-flags" in page(desk)
    assert logged(articles[0])[0] == ("readership.settle", "大学の講義で読まれた", "editor")


def test_flags_of_several_days_are_settled_together(desk: Client, articles: list[Article], read: Read) -> None:
    now = timezone.now()
    for at in (now, now - timedelta(days=1)):
        read(articles[0], 60, at, network=99)
    html = page(desk).partition("reads-flags")[2].partition("</section>")[0]
    days = re.findall(r'name="day" value="([0-9-]+)"', html)
    assert (len(days), html.count("<form"), html.count(articles[0].title + "</a>")) == (2, 1, 1)
    do(desk, "settle", articles[0].pk, day=days, reason="大学の講義で読まれた")
    assert "reads-flags" not in page(desk)
    do(desk, "settle", articles[0].pk, day=["yesterday"])
    assert [comment for _, comment, _ in logged(articles[0])] == ["大学の講義で読まれた"] * 2


@pytest.mark.parametrize(
    "told",
    [
        {"reason": " "},
        {"reason": ""},
        {"reason": "長" * 201},
        {"position": "0"},
        {"position": "11"},
        {"position": "x"},
        {"hours": "5"},
        {"hours": ""},
    ],
)
def test_pin_refuses(desk: Client, articles: list[Article], told: dict[str, str]) -> None:
    from kawaraban.readership.models import Pin

    answer = do(desk, "pin", articles[1].pk, **{"position": "1"} | told)
    assert "messages" in answer and not Pin.objects.exists() and not logged(articles[1])


def test_pin_refuses_what_no_list_may_name(desk: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Pin

    sponsored = builders.make_article("広告", slug="paid", section=articles[0].section, is_sponsored=True, sponsor="澪電機")
    articles[1].unpublish()
    assert "広告企画" in do(desk, "pin", sponsored.pk, position="1")
    do(desk, "pin", articles[1].pk, position="1")
    do(desk, "pin", 987_654, position="1")
    assert not Pin.objects.exists()


def test_two_articles_are_not_pinned_at_one_rank(desk: Client, articles: list[Article]) -> None:
    do(desk, "pin", articles[1].pk, position="1")
    assert "記事乙" in do(desk, "pin", articles[2].pk, position="1")
    assert headlines(desk) == "乙甲丙丁"
    do(desk, "pin", articles[1].pk, position="3")
    assert headlines(desk) == "甲丙乙丁"


def test_withdrawn_pin_leaves_the_list(desk: Client, articles: list[Article]) -> None:
    do(desk, "pin", articles[3].pk, position="1")
    articles[3].unpublish()
    assert headlines(desk) == seen() == "甲乙丙"


def test_undo_leads_back_within_the_desk_only(desk: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Pin

    for there, back in (("/desk/readership/7/", "/desk/readership/7/"), ("https://elsewhere.example/", reverse("readership:index"))):
        do(desk, "pin", articles[1].pk, position="1")
        answer = desk.post(reverse("readership:undo", args=("pin", Pin.objects.get().pk)), {"next": there})
        assert answer["Location"] == back


def test_who_may_only_look_changes_and_exports_nothing(desk: Client, writer: Client, articles: list[Article]) -> None:
    from kawaraban.readership.models import Exclusion, Hold, Pin

    html = page(writer)
    assert "記事甲" in html and "reads-do" not in html and ".csv" not in html
    assert "reads-forms" not in writer.get(reverse("readership:article", args=(articles[0].pk,))).content.decode()
    do(writer, "pin", articles[1].pk, position="1"), do(writer, "exclude", articles[1].pk), do(writer, "hold", window="24h")
    assert not (Pin.objects.exists() or Exclusion.objects.exists() or Hold.objects.exists())
    for address in (reverse("readership:export", args=("24h", "csv")), reverse("readership:export_article", args=(articles[0].pk, "json"))):
        assert writer.get(address).status_code == 302


def test_who_publishes_steers_and_exports(desk: Client, chief: Client, articles: list[Article]) -> None:
    do(chief, "pin", articles[1].pk, position="1")
    assert headlines(chief) == "乙甲丙丁"
    assert chief.get(reverse("readership:export", args=("24h", "csv"))).status_code == 200


def test_stranger_sees_nothing(desk: Client, articles: list[Article]) -> None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("nobody", password="a long password")
    for client in (Client(), Client()):
        for address in (
            reverse("readership:index"),
            reverse("readership:article", args=(articles[0].pk,)),
            reverse("readership:export", args=("24h", "csv")),
        ):
            answer = client.get(address)
            assert answer.status_code == 302 and "記事" not in answer.content.decode()
        client.force_login(user)


def test_nothing_is_done_by_looking(desk: Client, articles: list[Article]) -> None:
    for name, arguments in (
        ("pin", (articles[0].pk,)),
        ("exclude", (articles[0].pk,)),
        ("hold", ()),
        ("settle", (articles[0].pk,)),
        ("undo", ("pin", 1)),
    ):
        assert desk.get(reverse(f"readership:{name}", args=arguments)).status_code == 405
