from datetime import UTC, datetime
from pathlib import Path

import pytest

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive, Unkept
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources import picking_up
from kawaraban.wires.sources.picking_up import Folders, is_within_incoming
from kawaraban.wires.sweeping import take_in_waiting
from tests.wires.payloads import nitf

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def folders(db: None, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setattr("kawaraban.wires.sources.folder.SETTLED", 0.0)
    (tmp_path / "incoming").mkdir()
    builders.make_source(kind=Source.Kind.FOLDER, address=str(tmp_path / "incoming"), is_from_file=True)
    made = Folders()
    made.renew()
    return made


def test_file_is_archived_and_moved_away(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "incoming" / "a.xml").write_bytes(nitf())
    assert [folders.look(NOW) for _ in range(3)] == [0, 1, 0] or Arrival.objects.count() == 1
    arrival = Arrival.objects.get()
    assert (arrival.name, arrival.state) == ("a.xml", "waiting") and (tmp_path / "incoming" / "done" / "a.xml").is_file()
    assert take_in_waiting(NOW, lambda: False) == 1 and Source.objects.get().items == 1


def test_file_stays_when_it_can_not_be_archived(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise Unkept("the disk takes nothing more.")

    file = tmp_path / "incoming" / "a.xml"
    file.write_bytes(nitf())
    with monkeypatch.context() as patched:
        patched.setattr(picking_up, "keep_all", refuse)
        folders.look(NOW)
        folders.look(NOW)
    source = Source.objects.get()
    assert (source.failures, source.last_error) == (1, "the disk takes nothing more.") and file.is_file()
    (watched,) = folders.watched.values()
    assert watched.not_before > 0
    watched.not_before = 0.0
    assert folders.look(NOW) == 1 and not file.is_file()


def test_folder_that_is_missing_is_a_failure_and_one_of_the_home_is_made(folders: Folders, tmp_path: Path, settings) -> None:
    Source.objects.update(address=str(tmp_path / "not there"))
    folders.renew()
    folders.look(NOW)
    assert "not there" in Source.objects.get().last_error
    Source.objects.update(address="incoming/shiomi", is_from_file=False)
    folders.renew()
    folders.look(NOW)
    assert (settings.KAWARABAN.home / "incoming" / "shiomi").is_dir() and Source.objects.get().failures_in_a_row == 0


def test_sources_that_are_off_or_of_another_kind_are_not_watched(folders: Folders) -> None:
    Source.objects.update(is_on=False)
    folders.renew()
    assert folders.watched == {}


@pytest.mark.parametrize("address", ["/etc", "data", "incoming", "incoming/../data", "", "..", "incoming/out", "incoming/a\0b"])
def test_desk_can_not_name_just_any_folder(folders: Folders, address: str, settings) -> None:
    incoming = settings.KAWARABAN.home / "incoming"
    incoming.mkdir(exist_ok=True)
    if not (incoming / "out").is_symlink():
        (incoming / "out").symlink_to("/etc")
    assert not is_within_incoming(address)
    (watched,) = folders.watched.values()
    watched.source.is_from_file, watched.source.address = False, address
    assert folders.look(NOW) == 0 and "kawaraban.toml" in Source.objects.get().last_error
