"""A later version that is more urgent: the rules decide anew, unless an editor has."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from kawaraban.demo import builders
from kawaraban.wires.actions.flash import flash
from kawaraban.wires.actions.hide import hide
from kawaraban.wires.actions.show import show
from kawaraban.wires.actions.unflash import unflash
from kawaraban.wires.copy import Status
from kawaraban.wires.models import FlashRule, WireItem
from tests.wires.conftest import NOW, File

HOUR = timedelta(hours=1)
DAY = 24 * 60


@pytest.fixture(autouse=True)
def only_urgent(db: None) -> None:
    FlashRule.objects.create(name="至急", order=1, max_urgency=2, hours=6, position=-5)
    FlashRule.objects.create(name="ほか", order=9, is_flashed=False)


def decided(item: WireItem) -> tuple[bool, object, int]:
    item.refresh_from_db()
    return item.is_flashed, item.flash_until, item.position


def test_more_urgent_version_is_decided_anew(filed: File) -> None:
    item = filed(builders.make_copy(published=NOW)).item
    assert decided(item) == (False, NOW + 48 * HOUR, 0)
    filed(builders.make_copy(published=NOW, version=2, urgency=2), 30)
    assert decided(item) == (True, NOW + 6.5 * HOUR, -5)


@pytest.mark.parametrize(
    ("told", "hours"),
    [({}, 78), ({"updated": NOW + 71 * HOUR}, 77), ({"updated": NOW + 90 * HOUR}, 78), ({"embargoed_until": NOW + 80 * HOUR}, 86)],
    ids=["untold", "told", "told ahead", "embargoed"],
)
def test_hours_count_from_when_it_became_urgent(filed: File, told: dict[str, object], hours: int) -> None:
    item = filed(builders.make_copy(published=NOW)).item
    filed(builders.make_copy(published=NOW, version=2, urgency=1, **told), 3 * DAY)
    assert decided(item) == (True, NOW + hours * HOUR, -5)


@pytest.mark.parametrize(("first", "second"), [(5, 5), (2, 2), (1, 2), (2, 5)])
def test_version_as_urgent_or_less_changes_nothing(filed: File, first: int, second: int) -> None:
    item = filed(builders.make_copy(urgency=first)).item
    before = decided(item)
    filed(builders.make_copy(version=2, urgency=second, body_text="改めて。"), 30)
    assert decided(item) == before


def test_late_version_that_is_older_changes_nothing(filed: File) -> None:
    item = filed(builders.make_copy(version=3)).item
    filed(builders.make_copy(version=2, urgency=1), 30)
    assert not decided(item)[0]


def test_killed_version_changes_nothing_and_the_next_is_decided(filed: File) -> None:
    item = filed(builders.make_copy()).item
    filed(builders.make_copy(version=2, urgency=1, status=Status.CANCELED), 30)
    assert not decided(item)[0]
    filed(builders.make_copy(version=3, urgency=1), 60)
    assert decided(item) == (True, NOW + 7 * HOUR, -5)


@pytest.mark.parametrize("verbs", [[flash, unflash], [flash], [hide, show]], ids=["unflashed", "flashed", "shown again"])
def test_what_an_editor_decided_stays(filed: File, verbs: list[Callable[..., None]]) -> None:
    item = filed(builders.make_copy()).item
    editor = get_user_model().objects.create_superuser("kishi")
    for verb in verbs:
        verb(item, editor, NOW)
    before = decided(item)
    filed(builders.make_copy(version=2, urgency=1), 30)
    assert decided(item) == before and item.urgency == 1


def test_another_items_editor_decides_nothing(filed: File) -> None:
    flash(filed(builders.make_copy(guid="other")).item, get_user_model().objects.create_superuser("kishi"), NOW)
    item = filed(builders.make_copy("別の話", body_text="別の町。")).item
    filed(builders.make_copy("別の話", body_text="別の町。", version=2, urgency=1), 30)
    assert decided(item)[0]
