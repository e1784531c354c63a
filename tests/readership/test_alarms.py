import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawaraban import cli, health
from kawaraban.conf import Configuration, load
from kawaraban.readership import alarms, sites, spool
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.spool import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(tmp_path: Path) -> Configuration:
    (tmp_path / "kawaraban.toml").write_text('[secrets]\nkey = "a key"\n')
    return load(tmp_path)


def take(found: Configuration, age: float, count: int = 3) -> None:
    writer = spool.Writer(found.reads / "spool")
    at = int((time.time() - age) * 1000)
    writer.append(b"".join(spool.written(Record(at, number, 1, 1)) for number in range(count)))
    writer.close()


def test_nothing_taken_is_no_alarm(found: Configuration) -> None:
    assert list(alarms.alarms(found)) == []
    assert health.told_of_reads(found) == "All reads are counted."


def test_reads_that_wait_for_long_are_an_alarm_until_they_are_counted(found: Configuration) -> None:
    take(found, age=300)
    assert alarms.lag(found, time.time()).records == 3
    (sentence,) = alarms.alarms(found)
    assert sentence.startswith("3") and "5" in sentence
    roll_up(found.reads / "spool", sites.store(), sites.days(), lambda: int(time.time() * 1000))
    assert list(alarms.alarms(found)) == []


def test_reads_of_a_moment_ago_are_told_and_no_alarm(found: Configuration) -> None:
    take(found, age=2)
    assert list(alarms.alarms(found)) == []
    assert health.told_of_reads(found).startswith("3 reads wait to be counted, the first for ")


def test_reads_that_no_disk_takes_are_an_alarm(found: Configuration) -> None:
    run = found.data / "run"
    run.mkdir(parents=True)
    (run / "metrics-1").write_text(json.dumps({"sums": {"unwritten": 7}}))
    (run / "metrics-2").write_text("{")
    (run / "metrics-3").write_text(json.dumps({"sums": {}}))
    (sentence,) = alarms.alarms(found)
    assert sentence.startswith("7") and str(found.reads) in sentence


def test_check_tells_of_reads_that_wait_beside_faults(found: Configuration, monkeypatch: pytest.MonkeyPatch) -> None:
    take(found, age=2)
    monkeypatch.setattr(cli, "entered", lambda context: found)
    monkeypatch.setattr(health, "faults", lambda found: ["something is wrong"])
    told = CliRunner().invoke(cli.app, ["check"])
    assert (told.exit_code, told.stderr) == (1, "✗ something is wrong\n")
    assert told.stdout.startswith("3 reads wait to be counted, the first for ")


def test_lag_that_can_not_be_told_is_said(found: Configuration, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> alarms.Lag:
        raise OSError("the disk is gone")

    monkeypatch.setattr(alarms, "lag", fail)
    assert health.told_of_reads(found) == "Nobody can say how many reads wait to be counted: the disk is gone"
