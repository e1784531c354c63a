from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban import health
from kawaraban.demo import builders
from kawaraban.pages import alarms as desk
from kawaraban.wires.alarms import alarms
from kawaraban.wires.models import Source
from kawaraban.wires.sources.folder import Folder, made

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_silent_source_is_an_alarm(db: None) -> None:
    builders.make_source(usual_rhythm=3600, last_item=NOW)
    assert list(alarms(NOW + timedelta(hours=1))) == []
    (sentence,) = alarms(NOW + timedelta(hours=3))
    assert "潮見通信の配信" in sentence


@pytest.mark.parametrize(
    ("patience", "rhythm", "minutes", "is_silent"), [(5, 0, 4, False), (5, 0, 6, True), (300, 60, 200, False), (0, 0, 10**5, False)]
)
def test_silence_that_is_set_stands_above_what_is_learned(db: None, patience: int, rhythm: int, minutes: int, is_silent: bool) -> None:
    builders.make_source(patience=patience, usual_rhythm=rhythm, last_item=NOW)
    assert bool(list(alarms(NOW + timedelta(minutes=minutes)))) is is_silent


@pytest.mark.parametrize(("failures", "number"), [(0, 0), (2, 0), (3, 1)])
def test_failures_in_a_row_are_an_alarm(db: None, failures: int, number: int) -> None:
    builders.make_source(failures_in_a_row=failures, last_error="It is away.")
    found = list(alarms(NOW))
    assert len(found) == number and all("It is away." in sentence for sentence in found)


def test_files_that_were_too_large_are_an_alarm_until_they_are_gone(db: None, settings, tmp_path: Path) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, home=tmp_path)
    source = builders.make_source(kind=Source.Kind.FOLDER, address="incoming/shiomi", patience=10**6, last_item=NOW)
    made(tmp_path / source.address)
    for name, data in (("large.xml", b"<nitf/>"), ("empty.xml", b"")):
        (tmp_path / source.address / name).write_bytes(data)
    folder = Folder(tmp_path / source.address, size=3)
    for clock in (0.0, 20.0):
        folder.look(clock)
    (sentence,) = alarms(NOW)
    assert source.name in sentence and "incoming/shiomi/refused" in sentence
    (tmp_path / source.address / "refused" / "large.xml").unlink()
    assert list(alarms(NOW)) == []


def test_source_that_is_off_is_none(db: None) -> None:
    builders.make_source(failures_in_a_row=9, patience=1, last_item=NOW - timedelta(days=1), is_on=False)
    assert list(alarms(NOW)) == []


def test_desk_and_check_say_it(front, settings, tmp_path: Path) -> None:
    assert list(desk.of_sources(settings.KAWARABAN)) == []
    builders.make_source(failures_in_a_row=9, last_error="It is away.")
    told = list(desk.of_sources(settings.KAWARABAN))
    assert len(told) == 2 and "It is away." in told[0]  # and no worker is running
    assert any("It is away." in sentence for sentence in health.of_press(replace(settings.KAWARABAN, home=tmp_path)))
    Source.objects.update(is_on=False)
    assert list(desk.of_sources(settings.KAWARABAN)) == []
