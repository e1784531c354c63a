import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawaraban import __version__
from kawaraban.cli import app
from kawaraban.conf import FILE_NAME

COMMANDS = [
    "init",
    "found",
    "demo",
    "serve",
    "newsstand",
    "desk",
    "worker",
    "forwarder",
    "check",
    "manage",
    "import",
    "press",
    "wires",
    "search",
    "related",
    "rankings",
    "readership",
]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that `kawaraban init` has made."""
    folder = tmp_path_factory.mktemp("cli") / "magazine"
    done = command("init", str(folder), "--name", "潮路")
    assert done.returncode == 0, done.stderr
    return folder


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with an environment that names no home."""
    base = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(
        [sys.executable, "-m", "kawaraban", *arguments],
        env={**base, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command(name: str) -> None:
    assert name in CliRunner().invoke(app, ["--help"]).output
    if name != "manage":  # whose help is Django's
        said = CliRunner().invoke(app, [name, "--help"])
        assert said.exit_code == 0 and "Usage:" in said.output


def test_every_command_is_known_here() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands} | {group.name for group in app.registered_groups}
    assert known == set(COMMANDS)


def test_version() -> None:
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output.strip()) == (0, __version__)


@pytest.mark.parametrize("name", ["serve", "newsstand", "desk", "worker", "check", "demo", "manage"])
def test_command_without_a_home(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAWARABAN_HOME")
    said = CliRunner().invoke(app, [name])
    assert said.exit_code == 1
    assert "--home FOLDER or KAWARABAN_HOME" in said.stderr


@pytest.mark.parametrize("name", ["serve", "newsstand", "desk", "worker", "check", "manage"])
def test_command_with_a_folder_that_is_no_home(name: str, tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["--home", str(tmp_path), name])
    assert said.exit_code == 1
    assert f"is no Kawaraban home: it has no {FILE_NAME}" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_init_makes_a_home(made: Path) -> None:
    assert {path.name for path in made.iterdir()} >= {"data", "media", "theme", FILE_NAME}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (made / FILE_NAME, made / "data" / "log-in.txt")] == [0o600, 0o600]


@pytest.mark.slow
def test_init_twice_changes_nothing(made: Path) -> None:
    before = (made / FILE_NAME).read_text(encoding="utf-8")
    done = command("init", str(made))
    assert done.returncode == 1
    assert "is not empty" in done.stderr and "Traceback" not in done.stderr
    assert (made / FILE_NAME).read_text(encoding="utf-8") == before


def test_init_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    said = CliRunner().invoke(app, ["init", str(tmp_path / "taken")])
    assert said.exit_code == 1 and "is not empty" in said.stderr


def test_init_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    said = CliRunner().invoke(app, ["init", str(tmp_path / "taken" / "home")])
    assert said.exit_code == 1 and "can't be made" in said.stderr


@pytest.mark.slow
def test_check_of_a_healthy_home(made: Path) -> None:
    done = command("--home", str(made), "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "✓" in done.stdout


@pytest.mark.slow
def test_manage_runs_a_django_command(made: Path) -> None:
    done = command("--home", str(made), "manage", "shell", "-c", "from kawaraban.desk.models import Front; print(Front.objects.get().title)")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "潮路"


@pytest.mark.slow
def test_home_from_the_environment(made: Path) -> None:
    assert command("check", KAWARABAN_HOME=str(made)).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAWARABAN_DATABASE_URL", "nonsense"),
        ("KAWARABAN_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"),
        ("KAWARABAN_DATABASE_URL", "sqlite:////nonexistent/file.sqlite3"),
        ("KAWARABAN_PORT", "abc"),
        ("KAWARABAN_SECRET_KEY", ""),
    ],
)
def test_check_with_a_bad_environment(made: Path, name: str, value: str) -> None:
    done = command("--home", str(made), "check", **{name: value})
    assert done.returncode == 1
    assert done.stderr.strip() and "Traceback" not in done.stderr and "should not" not in done.stderr
