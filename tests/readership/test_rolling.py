"""The spool into the counts: each record once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kawaraban.readership import spool
from kawaraban.readership.columns import ACCEPTED, Grain
from kawaraban.readership.days import HOUR, Days
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.spool import Record, Writer, written
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stores.store import Change, Outrun

DAYS = Days(ZoneInfo("Asia/Tokyo"))
NOW = 1_780_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "store")
    yield store
    store.close()


def fill(folder: Path, count: int, first: int = 0) -> Writer:
    writer = Writer(folder)
    writer.begun = 2 * NOW + first  # several of one process within a millisecond would have one name
    writer.append(b"".join(written(Record(NOW - number % HOUR, number, 1, number % 50)) for number in range(first, first + count)))
    return writer


def accepted(store: SqliteStore, grain: Grain = Grain.DAY) -> int:
    return sum(column.total for column in store.columns(grain, ACCEPTED, 0, 2 * NOW).values())


def roll(folder: Path, store: SqliteStore) -> int:
    return roll_up(folder, store, DAYS, lambda: NOW)


def test_each_record_is_counted_once(tmp_path: Path, store: SqliteStore) -> None:
    writer = fill(tmp_path / "spool", 300)
    assert roll(tmp_path / "spool", store) == 300
    writer.append(written(Record(NOW, 9999, 1, 3)))
    assert roll(tmp_path / "spool", store) == 1
    assert roll(tmp_path / "spool", store) == 0
    assert [accepted(store, grain) for grain in Grain] == [301, 301, 301]
    writer.close()


def test_file_goes_once_nobody_writes_to_it(tmp_path: Path, store: SqliteStore) -> None:
    writer = fill(tmp_path / "spool", 10)
    roll(tmp_path / "spool", store)
    assert len(spool.files(tmp_path / "spool")) == 1
    writer.close()
    roll(tmp_path / "spool", store)
    assert spool.files(tmp_path / "spool") == []


def test_file_that_ended_torn_goes_too(tmp_path: Path, store: SqliteStore) -> None:
    fill(tmp_path / "spool", 10).close()
    (file,) = spool.files(tmp_path / "spool")
    with file.open("ab") as out:
        out.write(b"torn")
    assert roll(tmp_path / "spool", store) == 10
    assert (spool.files(tmp_path / "spool"), store.offsets()) == ([], {})


def test_files_of_several_newsstands(tmp_path: Path, store: SqliteStore) -> None:
    writers = [fill(tmp_path / "spool", 10, first) for first in (0, 5, 100)]
    roll(tmp_path / "spool", store)
    assert accepted(store) == 25
    for writer in writers:
        writer.close()


def test_change_of_another_worker_is_refused(store: SqliteStore) -> None:
    version = store.version()
    store.commit(Change(), version)
    with pytest.raises(Outrun):
        store.commit(Change(), version)


def test_two_workers_count_each_record_once(tmp_path: Path, store: SqliteStore) -> None:
    writer = fill(tmp_path / "spool", 100)
    other = SqliteStore(tmp_path / "store")
    roll(tmp_path / "spool", store)
    writer.append(b"".join(written(Record(NOW, number, 1, number % 50)) for number in range(50, 150)))
    roll(tmp_path / "spool", other)
    roll(tmp_path / "spool", store)
    assert accepted(store) == 150
    other.close()
    writer.close()


WORKER = """
import sys
from pathlib import Path
from zoneinfo import ZoneInfo
from kawaraban.readership import spool
from kawaraban.readership.days import Days
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.stores.sqlite import SqliteStore
spool.CHUNK = 2000
spool.chunks.__defaults__ = (0, 2000)
store = SqliteStore(Path(sys.argv[2]))
print("ready", flush=True)
while roll_up(Path(sys.argv[1]), store, Days(ZoneInfo("Asia/Tokyo")), lambda: 1_780_000_000_000):
    pass
"""


@pytest.mark.slow
def test_killed_worker_counts_each_record_once(tmp_path: Path, store: SqliteStore) -> None:
    folder, total, kills = tmp_path / "spool", 20_000, 0
    writer = fill(folder, total)
    chance = random.Random(1)
    while True:
        process = subprocess.Popen([sys.executable, "-c", WORKER, str(folder), str(tmp_path / "store")], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        if kills < 20 and process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        code = process.wait()
        process.stdout.close()
        if code == 0:
            break
    assert kills > 3
    assert [accepted(store, grain) for grain in Grain] == [total] * 3
    writer.close()
