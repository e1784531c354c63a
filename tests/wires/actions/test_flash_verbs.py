from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from kawaraban.demo import builders
from kawaraban.wires.actions.end_banner import end_banner
from kawaraban.wires.actions.flash import flash
from kawaraban.wires.actions.handling import Refused
from kawaraban.wires.actions.hide import hide
from kawaraban.wires.actions.pin import pin
from kawaraban.wires.actions.place import place
from kawaraban.wires.actions.raise_banner import raise_banner
from kawaraban.wires.actions.show import show
from kawaraban.wires.actions.spike import spike
from kawaraban.wires.actions.unflash import unflash
from kawaraban.wires.actions.unpin import unpin
from kawaraban.wires.models import Banner, Story, WireItem
from tests.wires.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(db: None):
    user = get_user_model().objects.create_user("kishi", password="a long password")
    permissions = ["steer_flash", "add_banner", "change_banner"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions, content_type__app_label="wires"))
    return user


@pytest.fixture
def make(db: None) -> Callable[..., WireItem]:
    def make_item(headline: str = "配信", minutes: int = 10, **more: object) -> WireItem:
        return builders.make_wire_item(headline, now=NOW, age=timedelta(minutes=minutes), **more)

    return make_item


def shown(now: datetime = NOW) -> list[str]:
    return [item.headline for item in WireItem.objects.flashed(now)]


def test_flash_and_unflash(make, editor) -> None:
    item = make(is_flashed=False)
    flash(item, editor, NOW)
    assert shown() == ["配信"] and item.flash_until == NOW + 48 * HOUR
    flash(item, editor, NOW, hours=3)
    assert item.flash_until == NOW + 3 * HOUR
    unflash(item, editor, NOW)
    assert shown() == [] and WireItem.objects.usable(NOW).exists()


def test_flash_of_embargoed_copy_lasts_from_its_end(make, editor) -> None:
    item = make(is_flashed=False, embargoed_until=NOW + 5 * HOUR)
    flash(item, editor, NOW, hours=2)
    assert item.flash_until == NOW + 7 * HOUR and shown() == [] and shown(NOW + 6 * HOUR) == ["配信"]


def test_pinned_stand_first_until_unpinned(make, editor) -> None:
    old = make("古い", 300, is_flashed=False)
    make("新しい", 1)
    pin(old, editor, NOW)
    assert shown() == ["古い", "新しい"]
    unpin(old, editor, NOW)
    assert shown() == ["新しい", "古い"]


def test_pinned_end_with_their_hours(make, editor) -> None:
    pin(make(), editor, NOW)
    pin(item := make("終わる", flash_until=NOW + HOUR), editor, NOW)
    assert item.flash_until == NOW + HOUR and "終わる" not in shown(NOW + HOUR)


def test_hide_and_show(make, editor) -> None:
    item = make()
    hide(item, editor, NOW)
    assert not WireItem.objects.usable(NOW).exists() and item.is_hidden
    show(item, editor, NOW)
    assert shown() == ["配信"]


def test_hidden_best_gives_way_to_the_next_of_its_story(make, editor) -> None:
    story = Story.objects.create()
    best, other = make("よい", story=story), make("次の", story=story, is_best=False)
    hide(best, editor, NOW)
    assert shown() == ["次の"]
    show(best, editor, NOW)
    pin(other, editor, NOW)
    assert shown() == ["次の"]


def test_spike_is_for_good(make, editor) -> None:
    item = make(is_pinned=True)
    banner = Banner.objects.create(text="速報", item=item, starts=NOW - HOUR)
    spike(item, editor, NOW)
    show(item, editor, NOW)
    banner.refresh_from_db()
    assert shown() == [] and banner.ends == NOW and not item.is_pinned


@pytest.mark.parametrize(("index", "wanted"), [(0, "3124"), (1, "1324"), (3, "1243"), (99, "1243")])
def test_place_moves_an_item(make, editor, index: int, wanted: str) -> None:
    items = [make(str(number), number) for number in range(1, 5)]
    place(items[2], editor, NOW, index)
    assert "".join(shown()) == wanted


def test_new_item_comes_below_what_was_moved_up(make, editor) -> None:
    items = [make(str(number), number + 1) for number in range(1, 4)]
    place(items[1], editor, NOW, 0)
    make("新", 0)
    assert "".join(shown()) == "2新13"


@pytest.mark.parametrize("state", [{"status": "withheld"}, {"status": "canceled"}, {"is_hidden": True}])
@pytest.mark.parametrize("verb", [flash, pin])
def test_what_readers_may_not_see_is_not_flashed(make, editor, state: dict, verb: Callable) -> None:
    item = make(**state)
    with pytest.raises(Refused):
        verb(item, editor, NOW)
    with pytest.raises(Refused):
        raise_banner(Banner(text="速報", item=item, starts=NOW), editor, NOW)
    assert not Banner.objects.exists()


def test_who_may_not_steer_is_refused(make) -> None:
    item, stranger = make(), get_user_model().objects.create_user("tabi")
    banner = Banner.objects.create(text="速報", starts=NOW)
    for verb in (flash, unflash, pin, unpin, hide, show, spike):
        with pytest.raises(Refused):
            verb(item, stranger, NOW)
    for deed in (lambda: place(item, stranger, NOW, 0), lambda: raise_banner(Banner(text="速報", starts=NOW), stranger, NOW)):
        with pytest.raises(Refused):
            deed()
    with pytest.raises(Refused):
        end_banner(banner, stranger, NOW)
    assert not ModelLogEntry.objects.exists()


def test_log_tells_who_did_what_and_no_word_of_it(make, editor) -> None:
    item = make("ヒミツ", address="https://shiomi.example/ヒミツ")
    for verb in (pin, unpin, hide, show, unflash, flash, spike):
        verb(item, editor, NOW)
    banner = raise_banner(Banner(text="ヒミツ", starts=NOW, ends=NOW + HOUR), editor, NOW)
    end_banner(raise_banner(banner, editor, NOW), editor, NOW)
    told = list(ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user__username"))
    assert [action.removeprefix("wires.") for action, *_ in told] == [
        *("pin", "unpin", "hide", "show", "unflash", "flash", "spike"),
        *("banner.raise", "banner.edit", "banner.end"),
    ]
    assert {user for *_, user in told} == {"kishi"} and not any("ヒミツ" in label for _, label, _ in told)
    assert all(entry.message for entry in ModelLogEntry.objects.all())


def test_banner_is_raised_changed_and_ended(make, editor) -> None:
    banner = raise_banner(Banner(text="速報", item=make(), starts=NOW, ends=NOW + HOUR), editor, NOW)
    assert banner.raised_by == editor and list(Banner.objects.current(NOW)) == [banner]
    end_banner(banner, editor, NOW + HOUR / 2)
    assert not Banner.objects.current(NOW + HOUR / 2).exists()
    with pytest.raises(Refused):
        raise_banner(Banner(text="逆", starts=NOW, ends=NOW - HOUR), editor, NOW)


def test_banner_that_has_not_begun_never_does(editor) -> None:
    banner = raise_banner(Banner(text="速報", starts=NOW + HOUR, ends=NOW + 2 * HOUR), editor, NOW)
    end_banner(banner, editor, NOW)
    assert not any(Banner.objects.current(NOW + minutes * HOUR / 60).exists() for minutes in (0, 60, 90))
