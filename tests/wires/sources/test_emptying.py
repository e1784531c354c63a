"""Real files in real folders; a file is as old as its move, so the clock is put on."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive, Payload
from kawaraban.wires.ingest import keep, receive
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.retention import prune
from kawaraban.wires.sources import emptying
from kawaraban.wires.sources.emptying import empty
from tests.wires.payloads import nitf

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=11)


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.KAWARABAN = replace(settings.KAWARABAN, home=tmp_path / "home", wires=replace(settings.KAWARABAN.wires, archive_days=10))
    path = settings.KAWARABAN.home / "incoming" / "shiomi"
    for name in ("done", "refused"):
        (path / name).mkdir(parents=True)
    return path


@pytest.fixture
def source(db: None, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setattr(emptying, "archive", lambda: archive)
    return builders.make_source(kind=Source.Kind.FOLDER, address="incoming/shiomi")


def put(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def test_what_the_archive_has_goes_when_its_time_is_over(source: Source, folder: Path) -> None:
    receive(source, Payload(nitf()), NOW)
    keep(source, Payload(nitf("waits")), NOW)
    files = [put(folder / "done" / "a.xml", nitf()), put(folder / "done" / "w.xml", nitf("waits")), put(folder / "refused" / "0.xml", b"")]
    assert empty(NOW + timedelta(days=9)).deleted == 0 and all(file.exists() for file in files)
    assert empty(LATER).deleted == 3 and not any(file.exists() for file in files)


def test_what_the_archive_has_let_go_goes(source: Source, folder: Path, archive: Archive) -> None:
    file = put(folder / "done" / "a.xml", nitf())
    receive(source, Payload(nitf()), NOW)
    prune(LATER)
    assert list(archive.files()) == [] and empty(LATER).deleted == 1 and not file.exists()


@pytest.mark.parametrize("place", ["done", "refused"])
def test_what_is_in_no_archive_stays_and_is_told(source: Source, folder: Path, place: str) -> None:
    file = put(folder / place / "a.xml", nitf())
    emptied = empty(LATER)
    assert (emptied.deleted, emptied.left) == (0, {folder / place: 1}) and file.exists()


@pytest.mark.parametrize("loss", ["gone", "damaged", "another's"])
def test_what_the_archive_has_lost_stays(source: Source, folder: Path, archive: Archive, loss: str) -> None:
    file = put(folder / "done" / "a.xml", nitf())
    arrival = receive(source, Payload(nitf()), NOW)
    kept = archive.folder / arrival.file
    if loss == "gone":
        kept.unlink()
    elif loss == "damaged":
        kept.write_bytes(kept.read_bytes()[:-9])
    else:
        kept.write_bytes((archive.folder / receive(source, Payload(nitf("other")), NOW).file).read_bytes())
    assert empty(LATER).deleted == 0 and file.exists()


def test_what_was_not_read_before_it_was_let_go_stays(source: Source, folder: Path) -> None:
    file = put(folder / "done" / "a.xml", b"no format")
    receive(source, Payload(b"no format"), NOW)
    Arrival.objects.update(file="")
    assert empty(LATER).deleted == 0 and file.exists()


def test_what_another_source_sent_stays(source: Source, folder: Path) -> None:
    receive(builders.make_source("凪通信", key="nagi"), Payload(nitf()), NOW)
    put(folder / "done" / "a.xml", nitf())
    assert empty(LATER).deleted == 0


def test_what_the_sender_wrote_long_ago_is_as_old_as_its_move(source: Source, folder: Path) -> None:
    file = put(folder / "done" / "a.xml", nitf())
    receive(source, Payload(nitf()), NOW)
    os.utime(file, (1000, 1000))
    assert empty(NOW).deleted == 0 and empty(LATER).deleted == 1


def test_links_pipes_and_folders_stay(source: Source, folder: Path, tmp_path: Path) -> None:
    receive(source, Payload(nitf()), NOW)
    secret = put(tmp_path / "secret.xml", nitf())
    (folder / "done" / "link").symlink_to(secret)
    (folder / "done" / "sub").mkdir()
    os.mkfifo(folder / "done" / "pipe")
    assert empty(LATER).deleted == 0 and len(list((folder / "done").iterdir())) == 3 and secret.exists()


def test_folder_that_leads_elsewhere_is_not_emptied(source: Source, folder: Path, tmp_path: Path) -> None:
    receive(source, Payload(nitf()), NOW)
    (tmp_path / "elsewhere").mkdir()
    file = put(tmp_path / "elsewhere" / "a.xml", nitf())
    (folder / "done").rmdir()
    (folder / "done").symlink_to(tmp_path / "elsewhere")
    assert empty(LATER).deleted == 0 and file.exists()


def test_folder_that_the_desk_may_not_name_is_not_emptied(source: Source, folder: Path) -> None:
    receive(source, Payload(nitf()), NOW)
    put(folder / "done" / "a.xml", nitf())
    Source.objects.update(address=str(folder))
    assert empty(LATER).deleted == 1, "by whichever way, it lies within incoming"
    outside = folder.parents[1] / "elsewhere"
    (outside / "done").mkdir(parents=True)
    file = put(outside / "done" / "a.xml", nitf())
    Source.objects.update(address="elsewhere")
    assert empty(LATER).deleted == 0 and file.exists()
    Source.objects.update(is_from_file=True)
    assert empty(LATER).deleted == 1


def test_no_days_keep_for_good(source: Source, folder: Path, settings) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, wires=replace(settings.KAWARABAN.wires, archive_days=0))
    put(folder / "refused" / "a.xml", b"")
    assert empty(NOW + timedelta(days=9999)).deleted == 0


def test_many_are_taken_in_parts(source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emptying, "CHUNK", 2)
    for number in range(5):
        put(folder / "refused" / f"{number}.xml", b"x" * (number % 2))
    assert (empty(LATER).deleted, empty(LATER).left) == (3, {folder / "refused": 2})
