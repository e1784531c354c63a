import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kawaraban.newsstand import taking
from kawaraban.newsstand.taking import Taking
from kawaraban.readership import spool
from kawaraban.readership.spool import FIELDS, Record
from kawaraban.readership.verdicts import Verdict

READ = Record(at=1_764_000_000_000, reader=1, network=2, article=3)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def kept(tmp_path: Path, told: list[str]) -> Iterator[Taking]:
    """Without its thread, unless a test opens it."""
    found = Taking(tmp_path / "spool", told.append)
    yield found
    found.close()


def reads(folder: Path) -> list[Record]:
    found = (chunk for file in spool.files(folder) for chunk in spool.chunks(file))
    return [Record(*FIELDS.unpack_from(chunk.records, at)) for chunk in found for at in range(0, len(chunk.records), spool.BYTES)]


def fail(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_disk_has_it_a_tenth_of_a_second_later(kept: Taking, monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]) -> None:
    synced: list[float] = []
    sync = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (sync(descriptor), synced.append(time.monotonic())))
    kept.open()
    began = time.monotonic()
    assert kept.take(READ) is Verdict.ACCEPTED
    until(lambda: synced != [])
    assert not kept.unsynced
    assert 0.02 < synced[0] - began < 5


def test_rejected_reads_are_summed(kept: Taking, tmp_path: Path) -> None:
    for article in (7, 7, 8):
        kept.reject(Verdict.ROBOT, article)
    kept.sum_up()
    assert sorted((record.article, record.count, record.verdict) for record in reads(tmp_path / "spool")) == [(7, 2, 7), (8, 1, 7)]
    assert {(record.reader, record.network) for record in reads(tmp_path / "spool")} == {(0, 0)}


def test_flood_of_rejected_reads_takes_little_room(kept: Taking, tmp_path: Path) -> None:
    for article in range(1, 5001):
        kept.reject(Verdict.EXPIRED, article)
    kept.sum_up()
    found = reads(tmp_path / "spool")
    assert len(found) == taking.MOST_SUMS + 1 and sum(record.count for record in found) == 5000


def test_full_disk_keeps_reads_in_memory_until_there_is_room(kept: Taking, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.take(READ) is Verdict.ACCEPTED
    write = os.write
    monkeypatch.setattr(os, "write", fail)
    assert [kept.take(READ._replace(reader=number)) for number in (2, 3, 4)] == [None] * 3
    kept.reject(Verdict.ROBOT, 9)
    kept.sum_up()
    assert kept.unwritten() == 3 and len(told) == 1 and "kept in memory" in told[0]
    monkeypatch.setattr(os, "write", write)
    assert kept.take(READ._replace(reader=5)) is None
    kept.sum_up()
    assert sorted(record.reader for record in reads(tmp_path / "spool") if not record.verdict) == [1, 2, 3, 4, 5]
    assert [record.count for record in reads(tmp_path / "spool") if record.verdict] == [1]
    assert kept.unwritten() == 0 and kept.take(READ) is Verdict.ACCEPTED


def test_memory_that_is_full_loses_reads_and_counts_them(kept: Taking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_WAITING", 2 * spool.BYTES)
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", fail)
        assert [kept.take(READ) for _ in range(4)] == [None, None, Verdict.LOST, Verdict.LOST]
    kept.sum_up()
    assert sorted((record.verdict, record.count) for record in reads(tmp_path / "spool")) == [(0, 1), (0, 1), (13, 2)]
    assert kept.counts == {"accepted": 2, "rejected:lost": 2}


def test_disk_that_fails_to_keep_what_it_took(kept: Taking, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.take(READ) is Verdict.ACCEPTED
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        kept.sync()
        assert kept.unwritten() == 1 and "did not keep" in told[0]
    kept.sum_up()
    kept.sync()
    assert len(spool.files(tmp_path / "spool")) == 2
    assert {record.reader for record in reads(tmp_path / "spool")} == {1} and kept.unwritten() == 0


def test_spool_that_was_deleted_is_begun_anew(kept: Taking, tmp_path: Path) -> None:
    assert kept.take(READ) is Verdict.ACCEPTED
    (file,) = spool.files(tmp_path / "spool")
    file.unlink()
    kept.sum_up()
    assert kept.take(READ) is Verdict.ACCEPTED
    assert len(reads(tmp_path / "spool")) == 1


def test_folder_that_can_not_be_made(tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "spool").write_text("no folder")
    kept = Taking(tmp_path / "spool", told.append)
    assert kept.take(READ) is None
    (tmp_path / "spool").unlink()
    kept.close()
    assert len(reads(tmp_path / "spool")) == 1


def test_what_is_left_at_the_end_is_written(tmp_path: Path, told: list[str]) -> None:
    kept = Taking(tmp_path / "spool", told.append)
    kept.open()
    kept.take(READ)
    kept.reject(Verdict.ROBOT)
    kept.close()
    assert [record.verdict for record in reads(tmp_path / "spool")] == [0, 7]
    assert not told and not spool.is_open(spool.files(tmp_path / "spool")[0])
