"""`kawaraban check`: a sentence for each fault, and none for a home that is well."""

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from kawaraban import health, homes
from kawaraban.conf import Configuration, load
from kawaraban.demo import builders
from kawaraban.desk.models import Front, Picture


@pytest.fixture
def found(tmp_path: Path) -> Configuration:
    """A home like the one in which the tests run, but one that may be spoilt."""
    return load(homes.make(tmp_path / "home"))


def test_healthy_home_has_no_fault(found: Configuration, front: Front) -> None:
    assert health.faults(found) == []


def test_file_that_others_can_read(found: Configuration) -> None:
    (found.home / "kawaraban.toml").chmod(0o644)
    assert [f"chmod 600 {found.home}" in sentence for sentence in health.of_settings(found)] == [True]


@pytest.mark.parametrize("name", ["data", "media"])
def test_folder_that_is_missing(found: Configuration, name: str) -> None:
    shutil.rmtree(found.home / name)
    assert ["is missing" in sentence and name in sentence for sentence in health.of_disk(found)] == [True]


def test_disk_that_is_full(found: Configuration, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert all("MB left" in sentence for sentence in health.of_disk(found)) and list(health.of_disk(found))


def test_folder_that_is_read_only(found: Configuration, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)  # root may write anywhere, so the refusal is played
    assert all("can't be written: Read-only file system" in sentence for sentence in health.of_disk(found))


def test_clock_that_was_never_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(health.of_clock()) == []
    monkeypatch.setattr(health, "EARLIEST_CLOCK", datetime(2999, 1, 1, tzinfo=UTC).timestamp())
    assert ["set it" in sentence for sentence in health.of_clock()] == [True]


def test_migrations_that_are_not_applied(db: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="desk").delete()
    assert ["not applied" in sentence for sentence in health.of_database()] == [True]


def test_database_that_does_not_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Iterator[str]:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    assert list(health.of_database()) == ["the database does not answer: connection refused"]


def test_magazine_that_was_not_founded(db: None) -> None:
    assert ["found NAME" in sentence for sentence in health.of_content()] == [True]


def test_pictures_without_their_files(front: Front) -> None:
    builders.make_picture()
    lost = builders.make_picture()
    Picture.objects.get(pk=lost.pk).file.storage.delete(lost.file.name)
    (sentence,) = health.of_pictures(settings.KAWARABAN)
    assert lost.file.name in sentence and "1 pictures" in sentence


def test_style_that_names_a_file_that_is_not_there(found: Configuration) -> None:
    (found.theme / "css" / "own.css").write_text("a{background:url(/static/nowhere.png)} b{background:url('/static/kawaraban/icons/icon.svg')}")
    (sentence,) = health.of_style(found)
    assert "/static/nowhere.png" in sentence


def test_every_question_is_asked() -> None:
    asked = [name for name in vars(health) if name.startswith("of_")]
    assert set(asked) <= set(health.faults.__code__.co_names)
    assert dataclasses.is_dataclass(Configuration)
