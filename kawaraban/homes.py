"""A home: the folder of one magazine. Making it, entering it, furnishing it."""

import hashlib
import os
import secrets
import shutil
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kawaraban import __version__
from kawaraban.conf import FILE_NAME, Configuration, ConfigurationError, load, new_file

DEMO_TEXT = Path(__file__).parent / "demo"


@dataclass(frozen=True)
class LogIn:
    name: str
    password: str


def make(folder: Path) -> Path:
    """A new home with a kawaraban.toml that only its owner can read. Raises ConfigurationError for a folder in use."""
    home = folder.resolve()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise ConfigurationError(
            f"{home} is not empty. Choose a new folder; a magazine that is there already starts with: kawaraban --home {home} serve"
        )
    try:
        for part in ("data", "media", "theme/templates", "theme/css"):
            (home / part).mkdir(parents=True, exist_ok=True)
        file = os.open(home / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ConfigurationError(f"{home} can't be made: {error.strerror}.") from error
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write(new_file())
    return home


def enter(home: Path, process: str = "desk") -> Configuration:
    """Django set up for a home, and its configuration. One process enters one home. Raises ConfigurationError."""
    found = load(home.resolve())
    os.environ["KAWARABAN_HOME"] = str(home.resolve())
    os.environ["KAWARABAN_PROCESS"] = process
    os.environ["DJANGO_SETTINGS_MODULE"] = "kawaraban.settings"
    import django  # its settings are read from the home when it is set up

    try:
        django.setup()
    except (ValueError, OSError) as error:
        raise ConfigurationError(f"{home}: {error}") from error
    return found


def furnish(home: Path, name: str) -> LogIn:
    """The database, the front page and a first editor, whose password is kept in data/log-in.txt. Django is set up."""
    from django.core.management import call_command

    from kawaraban.desk.actions.found import found
    from kawaraban.desk.actions.welcome import first_editor
    from kawaraban.pages.printing import postponed

    call_command("migrate", verbosity=0)
    with postponed():
        found(name)
    note = home / "data" / "log-in.txt"
    if not note.is_file():
        write_private(note, f"editor\n{secrets.token_urlsafe(9)}\n")
    log_in = noted(note)
    first_editor(log_in.name, log_in.password)
    return log_in


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """When the desk starts: applies what migrations a new release brought, and has links and sources be as kawaraban.toml says."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kawaraban.desk.actions.found import follow_configuration
    from kawaraban.wires.sources.from_file import merge

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
    follow_configuration()
    merge(settings.KAWARABAN)


def noted(note: Path) -> LogIn:
    name, password = note.read_text(encoding="utf-8").split()
    return LogIn(name, password)


def write_private(file: Path, text: str) -> None:
    partial = file.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    partial.rename(file)


def demo(home: Path, say: Callable[[str], None]) -> LogIn:
    """The demo edition in a home, made when it isn't there; the second call only looks. Raises ConfigurationError."""
    home = home.resolve()
    stamp, wanted = home / "data" / "demo.done", demo_stamp()
    note = home / "data" / "log-in.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted and note.is_file():
        say("The demo edition is there.")
        return noted(note)
    if not (home / FILE_NAME).is_file():
        say(f"Making a home in {home} …")
        make(home)
    enter(home)
    say("Making the database …")
    from kawaraban.demo.edition import build, name  # Django is ready only now
    from kawaraban.pages.printing import postponed
    from kawaraban.pages.reprint import everything

    log_in = furnish(home, name())
    with postponed():
        build(say)
    say("Printing the pages …")
    say(everything(say))
    stamp.write_text(wanted, encoding="utf-8")
    return log_in


def demo_stamp() -> str:
    """Changes with the release and with whatever the demo edition is made of."""
    digest = hashlib.sha256(__version__.encode())
    for file in sorted([*DEMO_TEXT.rglob("*.toml"), *DEMO_TEXT.parent.glob("*/migrations/*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def note_trace(error: BaseException) -> Path:
    """A file with the trace of an error, in the home when there is one."""
    data = Path(os.environ.get("KAWARABAN_HOME", "")) / "data"
    folder = data if os.environ.get("KAWARABAN_HOME") and data.is_dir() and shutil.disk_usage(data).free else Path(tempfile.gettempdir())
    file = folder / "kawaraban-error.txt"
    file.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return file
