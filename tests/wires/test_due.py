from datetime import timedelta

import pytest

from kawaraban.demo import builders
from kawaraban.wires.due import are_banners_due, fall_due
from kawaraban.wires.models import Banner, WireItem
from tests.wires.conftest import NOW, File
from tests.wires.test_grouping import copy

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("field", ["embargoed_until", "published", "flash_until"])
def test_item_falls_due_once(db: None, field: str) -> None:
    item = builders.make_wire_item(now=NOW, **{field: NOW + HOUR})
    assert fall_due(NOW, NOW + HOUR - timedelta(seconds=1)) == []
    assert fall_due(NOW + HOUR - timedelta(seconds=1), NOW + HOUR) == [item]
    assert fall_due(NOW + HOUR, NOW + 2 * HOUR) == []


def test_flash_ends(db: None) -> None:
    item = builders.make_wire_item(now=NOW, flash_until=NOW + HOUR)
    assert list(WireItem.objects.flashed(NOW)) == [item] and not WireItem.objects.flashed(NOW + HOUR).exists()
    fall_due(NOW, NOW + HOUR)
    item.refresh_from_db()
    assert not item.is_flashed


def test_better_copy_takes_its_place_when_its_embargo_ends(filed: File) -> None:
    filed(copy("a"))
    filed(copy("b", embargoed_until=NOW + HOUR), 1, by=builders.make_source("凪通信", key="nagi", rank=1))
    fall_due(NOW, NOW + HOUR)
    assert [item.guid for item in WireItem.objects.usable(NOW + HOUR).best()] == ["b"]


@pytest.mark.parametrize(("starts", "ends", "due"), [(1, None, True), (-2, 1, True), (-2, None, False), (-2, 3, False), (2, None, False)])
def test_banner_falls_due(db: None, starts: float, ends: float | None, due: bool) -> None:
    Banner.objects.create(text="速報", starts=NOW + starts * HOUR, ends=None if ends is None else NOW + ends * HOUR)
    assert are_banners_due(NOW, NOW + HOUR) is due


@pytest.mark.parametrize(
    ("more", "is_current"),
    [({}, True), ({"ends": NOW}, False), ({"starts": NOW + HOUR}, False), ({"item": {"status": "withheld"}}, False), ({"item": {}}, True)],
)
def test_banner_is_current(db: None, more: dict, is_current: bool) -> None:
    if "item" in more:
        more = {"item": builders.make_wire_item(now=NOW, **more["item"])}
    Banner.objects.create(**{"text": "速報", "starts": NOW - HOUR, **more})
    assert Banner.objects.current(NOW).exists() is is_current
