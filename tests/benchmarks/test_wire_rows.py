"""Rows poured into a home are those that the wires file."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, models

from benchmarks.inside.dispatch import Dispatch
from benchmarks.inside.wire_rows import Maker, pour, source, write
from kawaraban.wires.archive import Archive, Payload
from kawaraban.wires.due import fall_due
from kawaraban.wires.house import house
from kawaraban.wires.ingest import receive
from kawaraban.wires.models import Arrival, Band, FlashRule, Story, WireItem, WireVersion
from kawaraban.wires.retention import forget
from tests.wires.conftest import NOW, archive

__all__ = ["archive"]
AGES = (80.0, 73.0, 71.0, 49.0, 47.0, 1.0, 0.5)  # hours: a flash ends after 48, bands are forgotten after 72
DISPATCHES = [Dispatch(number, NOW - timedelta(hours=hours)) for number, hours in enumerate(AGES, 40)]
OWN = {Arrival: ("id", "file"), WireItem: ("id", "face"), WireVersion: ("id", "item", "arrival"), Band: ("id", "item")}  # keys, and where it lies


def told() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: [plain(row) for row in model.objects.order_by("pk")] for model in OWN}


def plain(row: models.Model) -> dict[str, object]:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in OWN[type(row)]}


def pairs() -> list[tuple[str, ...]]:
    """What belongs together, by what says so."""
    names = ("face__copy__guid", "face__item__guid", "face__arrival__name", "face__arrival__digest")
    return list(WireItem.objects.order_by("pk").values_list("guid", *names))


def empty() -> None:
    for model in (Band, WireVersion, WireItem, Arrival):
        model.objects.all().delete()


@pytest.fixture
def steered(db: None) -> None:
    FlashRule.objects.create(name="soon over", max_urgency=4, hours=20, position=3)


@pytest.mark.usefixtures("archive", "steered")
def test_row_is_what_the_wires_file(archive: Archive) -> None:
    agency = source()
    for dispatch in DISPATCHES:
        receive(agency, Payload(dispatch.ninjs(), f"{dispatch.number}.json"), dispatch.sent)
    fall_due(NOW - timedelta(hours=100), NOW)
    forget(NOW)
    filed, belong = told(), pairs()
    assert len(filed["WireItem"]) == len(AGES) and {item["is_flashed"] for item in filed["WireItem"]} == {True, False}
    assert 0 < len(filed["Band"]) < 12 * len(AGES) and not Story.objects.exists()
    empty()
    write(DISPATCHES, Maker(agency, house(settings.KAWARABAN), NOW))
    assert told() == filed and pairs() == belong
    connection.check_constraints()


@pytest.mark.usefixtures("archive")
def test_rows_come_after_those_that_are_there(db: None) -> None:
    agency = source()
    receive(agency, Payload(DISPATCHES[0].ninjs(), "first.json"), NOW)
    write(DISPATCHES[1:], Maker(agency, house(settings.KAWARABAN), NOW))
    assert [guid for guid, *_ in pairs()] == [dispatch.guid for dispatch in DISPATCHES]


def test_pouring_fills_every_field(db: None) -> None:
    agency = source()
    poured = Arrival(pk=7, source=agency, digest="a" * 64, received_at=NOW, reasons=["one"], size=3)
    pour([poured])
    assert plain(Arrival.objects.get()) == plain(poured)
