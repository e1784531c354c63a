"""The flash is one look into one index, in the index's order: no sort, however many rows there are."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.pages import slots
from kawaraban.wires.models import Banner, WireItem

pytestmark = pytest.mark.slow
ROWS = 5_000
NOT_FLASHED = ({"is_flashed": False}, {"is_hidden": True}, {"status": "canceled"}, {"is_best": False}, {})


@pytest.fixture
def filled(front) -> None:
    """Items of two weeks, of which every fifth is flashed; some ended, some embargoed."""
    now = timezone.now()
    rows = []
    for number in range(ROWS):
        state = NOT_FLASHED[number % len(NOT_FLASHED)]
        until = now + timedelta(hours=48) if number % 7 else now - timedelta(hours=1)
        embargo = now + timedelta(hours=3) if number % 11 == 0 else None
        published = now - timedelta(minutes=number)
        rows.append(WireItem(guid=str(number), headline=f"配信{number}", published=published, flash_until=until, embargoed_until=embargo, **state))
    WireItem.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(queryset) -> str:
    return queryset.explain()


def flash(now=None):
    return WireItem.objects.flashed(now)[: settings.KAWARABAN.lists.wire]


def test_flash_is_read_in_its_index_s_order(filled: None) -> None:
    told = plan(flash())
    assert "item_flash" in told
    assert not any(word in told for word in ("Sort", "TEMP B-TREE", "SCAN wires_wireitem\n", "Seq Scan")), told
    assert len(list(flash())) == settings.KAWARABAN.lists.wire


def test_flash_is_one_query(filled: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        slots.slot_html("wire")


def test_flash_of_pinned_and_moved_is_the_same_index(filled: None) -> None:
    last = WireItem.objects.flashed().last()
    WireItem.objects.filter(pk=last.pk).update(is_pinned=True)
    first = WireItem.objects.flashed()[5]
    WireItem.objects.filter(pk=first.pk).update(position=-1)
    assert [item.pk for item in flash()[:2]] == [last.pk, first.pk]
    assert "Sort" not in plan(flash()) and "TEMP B-TREE" not in plan(flash())


def test_what_falls_due_is_found_by_indexes(filled: None) -> None:
    now = timezone.now()
    told = plan(WireItem.objects.falling_due(now - timedelta(seconds=1), now))
    assert all(name in told for name in ("item_flash_end", "item_embargo")), told
    assert "SCAN wires_wireitem\n" not in told and "Seq Scan" not in told


def test_banner_is_one_query_that_looks_at_its_item_alone(filled: None, django_assert_num_queries) -> None:
    Banner.objects.create(text="速報", item=builders.make_wire_item(), starts=timezone.now())
    told = plan(Banner.objects.current(timezone.now()).select_related("item"))
    assert "SCAN wires_wireitem\n" not in told and "Seq Scan on wires_wireitem" not in told, told
    with django_assert_num_queries(1):
        assert "速報" in slots.slot_html("banner")
