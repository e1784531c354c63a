import gzip
import json
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kawaraban.cli import app
from kawaraban.wires.copy import Copy, Media
from kawaraban.wires.lines import line
from tests.wires.formats.conftest import SAMPLES

KILL = SAMPLES / "plaintext" / "kill.txt"
STREAM = SAMPLES / "iptc7901" / "stream.txt"


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAWARABAN_HOME", raising=False)


def run(*arguments: object, given: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["wires", "read", *map(str, arguments)], input=given)


def test_each_item_is_a_line_with_the_fields_of_copy() -> None:
    done = run(KILL, STREAM)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, done.stderr, len(told)) == (0, "", 7)
    assert all(list(item) == [field.name for field in fields(Copy)] for item in told)
    assert '"見出し' not in done.stdout and "【取り消し】潮見港の再開発" in done.stdout


def test_what_can_not_be_read_is_told_after_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "b.txt").write_bytes(b"\x01shm0001 5 gen x\r\n\x02x\x03\x04\x01shm0002 5 gen x\r\n\x02x")
    done = run(tmp_path / "a.txt", tmp_path / "none.txt", tmp_path, tmp_path / "b.txt", KILL)
    assert done.exit_code == 1
    assert [json.loads(line)["format"] for line in done.stdout.splitlines()] == ["iptc7901", "plaintext"]
    assert [reason.removeprefix(str(tmp_path)).split(": ")[0] for reason in done.stderr.splitlines()] == ["/a.txt", "/none.txt", "", "/b.txt"]
    assert done.stderr.splitlines()[-1].endswith("b.txt: item 2: it is torn: neither ETX nor EOT ends its text")


def test_standard_input() -> None:
    done = run("-", given=gzip.compress(KILL.read_bytes()))
    assert (done.exit_code, json.loads(done.stdout)["guid"]) == (0, "shiomi-20260901-0060")
    assert run("-", given=b"x").stderr.startswith("-: this is in none of the formats")


def test_format_by_name() -> None:
    assert run("--format", "plaintext", KILL).exit_code == 0
    done = run(KILL, "--format", "nitf")
    assert done.exit_code == 1 and f"{KILL}: this is not well-formed XML" in done.stderr


def test_format_that_there_is_not() -> None:
    done = run(KILL, "--format", "klingon")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("kawaraban: there is no format 'klingon'; there are jsonfeed, ") and done.stderr.endswith("plaintext.\n")


def test_content_is_left_out_and_its_size_told() -> None:
    told = json.loads(run(SAMPLES / "mail" / "article.eml").stdout)
    assert [(medium["size"], "content" in medium) for medium in told["media"]] == [(68, False), (34, False)]


def test_line_of_whatever_there_is() -> None:
    copy = Copy(format="x", guid="\ud800港\n", published=datetime(2026, 9, 1, tzinfo=UTC), media=(Media("a", content=b"\xff", size=1),))
    made = line(copy)
    assert b"\n" not in made and "港".encode() in made
    assert json.loads(made)["published"] == "2026-09-01T00:00:00+00:00"


@pytest.mark.slow
def test_command_needs_neither_home_nor_django() -> None:
    script = "import sys; from kawaraban.cli import app; sys.argv = ['kawaraban', 'wires', 'read', sys.argv[1]]; import atexit; " + (
        "atexit.register(lambda: print('django' in sys.modules, file=sys.stderr)); app()"
    )
    base = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", script, str(KILL)], env=base, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"False\n")
    assert "【取り消し】".encode() in done.stdout
