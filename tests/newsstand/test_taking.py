import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kawaraban.conf import Configuration
from kawaraban.newsstand import taking
from kawaraban.newsstand.app import Newsstand
from kawaraban.newsstand.taking import Taking, settle
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


def taken(kept: Taking, *readers: int) -> list[bool | None]:
    """What is told of each read, without the thread."""
    told: list[bool | None] = []
    for reader in readers:
        kept.take(spool.written(READ._replace(reader=reader)), told.append)
    settled(kept)
    return told


def settled(kept: Taking) -> None:
    kept.write()
    settle(kept.settled)


def reads(folder: Path) -> list[Record]:
    found = (chunk for file in spool.files(folder) for chunk in spool.chunks(file))
    return [Record(*FIELDS.unpack_from(chunk.records, at)) for chunk in found for at in range(0, len(chunk.records), spool.BYTES)]


def fail(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_disk_has_it_a_tenth_of_a_second_later(kept: Taking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]) -> None:
    synced: list[float] = []
    sync = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (sync(descriptor), synced.append(time.monotonic())))
    kept.open()
    began, told = time.monotonic(), []
    kept.take(spool.written(READ), lambda is_written: told.append((is_written, len(reads(tmp_path / "spool")))))
    until(lambda: synced != [] and not kept.unsynced)
    assert told == [(True, 1)]
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
    assert taken(kept, 1) == [True]
    write = os.write
    monkeypatch.setattr(os, "write", fail)
    assert taken(kept, 2, 3, 4) == [False] * 3
    kept.reject(Verdict.ROBOT, 9)
    kept.sum_up()
    assert kept.unwritten() == 3 and len(told) == 1 and "kept in memory" in told[0]
    monkeypatch.setattr(os, "write", write)
    assert taken(kept, 5) == [False]
    kept.sum_up()
    assert sorted(record.reader for record in reads(tmp_path / "spool") if not record.verdict) == [1, 2, 3, 4, 5]
    assert [record.count for record in reads(tmp_path / "spool") if record.verdict] == [1]
    assert kept.unwritten() == 0 and taken(kept, 6) == [True]


def test_memory_that_is_full_has_no_room(kept: Taking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_WAITING", 2 * spool.BYTES)
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", fail)
        assert (taken(kept, 1), kept.has_room) == ([False], True)
        assert (taken(kept, 2), kept.has_room) == ([False], False)
    kept.sum_up()
    assert kept.has_room


def test_fault_that_nobody_expects_loses_nothing(kept: Taking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[bool] = []
    kept.take(spool.written(READ), answers.append)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(kept.writer, "append", lambda _: (_ for _ in ()).throw(RuntimeError))
        kept.write()
    settle(kept.settled)
    assert (answers, kept.unwritten(), kept.is_stuck()) == ([False], 1, False)
    kept.sum_up()
    assert len(reads(tmp_path / "spool")) == 1


def test_disk_that_fails_to_keep_what_it_took(kept: Taking, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert taken(kept, 1) == [True]
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        kept.sync()
        assert kept.unwritten() == 1 and "did not keep" in told[0]
    kept.sum_up()
    kept.sync()
    assert len(spool.files(tmp_path / "spool")) == 2
    assert {record.reader for record in reads(tmp_path / "spool")} == {1} and kept.unwritten() == 0


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that answers nothing until the event is set."""
    goes_on, write, sync = threading.Event(), os.write, os.fdatasync
    monkeypatch.setattr(os, "write", lambda *given: (goes_on.wait(20), write(*given))[1])
    monkeypatch.setattr(os, "fdatasync", lambda *given: (goes_on.wait(20), sync(*given))[1])
    monkeypatch.setattr(taking, "PATIENCE", 0.1)
    yield goes_on
    goes_on.set()


def test_disk_that_hangs_keeps_nobody_waiting(
    kept: Taking, tmp_path: Path, told: list[str], hung: threading.Event, until: Callable[..., None]
) -> None:
    kept.open()
    answers: list[tuple[int, bool]] = []

    def take(reader: int) -> None:
        kept.take(spool.written(READ._replace(reader=reader)), lambda is_written: answers.append((reader, is_written)))

    take(1)
    until(lambda: kept.is_stuck())
    take(2)
    assert answers == [(2, False)], "once the disk is known to hang, the answer is given at once"
    kept.look()
    assert answers == [(2, False), (1, False)] and kept.unwritten() == 2 and "does not answer" in told[0]
    hung.set()
    until(lambda: kept.unwritten() == 0 and not kept.is_stuck())
    take(3)
    until(lambda: len(answers) == 3)
    assert answers[2] == (3, True)
    assert sorted(record.reader for record in reads(tmp_path / "spool")) == [1, 2, 3]


def test_process_ends_although_the_disk_hangs(kept: Taking, told: list[str], hung: threading.Event, until: Callable[..., None]) -> None:
    kept.open()
    answers: list[bool] = []
    kept.take(spool.written(READ), answers.append)
    until(lambda: kept.is_stuck())
    kept.close()
    assert answers == [False] and "1 reads" in told[-1] and "are lost" in told[-1]


def test_read_that_comes_again_is_answered_no_sooner_than_the_first(kept: Taking) -> None:
    order: list[str] = []
    kept.take(spool.written(READ), lambda _: order.append("first"))
    assert kept.is_holding
    kept.take(b"", lambda _: order.append("again"))
    settled(kept)
    assert order == ["first", "again"] and not kept.is_holding


def test_thread_that_answers_tells_what_is_written_and_nobody_twice(kept: Taking) -> None:
    told: list[bool] = []
    kept.take(spool.written(READ), told.append)
    kept.write()
    assert (told, len(kept.settled)) == ([], 1)
    settle(kept.settled)
    settle(kept.settled)
    assert told == [True]


def test_spool_that_was_deleted_is_begun_anew(kept: Taking, tmp_path: Path) -> None:
    assert taken(kept, 1) == [True]
    (file,) = spool.files(tmp_path / "spool")
    file.unlink()
    kept.sum_up()
    assert taken(kept, 1) == [True]
    assert len(reads(tmp_path / "spool")) == 1


def test_folder_that_can_not_be_made(tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "spool").write_text("no folder")
    kept = Taking(tmp_path / "spool", told.append)
    assert taken(kept, 1) == [False]
    (tmp_path / "spool").unlink()
    kept.close()
    assert len(reads(tmp_path / "spool")) == 1


def test_what_is_left_at_the_end_is_written(tmp_path: Path, told: list[str]) -> None:
    kept = Taking(tmp_path / "spool", told.append)
    kept.open()
    kept.take(spool.written(READ), lambda _: None)
    kept.reject(Verdict.ROBOT)
    kept.close()
    assert [record.verdict for record in reads(tmp_path / "spool")] == [0, 7]
    assert not told and not spool.is_open(spool.files(tmp_path / "spool")[0])


def test_read_that_is_written_is_told_of_although_the_disk_hangs_then(kept: Taking) -> None:
    told: list[bool] = []
    kept.take(spool.written(READ), told.append)
    kept.write()
    kept.began = time.monotonic() - 10  # as while it is being put on the disk
    kept.look()
    assert told == [True]


def test_whoever_asks_next_has_those_told_whose_reads_are_written(config: Configuration, monkeypatch: pytest.MonkeyPatch) -> None:
    newsstand, order = Newsstand(config), list[object]()
    monkeypatch.setattr(newsstand, "answer", lambda *_: order.append("answered"))
    newsstand.settled.append(([(b"", order.append)], True))
    newsstand.__rsgi__(None, None)
    assert order == [True, "answered"] and newsstand.taking is not None and newsstand.settled is newsstand.taking.settled
