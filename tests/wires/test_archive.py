import errno
import gzip
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban.wires.archive import Archive, Payload, Unarchived, Unkept, plainly_named

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def payload(data: bytes = b"copy", name: str = "a.xml") -> Payload:
    return Payload(data, name, "text/xml")


def test_payload_comes_back_whole(archive: Archive) -> None:
    sent = payload(b"\x00\xff\r\n" * 1000, "名前 \udcff.xml")
    kept = archive.keep("shiomi", sent, NOW)
    found = archive.read(kept.file)
    assert (found.payload, found.source, found.received_at) == (sent, "shiomi", NOW)
    assert kept.file == f"2026-11-20/{sent.digest}.shiomi.gz" and archive.has(kept.file)
    assert b"copycopy" not in (archive.folder / kept.file).read_bytes()


def test_payload_is_kept_once_a_source(archive: Archive) -> None:
    first = archive.keep("shiomi", payload(), NOW)
    before = (archive.folder / first.file).stat()
    assert archive.keep("shiomi", payload(name="b.xml"), NOW + timedelta(hours=1)) == first
    assert (archive.folder / first.file).stat().st_mtime_ns == before.st_mtime_ns
    assert archive.keep("other", payload(), NOW) != first
    assert len(list(archive.files())) == 2


@pytest.mark.parametrize("source", ["", "../x", "a/b", "a.b", "日本", "a" * 41, "a\n"])
def test_source_that_is_no_plain_name(archive: Archive, source: str) -> None:
    with pytest.raises(ValueError, match="can't name a source"):
        archive.keep(source, payload(), NOW)
    assert not archive.folder.exists()


@pytest.mark.parametrize("file", ["", "../../etc/passwd", "2026-11-20/../x", "2026-11-20/" + "0" * 64 + ".a.gz", "/2026-11-20/x"])
def test_file_that_is_not_there(archive: Archive, file: str) -> None:
    with pytest.raises(Unarchived):
        archive.read(file)
    assert not archive.has(file)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x1f\x8b", b"no gzip at all", gzip.compress(b"{}\nx"), gzip.compress(b"nothing")],
    ids=["empty", "cut off", "not compressed", "tells nothing", "no line"],
)
def test_damaged_file(archive: Archive, data: bytes) -> None:
    kept = archive.keep("shiomi", payload(), NOW)
    (archive.folder / kept.file).write_bytes(data)
    with pytest.raises(Unarchived, match="can't be read"):
        archive.read(kept.file)


def test_full_disk_keeps_nothing_half(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unkept, match="No space left on device"):
        archive.keep("shiomi", payload(), NOW)
    monkeypatch.undo()
    assert [file for file in archive.folder.rglob("*") if file.is_file()] == []
    assert archive.keep("shiomi", payload(), NOW).file.startswith("2026-11-20/")


def test_files_since_and_of_a_source(archive: Archive) -> None:
    for day in (1, 2, 3):
        for source in ("a", "b"):
            archive.keep(source, payload(f"{day}{source}".encode()), NOW + timedelta(days=day))
    assert [(kept.file[:10], kept.source) for kept in archive.files(date(2026, 11, 22), "b")] == [("2026-11-22", "b"), ("2026-11-23", "b")]
    assert len(list(archive.files())) == 6


def test_what_goes_while_a_day_is_looked_through_is_not_there(archive: Archive) -> None:
    """Links to nothing: there when the folder is read, gone when one looks."""
    kept = archive.keep("shiomi", Payload(b"copy"), NOW)
    folder = (archive.folder / kept.file).parent
    for name in (".partial-0123456789abcdef", f"{'0' * 64}.shiomi.gz"):
        (folder / name).symlink_to(folder / "gone")
    assert list(archive.files()) == [kept]


def test_prune_keeps_what_it_is_told_to(archive: Archive) -> None:
    old = [archive.keep("a", payload(data), NOW).file for data in (b"1", b"2")]
    new = archive.keep("a", payload(b"3"), NOW + timedelta(days=5)).file
    assert archive.prune(date(2026, 11, 22), frozenset(old[:1])) == old[1:]
    assert {kept.file for kept in archive.files()} == {old[0], new}
    assert archive.prune(date(2026, 11, 22)) == old[:1]
    assert [day.isoformat() for day in archive.days()] == ["2026-11-25"]


def test_sweep_removes_what_was_never_finished(archive: Archive) -> None:
    kept = archive.keep("a", payload(), NOW)
    half = archive.folder / "2026-11-20" / ".partial-x"
    half.write_bytes(b"half")
    archive.sweep(datetime.now(UTC))
    assert half.exists() and list(archive.files()) == [kept]
    archive.sweep(datetime.now(UTC) + timedelta(hours=2))
    assert not half.exists() and list(archive.files()) == [kept]


@pytest.mark.parametrize(
    ("name", "plain"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\item.xml", "item.xml"), ("a\x00b\n.xml", "ab.xml"), ("あ" * 300, "あ" * 255), ("", "")],
)
def test_sender_names_files_and_nothing_else(name: str, plain: str) -> None:
    assert plainly_named(payload(name=name)).name == plain
