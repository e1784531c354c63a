import os
from pathlib import Path

import pytest

from kawaraban.readership import spool
from kawaraban.readership.spool import BYTES, Record, Writer
from kawaraban.readership.verdicts import Referrer, Verdict

READ = Record(at=1_764_000_000_000, reader=2**64 - 1, network=7, article=12, verdict=Verdict.ACCEPTED, referrer=Referrer.SEARCH)


def records(count: int) -> list[bytes]:
    return [spool.written(READ._replace(article=place)) for place in range(1, count + 1)]


def all_of(file: Path, size: int = spool.CHUNK) -> tuple[bytes, int, int]:
    found = list(spool.chunks(file, size=size))
    return b"".join(chunk.records for chunk in found), sum(chunk.damaged for chunk in found), found[-1].end if found else 0


def test_record_as_numpy_has_it() -> None:
    np = pytest.importorskip("numpy")
    kind = np.dtype(spool.DTYPE)
    assert kind.itemsize == BYTES == len(spool.written(READ))
    assert tuple(np.frombuffer(spool.written(READ), kind)[0])[:-1] == tuple(READ)


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "spool")
    for record in records(5):
        writer.append(record)
    (file,) = spool.files(tmp_path / "spool")
    assert all_of(file) == (b"".join(records(5)), 0, 5 * BYTES)
    assert all_of(file, size=2 * BYTES + 1)[0] == b"".join(records(5))
    assert list(spool.chunks(file, 5 * BYTES)) == []


def test_full_file_is_left_for_another(tmp_path: Path) -> None:
    writer = Writer(tmp_path, greatest=3 * BYTES)
    for record in records(7):
        writer.append(record)
    found = spool.files(tmp_path)
    assert [file.stat().st_size for file in found] == [120, 120, 40]
    assert [spool.is_open(file) for file in found] == [False, False, True]
    assert b"".join(all_of(file)[0] for file in found) == b"".join(records(7))


def test_torn_record_waits_until_it_is_whole(tmp_path: Path) -> None:
    file, (first, second) = tmp_path / "host-1-1.reads", records(2)
    file.write_bytes(first + second[:17])
    assert all_of(file) == (first, 0, BYTES)
    file.write_bytes(first + second)
    assert next(spool.chunks(file, BYTES)).records == second


@pytest.mark.parametrize("place", range(3))
def test_damaged_record_is_skipped_and_counted(tmp_path: Path, place: int) -> None:
    file, whole = tmp_path / "host-1-1.reads", records(4)
    spoilt = list(whole)
    spoilt[place] = bytes([whole[place][0] ^ 1]) + whole[place][1:]
    file.write_bytes(b"".join(spoilt))
    assert all_of(file) == (b"".join(whole[:place] + whole[place + 1 :]), 1, 4 * BYTES)


def test_damaged_end_is_left_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "host-1-1.reads"
    file.write_bytes(records(1)[0] + bytes(3 * BYTES))
    assert all_of(file) == (records(1)[0], 0, BYTES)


def test_stretch_of_damage_longer_than_a_chunk_is_passed(tmp_path: Path) -> None:
    file = tmp_path / "host-1-1.reads"
    file.write_bytes(bytes(spool.CHUNK // BYTES * BYTES * 2) + records(1)[0])
    assert all_of(file) == (records(1)[0], spool.CHUNK // BYTES * 2, file.stat().st_size)


def test_record_that_did_not_fit_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, (first, second, third), write = Writer(tmp_path), records(3), os.write
    writer.append(first)
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:9]))
    with pytest.raises(OSError, match="No space"):
        writer.append(second)
    monkeypatch.undo()
    writer.append(third)
    (file,) = spool.files(tmp_path)
    assert all_of(file) == (first + third, 0, 2 * BYTES)


def test_lock_ends_with_the_writer(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.append(records(1)[0])
    (file,) = spool.files(tmp_path)
    assert spool.is_open(file) and not writer.is_gone()
    file.unlink()
    assert writer.is_gone() and not spool.is_open(file)
    writer.close()
    writer.append(records(1)[0])
    assert len(spool.files(tmp_path)) == 1


def test_numbers_that_are_stored_stay() -> None:
    assert [(verdict.name, verdict.value) for verdict in Verdict][:3] == [("ACCEPTED", 0), ("METHOD", 1), ("SIZE", 2)]
    assert (Verdict.REPEATED, Referrer.SOCIAL) == (10, 3)
    assert (Verdict.TOKEN.measure, Verdict.ACCEPTED.measure, Referrer.SEARCH.measure) == ("rejected:token", "accepted", "referrer:search")
