from dataclasses import replace
from datetime import timedelta

import pytest

from kawaraban.wires.archive import Archive
from kawaraban.wires.ingest import keep, receive
from kawaraban.wires.models import Arrival, Band, Source, WireVersion
from kawaraban.wires.retention import forget, prune
from tests.wires.conftest import NOW, File
from tests.wires.payloads import payload

DAY = timedelta(days=1)


@pytest.fixture
def ten_days(settings) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, wires=replace(settings.KAWARABAN.wires, archive_days=10))


def test_prune_leaves_what_waits_and_what_is_quarantined(source: Source, archive: Archive, ten_days: None) -> None:
    read, bad = receive(source, payload(), NOW), receive(source, payload(b"no format"), NOW)
    waiting, new = keep(source, payload(guid="w"), NOW), receive(source, payload(guid="n"), NOW + 9 * DAY)
    assert prune(NOW + 11 * DAY) == 1
    assert {kept.file for kept in archive.files()} == {bad.file, waiting.file, new.file}
    read.refresh_from_db()
    assert read.file == "" and WireVersion.objects.filter(arrival=read).exists()


def test_pruned_payload_that_comes_again_is_known(source: Source, archive: Archive, ten_days: None) -> None:
    first = receive(source, payload(), NOW)
    prune(NOW + 20 * DAY)
    assert receive(source, payload(), NOW + 20 * DAY) == first and Arrival.objects.count() == 1


def test_no_days_keep_for_good(source: Source, archive: Archive, settings) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, wires=replace(settings.KAWARABAN.wires, archive_days=0))
    receive(source, payload(), NOW)
    assert prune(NOW + 9999 * DAY) == 0


def test_old_items_are_looked_for_no_more(filed: File) -> None:
    from kawaraban.demo import builders

    filed(builders.make_copy())
    assert Band.objects.exists()
    assert forget(NOW + DAY) == 0
    assert forget(NOW + 5 * DAY) and not Band.objects.exists()
