from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.wires.models import WireItem
from kawaraban.wires.permissions import LookOnly

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("values", "usable"),
    [
        ({}, True),
        ({"age": timedelta(0)}, True),
        ({"age": -HOUR}, False),
        ({"embargo": HOUR}, False),
        ({"embargo": -HOUR}, True),
        ({"status": "withheld"}, False),
        ({"status": "canceled"}, False),
        ({"status": "canceled", "embargo": -HOUR}, False),
    ],
)
def test_item_is_usable(db: None, values: dict, usable: bool) -> None:
    now = timezone.now()
    embargo = values.pop("embargo", None)
    builders.make_wire_item(now=now, embargoed_until=now + embargo if embargo else None, **values)
    assert WireItem.objects.usable(now).exists() == usable


def test_embargo_ends_at_its_moment(db: None) -> None:
    end = timezone.now() - HOUR
    builders.make_wire_item(embargoed_until=end, age=3 * HOUR)
    assert not WireItem.objects.usable(end - timedelta(microseconds=1)).exists()
    assert WireItem.objects.usable(end).exists()


def test_newest_first_then_latest_received(db: None) -> None:
    now = timezone.now()
    for headline, age in (("古い", 2 * HOUR), ("先着", HOUR), ("後着", HOUR)):
        builders.make_wire_item(headline, age=age, now=now)
    assert [item.headline for item in WireItem.objects.newest_first()] == ["後着", "先着", "古い"]


def test_one_item_an_identifier(db: None) -> None:
    builders.make_wire_item(guid="urn:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.make_wire_item(guid="urn:1")


@pytest.mark.parametrize("action", ["add", "change", "delete", "view"])
def test_items_are_only_looked_at(db: None, django_user_model, action: str) -> None:
    editor = django_user_model.objects.create_superuser("editor")
    assert LookOnly(WireItem).user_has_permission(editor, action) == (action == "view")


def test_items_are_not_for_outsiders(db: None, django_user_model) -> None:
    reader = django_user_model.objects.create_user("reader")
    assert not LookOnly(WireItem).user_has_any_permission(reader, ["view", "change"])
