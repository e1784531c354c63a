"""The desk's screens of the flash, through their own addresses and forms."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kawaraban.demo import builders
from kawaraban.wires.models import Banner, FlashRule, SubjectSection, WireItem

pytestmark = pytest.mark.slow
HOUR = timedelta(hours=1)
RULE = {"name": "海の速報", "is_on": "on", "words": "灯台", "section": "海", "is_flashed": "on", "position": "0"}


@pytest.fixture
def member(desk: Client) -> Callable[[str], Client]:
    """Somebody of one of the groups that a new magazine has."""

    def log_in(permission: str) -> Client:
        user = get_user_model().objects.create_user("tabi")
        user.groups.add(Group.objects.filter(page_permissions__permission__codename=permission).order_by("pk").first())
        client = Client()
        client.force_login(user)
        return client

    return log_in


def shown() -> list[str]:
    return [item.headline for item in WireItem.objects.flashed()]


def moment(hours: float) -> str:
    return f"{timezone.localtime() + hours * HOUR:%Y-%m-%d %H:%M}"


def banner_form(**more: str) -> dict[str, str]:
    return {"text": "港都で灯が消える", "level": "2", "starts": moment(0), "ends": moment(2), "item": "", **more}


@pytest.mark.parametrize(
    "name", ["flash:index", "banners:index", "banners:add", "flash_rules:index", "flash_rules:add", "flash_rules:try", "subject_sections:index"]
)
def test_screen_opens(desk: Client, name: str) -> None:
    builders.make_wire_item(), builders.make_wire_item(is_hidden=True), builders.make_wire_item(is_pinned=True)
    FlashRule.objects.create(name="規則"), Banner.objects.create(text="速報", starts=timezone.now())
    assert desk.get(reverse(name)).status_code == 200


def test_menu_has_the_flash_for_who_may_steer_it(member) -> None:
    page = member("publish_page").get(reverse("wagtailadmin_home")).content.decode()
    assert all(reverse(name) in page for name in ("flash:index", "banners:index", "flash_rules:index", "subject_sections:index"))


def test_who_may_not_steer_sees_and_does_nothing(desk: Client, member) -> None:
    item, stranger = builders.make_wire_item(), Client()
    user = get_user_model().objects.create_user("shin")
    user.groups.add(Group.objects.exclude(page_permissions__permission__codename="publish_page").filter(permissions__codename="access_admin").first())
    stranger.force_login(user)
    for name in ("flash:index", "banners:add", "flash_rules:try", "flash_rules:index", "subject_sections:index"):
        assert stranger.get(reverse(name)).status_code in (302, 403)
    stranger.post(reverse("flash:do", args=(item.pk, "hide")))
    stranger.post(reverse("banners:add"), banner_form())
    assert shown() and not Banner.objects.exists()


def test_flash_screen_pins_moves_and_hides(desk: Client) -> None:
    items = [builders.make_wire_item(str(number), age=timedelta(minutes=number)) for number in range(1, 4)]
    desk.post(reverse("flash:do", args=(items[2].pk, "pin")))
    assert shown() == ["3", "1", "2"]
    desk.post(reverse("flash:place", args=(items[1].pk, 0)))
    assert shown() == ["3", "2", "1"]
    desk.post(reverse("flash:do", args=(items[2].pk, "hide")))
    assert shown() == ["2", "1"]
    assert desk.get(reverse("flash:do", args=(items[2].pk, "show"))).status_code == 405
    desk.post(reverse("flash:do", args=(items[2].pk, "show")))
    assert desk.post(reverse("flash:do", args=(items[2].pk, "burn"))).status_code == 400
    assert shown() == ["3", "2", "1"]


def test_flash_screen_says_why_not(desk: Client) -> None:
    item = builders.make_wire_item(status="withheld")
    answer = desk.post(reverse("flash:do", args=(item.pk, "pin")), follow=True)
    assert "messages" in answer.content.decode() and not WireItem.objects.get().is_pinned


def test_rule_is_made_changed_and_moved(desk: Client) -> None:
    assert desk.post(reverse("flash_rules:add"), RULE).status_code == 302
    desk.post(reverse("flash_rules:add"), RULE | {"name": "次"})
    first, second = FlashRule.objects.all()
    assert (first.name, second.name) == ("海の速報", "次") and first.order < second.order
    desk.post(reverse("flash_rules:reorder", args=(second.pk,)) + "?position=0")
    assert [rule.name for rule in FlashRule.objects.all()] == ["次", "海の速報"]


def test_flash_offers_steps_within_the_list_only(desk: Client) -> None:
    first, second = (builders.make_wire_item(headline, age=HOUR * hours) for hours, headline in enumerate(("一", "二")))
    page = desk.get(reverse("flash:index")).content.decode()
    assert page.count(" disabled>↑") == page.count(" disabled>↓") == 1
    steps = {reverse("flash:place", args=(second.pk, 0)), reverse("flash:place", args=(first.pk, 1))}
    assert set(re.findall(r'action="([^"]+/place/[^"]+)"', page)) == steps


def test_rule_is_tried_before_it_is_stored(desk: Client) -> None:
    builders.make_wire_item("灯台の灯", section="社会"), builders.make_wire_item("港の朝", section="社会")
    page = desk.post(reverse("flash_rules:try"), RULE | {"is_flashed": ""}).content.decode()
    assert page.count("海の速報") == 1 and "灯台の灯" in page and not FlashRule.objects.exists()
    stored = FlashRule.objects.create(name="前の名", words="港")
    page = desk.post(reverse("flash_rules:try") + f"?rule={stored.pk}", RULE).content.decode()
    assert "前の名" not in page and page.count("海の速報") == 1
    stored.refresh_from_db()
    assert stored.words == "港"


def test_faulty_rule_is_not_tried(desk: Client) -> None:
    builders.make_wire_item("灯台の灯")
    page = desk.post(reverse("flash_rules:try"), RULE | {"max_urgency": "99"}).content.decode()
    assert "緊急度の上限: " in page and "max_urgency" not in page and "海の速報" not in page


def test_table_of_subjects_is_edited(desk: Client) -> None:
    row = SubjectSection.objects.get(scheme="medtop", code="15000000")
    page = desk.get(reverse("subject_sections:index") + "?scheme=medtop").content.decode()
    assert "スポーツ" in page
    values = {"scheme": "medtop", "code": "15000000", "name": "競技", "section": "運動"}
    assert desk.post(reverse("subject_sections:edit", args=(row.pk,)), values).status_code == 302
    row.refresh_from_db()
    assert row.section == "運動"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("【速報】灯台の灯が戻る", "灯台の灯が戻る"),
        ("速報：灯台の灯が戻る", "灯台の灯が戻る"),
        ("BREAKING: Light returns", "Light returns"),
        ("速報値を公表", "速報値を公表"),
    ],
)
def test_banner_does_not_repeat_its_label(desk: Client, headline: str, text: str) -> None:
    item = builders.make_wire_item(headline)
    assert desk.get(reverse("banners:add") + f"?item={item.pk}").context["form"].initial["text"] == text


def test_banners_that_end_later_are_listed_with_their_moment(desk: Client) -> None:
    ends = timezone.now() + 30 * HOUR
    Banner.objects.create(text="港都の速報", starts=timezone.now(), ends=ends)
    assert date_format(timezone.localtime(ends), "SHORT_DATETIME_FORMAT") in desk.get(reverse("banners:index")).content.decode()


def test_banner_is_raised_from_an_item(desk: Client) -> None:
    item = builders.make_wire_item("港都で灯が消える")
    page = desk.get(reverse("banners:add") + f"?item={item.pk}").content.decode()
    assert 'value="港都で灯が消える"' in page and f'value="{item.pk}"' in page
    assert desk.post(reverse("banners:add"), banner_form(item=str(item.pk))).status_code == 302
    banner = Banner.objects.current(timezone.now()).get()
    assert (banner.item, banner.raised_by.get_username(), banner.level) == (item, "editor", 2)


@pytest.mark.parametrize("more", [{"ends": ""}, {"ends": moment(-5)}, {"text": ""}, {"level": "9"}, {"item": "999999"}])
def test_banner_form_refuses(desk: Client, more: dict[str, str]) -> None:
    assert desk.post(reverse("banners:add"), banner_form(**more)).status_code == 200
    assert not Banner.objects.exists()


def test_banner_of_hidden_copy_is_refused_with_a_sentence(desk: Client) -> None:
    item = builders.make_wire_item(is_hidden=True)
    answer = desk.post(reverse("banners:add"), banner_form(item=str(item.pk)))
    assert answer.status_code == 200 and not Banner.objects.exists()


def test_banner_is_changed_and_ended(desk: Client) -> None:
    banner = Banner.objects.create(text="速報", starts=timezone.now(), ends=timezone.now() + HOUR)
    assert desk.post(reverse("banners:edit", args=(banner.pk,)), banner_form(text="改めた速報")).status_code == 302
    banner.refresh_from_db()
    assert banner.text == "改めた速報"
    desk.post(reverse("banners:end", args=(banner.pk,)))
    assert not Banner.objects.current(timezone.now()).exists()


def test_banner_is_previewed(desk: Client) -> None:
    query = {"text": "<b>港都", "level": "3", "item": "7", "starts": moment(0)}
    page = desk.get(reverse("banner_preview"), query)
    assert "&lt;b&gt;港都" in page.content.decode().replace("<wbr>", "") and 'href="/wire/7"' in page.content.decode()
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    for crooked in ({}, {"level": "x", "item": "x", "starts": "x"}, {"starts": "9999-99-99 99:99"}, {"item": "9" * 30}):
        assert desk.get(reverse("banner_preview"), crooked).status_code == 200
    assert Client().get(reverse("banner_preview"), query).status_code == 302


def test_banner_of_killed_copy_is_for_those_who_may_read_it(desk: Client, member) -> None:
    item = builders.make_wire_item(status="canceled")
    banner = Banner.objects.create(text="ヒミツ", item=item, starts=timezone.now() - HOUR, ends=timezone.now())
    client = member("publish_page")
    get_user_model().objects.get(username="tabi").groups.get().permissions.filter(codename="read_killed").delete()
    assert "ヒミツ" not in client.get(reverse("banners:index")).content.decode()
    assert client.get(reverse("banners:edit", args=(banner.pk,))).status_code == 404
    assert "ヒミツ" in desk.get(reverse("banners:index")).content.decode()
