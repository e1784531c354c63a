import json
import threading
from datetime import datetime

import pytest

from kawaraban.newsstand import access_log
from kawaraban.newsstand.access_log import AccessLog, client

LOG = "data/logs/access.jsonl"
KEYS = ["time", "id", "method", "path", "query", "status", "bytes", "seconds", "encoding", "agent", "referrer", "client"]


@pytest.mark.parametrize(
    ("forwarded", "peer", "told"),
    [
        ("", "192.0.2.77:5000", "192.0.2.0/24"),
        ("", "[2001:db8:1:2::3]:5000", "2001:db8:1::/48"),
        ("", "2001:db8:1:2::3:5000", "2001:db8:1::/48"),
        ("", "::ffff:192.0.2.77:5000", "192.0.2.0/24"),
        ("198.51.100.9", "127.0.0.1:5000", "198.51.100.0/24"),
        ("203.0.113.1, 198.51.100.9", "127.0.0.1:5000", "198.51.100.0/24"),
        ("2001:db8:1:2::3", "127.0.0.1:5000", "2001:db8:1::/48"),
        ("<script>", "127.0.0.1:5000", ""),
    ],
)
def test_client_is_cut_short(forwarded: str, peer: str, told: str) -> None:
    assert client(forwarded, peer) == told


def test_requests_are_logged(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own(access_log=LOG)
    file = magazine.config.home / LOG
    magazine.get("/%E6%B8%AF?a=%22", User_Agent='"odd\\', Referer="https://example.com/", X_Request_Id="mine")
    for _ in range(2):
        size = len(magazine.get("/", Accept_Encoding="gzip").body)
    magazine.running.ask("HEAD", "/")
    until(lambda: file.exists() and len([line for line in file.read_text().splitlines() if "/healthz" not in line]) == 4)
    assert file.stat().st_mode & 0o777 == 0o640
    lines = [told for told in map(json.loads, file.read_text().splitlines()) if told["path"] != "/healthz"]
    assert [list(told) for told in lines] == [KEYS] * 4
    assert [(told["method"], told["path"], told["query"], told["status"], told["encoding"]) for told in lines] == [
        ("GET", "/港", "a=%22", 404, ""),
        ("GET", "/", "", 200, "gzip"),
        ("GET", "/", "", 200, "gzip"),
        ("HEAD", "/", "", 200, ""),
    ]
    assert (lines[0]["agent"], lines[0]["referrer"], lines[0]["id"]) == ('"odd\\', "https://example.com/", "mine")
    assert [told["bytes"] for told in lines[1:]] == [size, size, 0]
    assert lines[0]["client"] == "127.0.0.0/24"
    assert datetime.fromisoformat(lines[0]["time"]).utcoffset().total_seconds() == 0
    assert 0 < lines[1]["seconds"] < 1


def test_log_that_was_moved_away_begins_anew(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own(access_log=LOG)
    file = magazine.config.home / LOG
    until(file.exists)
    file.rename(file.with_suffix(".1"))
    magazine.get("/")
    until(file.exists)


def test_log_that_can_not_be_written_breaks_nothing(tmp_path, capsys) -> None:
    (tmp_path / "logs").write_text("in the way")
    log = AccessLog(tmp_path / "logs" / "access.jsonl")
    for _ in range(100):
        log.add("{}")
        log.flush()
    assert capsys.readouterr().err.count("\n") == 1
    (tmp_path / "logs").unlink()
    log.add("{}")
    log.flush()
    assert (tmp_path / "logs" / "access.jsonl").read_text() == "{}\n"


def test_lines_are_written_together_in_another_thread(tmp_path, monkeypatch, until) -> None:
    written = []
    log = AccessLog(tmp_path / "access.jsonl")
    monkeypatch.setattr(log, "append", lambda content: written.append((content, threading.current_thread())))
    for _ in range(100):
        log.add("x" * 655)
    assert written == []
    log.open()
    until(lambda: written != [])
    log.add("last")
    log.close()
    assert [len(content) for content, _ in written] == [656 * 100, 5]
    assert written[0][1] is not threading.current_thread()


def test_disk_that_hangs_keeps_so_many_lines(tmp_path, monkeypatch, capsys) -> None:
    log = AccessLog(tmp_path / "access.jsonl")
    monkeypatch.setattr(access_log, "MOST", 1000)
    for _ in range(15):
        log.add("x" * 99)
    log.flush()
    assert len((tmp_path / "access.jsonl").read_text().splitlines()) == 11
    assert "4 lines were left out" in capsys.readouterr().err


def test_log_is_off_unless_told(magazine) -> None:
    magazine.get("/")
    assert not (magazine.config.data / "logs").exists()
    assert list((magazine.config.data / "run").iterdir())
