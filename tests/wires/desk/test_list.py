"""The live list through its addresses."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders

SECRET = "澪電機売却"


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('wire:index')}?{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def news(client: Client, shown: str = "", query: str = "") -> dict[str, Any]:
    return client.get(f"{reverse('wire:news')}?{query}&shown={shown}").json()


def stamps(html: str) -> dict[str, str]:
    return dict(re.findall(r'data-key="(\d+)" data-stamp="(\w+)"', html))


def joined(found: dict[str, str]) -> str:
    return "-".join(f"{key}.{stamp}" for key, stamp in found.items())


def test_list_shows_items_and_marks(desk: Client) -> None:
    builders.make_wire_item("急報", urgency=1)
    builders.make_wire_item("解禁前", embargoed_until=timezone.now() + timedelta(hours=1))
    builders.make_wire_item("訂正済み", notice="correction", version=3)
    html = page(desk)
    assert all(text in html for text in ("急報", "is-urgent", "is-embargoed", "is-correction"))


def test_list_takes_the_same_queries_for_one_item_and_fifty(desk: Client, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    builders.make_wire_item()
    page(desk)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(desk)
    for number in range(50):
        builders.make_wire_item(f"配信{number}")
    with django_assert_num_queries(len(one)):
        page(desk)
    own = [query["sql"] for query in one if "wires_" in query["sql"]]
    assert len(own) == 5  # items, articles, sources, sections, quarantine


def test_list_goes_on_below_sixty_items(desk: Client) -> None:
    for number in range(61):
        builders.make_wire_item(f"第{number}報", received=timezone.now() - timedelta(minutes=number))
    first = page(desk)
    [older] = re.findall(r'href="\?(before=[^"]+)" rel="next"', first)
    assert "第60報" not in first
    assert "第60報" in page(desk, older)


def test_news_tells_what_the_page_lacks(desk: Client) -> None:
    builders.make_wire_item("先の配信")
    known = joined(stamps(page(desk)))
    assert news(desk, known)["rows"] == []
    item = builders.make_wire_item("後の配信", urgency=1)
    [row] = news(desk, known)["rows"]
    assert (row["key"], row["is_urgent"]) == (item.pk, True)
    assert "後の配信" in row["html"]


def test_news_tells_what_has_changed_wherever_it_stands(desk: Client) -> None:
    old = builders.make_wire_item("古い配信", section="社会", received=timezone.now() - timedelta(days=3))
    known = joined(stamps(page(desk)))
    type(old).objects.filter(pk=old.pk).update(status="withheld", killed_at=timezone.now())
    [row] = news(desk, known, "hours=1")["rows"]
    assert "is-withheld" in row["html"]


def test_news_of_words_are_what_came_since_the_page_and_what_it_shows(desk: Client) -> None:
    old = builders.make_wire_item("灯台の話", received=timezone.now() - timedelta(days=3))
    html = page(desk, "words=灯台")
    [since] = re.findall(r'data-since="([^"]+)"', html)
    builders.make_wire_item("灯台に届かない話", received=timezone.now() - timedelta(days=3))
    fresh = builders.make_wire_item("灯台の続報")
    query = f"words=灯台&since={quote(since)}"
    assert [row["key"] for row in news(desk, joined(stamps(html)), query)["rows"]] == [fresh.pk]
    type(old).objects.filter(pk=old.pk).update(urgency=1)
    assert {row["key"] for row in news(desk, joined(stamps(html)), query)["rows"]} == {fresh.pk, old.pk}


def test_news_says_when_others_may_have_come_between(desk: Client) -> None:
    builders.make_wire_item("先の配信", received=timezone.now() - timedelta(days=1))
    known = joined(stamps(page(desk)))
    for number in range(60):
        builders.make_wire_item(f"配信{number}")
    assert news(desk, known)["is_apart"]


def test_news_takes_nonsense(desk: Client) -> None:
    builders.make_wire_item()
    assert len(news(desk, "x.y-.-9999999999999999999999.z", "urgency=x&before=~")["rows"]) == 1


def killed() -> Any:
    from kawaraban.wires.models import WireVersion

    item = builders.make_wire_item("", status="canceled", killed_at=timezone.now())
    copy = {"guid": item.guid, "version": 1, "status": "usable", "headline": SECRET, "body_text": f"{SECRET}の本文"}
    values = {"status": "usable", "told_at": item.published, "received_at": item.published, "digest": "1"}
    WireVersion.objects.create(item=item, number=1, copy=copy, **values)
    return item


def test_killed_text_is_only_for_those_who_may_read_it(desk: Client, writer: Client, chief: Client) -> None:
    killed(), builders.make_wire_item(f"{SECRET}を保留", status="withheld", killed_at=timezone.now(), body=SECRET)
    assert SECRET not in page(writer) + str(news(writer)) + page(writer, f"words={SECRET}").replace(f'value="{SECRET}"', "").replace(
        f"words={SECRET}", ""
    )
    assert page(chief).count(SECRET) >= 2
    assert "通信社が取り消しました" in page(writer) or "taken back" in page(writer)


def test_list_is_for_those_who_may_see_it(desk: Client) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    user = get_user_model().objects.create_user("guest", password="a long password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    guest = Client()
    guest.force_login(user)
    assert guest.get(reverse("wire:index")).status_code == 302
    assert reverse("wire:index") not in guest.get(reverse("wagtailadmin_home")).content.decode()
    assert Client().get(reverse("wire:news"))["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("deed", ["spike", "flash", "pin"])
def test_deeds_are_done_and_undone(desk: Client, deed: str) -> None:
    item = builders.make_wire_item(is_flashed=False)
    field = {"spike": "is_hidden", "flash": "is_flashed", "pin": "is_pinned"}[deed]
    for wanted in (True, False):
        answer = desk.post(reverse("wire:do", args=(item.pk, deed)), headers={"X-Requested-With": "XMLHttpRequest"})
        item.refresh_from_db()
        assert getattr(item, field) is wanted
        assert f'data-key="{item.pk}"' in answer.json()["html"]


def test_deeds_are_for_those_who_steer(desk: Client, writer: Client, chief: Client) -> None:
    item = builders.make_wire_item()
    address = reverse("wire:do", args=(item.pk, "spike"))
    assert "data-deed" not in page(writer)
    writer.post(address)
    item.refresh_from_db()
    assert not item.is_hidden
    assert chief.post(address)["Location"] == reverse("wire:item", args=(item.pk,))
    assert chief.get(address).status_code == 405


def test_spiking_the_best_copy_shows_the_next(desk: Client) -> None:
    from kawaraban.wires.models import Story

    story = Story.objects.create()
    best, other = builders.make_wire_item("一", story=story), builders.make_wire_item("二", story=story, is_best=False)
    desk.post(reverse("wire:do", args=(best.pk, "spike")))
    other.refresh_from_db()
    assert other.is_best


def test_a_deed_that_is_refused_says_why(desk: Client) -> None:
    item = builders.make_wire_item(is_hidden=True, is_flashed=False)
    answer = desk.post(reverse("wire:do", args=(item.pk, "flash")), headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 409 and answer.json()["refused"]
    assert desk.post(reverse("wire:do", args=(item.pk, "flash"))).status_code == 302


def test_story_gives_the_other_copies(desk: Client) -> None:
    from kawaraban.wires.models import Story

    story = Story.objects.create()
    one, other = builders.make_wire_item("一報", story=story), builders.make_wire_item("別の通信社", story=story, is_best=False)
    assert "+1" in page(desk)
    html = desk.get(reverse("wire:story", args=(one.pk,))).content.decode()
    assert other.headline in html and one.headline not in html
