"""Old reads from files, at the command line."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawaraban.cli import app
from kawaraban.readership.past_reads import moments
from kawaraban.readership.stores.sqlite import SqliteStore

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
CSV = f"""at,article,reader,user_agent
1720600000000,harbour,a,{BROWSER}
2024-07-10T17:27:00,harbour,b,{BROWSER}
2024-07-10T08:28:00Z,lighthouse,a,"{BROWSER}, like a comma"
1720600001000,harbour,a,{BROWSER}
1720600002000,lighthouse,c,"{ROBOT}"
"""
LOG = f"""192.0.2.1 - - [10/Jul/2024:17:26:40 +0900] "GET /world/harbour?x=1 HTTP/1.1" 200 5120 "https://www.google.co.jp/" "{BROWSER}"
192.0.2.2 - - [10/Jul/2024:17:26:41 +0900] "GET /world/harbour/ HTTP/1.1" 304 0 "-" "{BROWSER}"
192.0.2.2 - - [10/Jul/2024:17:26:42 +0900] "GET /static/style.css HTTP/1.1" 200 99 "-" "{BROWSER}"
192.0.2.3 - - [10/Jul/2024:17:26:43 +0900] "GET /world/harbour HTTP/1.1" 404 99 "-" "{BROWSER}"
192.0.2.4 - - [10/Jul/2024:17:26:44 +0900] "GET /world/harbour HTTP/1.1" 200 99 "-" "{ROBOT}"
192.0.2.5 - - [10/Jul/2024:17:26:45 +0900] "POST /world/harbour HTTP/1.1" 200 99 "-" "{BROWSER}"
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def invoke(*words: str) -> tuple[int, str, str]:
        found = CliRunner().invoke(app, [*words, "--store", str(tmp_path / "store")])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found.exit_code, found.stdout, found.stderr

    return invoke


def rankings(run: Run, window: str = "24h", at: str = "2024-07-10T18:00") -> list[tuple[str, int]]:
    code, out, _ = run("rankings", "--at", at, "--window", window, "--json")
    assert code == 0
    return [(rank["article"], rank["reads"]) for rank in json.loads(out)]


def test_csv_is_counted(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text(CSV)
    code, out, err = run("readership", "replay", str(file))
    assert (code, err) == (0, "")
    assert "3 are counted, 1 are repeated" in out
    assert "1 of robots" in out
    assert rankings(run) == [("harbour", 2), ("lighthouse", 1)]


def test_json_has_rank_article_and_reads(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text(CSV)
    run("readership", "replay", str(file))
    _, out, _ = run("rankings", "--at", "1720602000000", "--top", "1", "--json")
    assert json.loads(out) == [{"rank": 1, "article": "harbour", "reads": 2}]


def test_access_log_is_counted(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "access.log.gz"
    file.write_bytes(gzip.compress(LOG.encode()))
    code, _, err = run("readership", "replay", str(file), "--format", "combined")
    assert (code, err) == (0, "")
    assert rankings(run) == [("/world/harbour", 2)]


def test_file_is_counted_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text(CSV)
    run("readership", "replay", str(file))
    _, out, _ = run("readership", "replay", str(file))
    assert "nothing was added" in out
    file.write_text(CSV + "2024-07-10T17:30:00,harbour,d,\n")
    run("readership", "replay", str(file))
    assert rankings(run) == [("harbour", 3), ("lighthouse", 1)]


def test_order_of_lines_changes_nothing(run: Run, tmp_path: Path) -> None:
    lines = [f"2024-07-{day:02}T{hour:02}:00:00,{hour % 5},r{hour % 3}" for day in (9, 10) for hour in range(24)]
    file = tmp_path / "reads.csv"
    file.write_text("\n".join(["at,article,reader", *reversed(lines)]))
    run("readership", "replay", str(file))
    # A reader's first read of the day counts, so that none of 18:00 or later does.
    assert rankings(run, "24h", "2024-07-10T18:00") == [(str(article), 3) for article in (4, 3, 2, 1, 0)]
    assert rankings(run, "7d", "2024-07-09T17:00") == [(str(article), 3) for article in (4, 3, 2, 1, 0)]


def test_ties_go_to_the_higher_number(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text("reader,at,article\n" + "".join(f"r,1720600000000,{article}\n" for article in (9, 10, 2, "b", "a")))
    run("readership", "replay", str(file))
    assert [article for article, _ in rankings(run)] == ["10", "9", "2", "b", "a"]


def test_bad_lines_are_told_and_the_rest_counted(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text('at,article,reader\nyesterday,a,r\n1720600000000,"two\nlines",r\n1720600000000,a\n\n1720600000000,,r\n1720600000000,a,r\n')
    code, _, err = run("readership", "replay", str(file))
    assert code == 1
    assert [line.removeprefix(f"{file}:") for line in err.splitlines()] == [
        "2: 'yesterday' is no moment: milliseconds since 1970 or ISO 8601",
        "5: 2 fields where 3 should be",
        "7: the article is empty",
    ]
    assert rankings(run) == [("two\nlines", 1), ("a", 1)]


def test_bad_lines_of_a_log(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    file.write_text(LOG + "what is this\n" + LOG.splitlines()[0].replace("Jul", "Yul") + "\n")
    code, _, err = run("readership", "replay", str(file), "--format", "combined")
    assert code == 1
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"{file}:7", f"{file}:8"]


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ("when,what,who\n1,2,3\n", (), "line 1 lacks a header"),
        ("at,article\n1,2\n", (), "line 1 lacks reader"),
        ("", (), "line 1 lacks a header"),
        (CSV, ("--format", "xml"), "there is no format 'xml'"),
        (CSV, ("--tz", "Asia/Edo"), "there is no time zone 'Asia/Edo'"),
        (None, (), "is not there"),
    ],
)
def test_what_can_not_be_replayed_is_told(run: Run, tmp_path: Path, content: str | None, words: tuple[str, ...], told: str) -> None:
    file = tmp_path / "reads.csv"
    if content is not None:
        file.write_text(content)
    code, _, err = run("readership", "replay", str(file), *words)
    assert code == 1
    assert told in err


def test_store_keeps_its_time_zone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reads.csv"
    file.write_text(CSV)
    run("readership", "replay", str(file), "--tz", "Europe/Paris")
    code, _, err = run("readership", "replay", str(file), "--tz", "Asia/Tokyo")
    assert code == 1
    assert "counts days in Europe/Paris" in err


def test_rankings_without_a_store(run: Run) -> None:
    code, _, err = run("rankings", "--json")
    assert code == 1
    assert "holds no counts" in err


def test_replay_that_was_killed_goes_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "reads.csv"
    file.write_text("at,article,reader\n" + "".join(f"2024-07-{day:02}T12:00,a,r{day}\n" for day in range(1, 10)))
    commit, commits = SqliteStore.commit, iter(range(4))

    def killed(*given: object) -> int:
        if next(commits, None) is None:
            raise KeyboardInterrupt
        return commit(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(BaseException):  # noqa: B017 - whatever a runner makes of it
        patched.setattr(SqliteStore, "commit", killed)
        run("readership", "replay", str(file))
        raise AssertionError
    run("readership", "replay", str(file))
    assert rankings(run, "30d", "2024-07-10") == [("a", 9)]


@pytest.mark.parametrize("text", ["1720600000000", "2024-07-10T17:26:40+09:00", "2024-07-10T08:26:40Z", "2024-07-10 17:26:40", "20240710T172640"])
def test_moments(text: str) -> None:
    from zoneinfo import ZoneInfo

    found, bad = moments([text], ZoneInfo("Asia/Tokyo"))
    assert (found.tolist(), bad) == ([1720600000000], {})
