"""Is this home healthy? One function a question; each gives sentences, none when all is well."""

import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from django.contrib.staticfiles import finders
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from kawaraban.conf import Configuration
from kawaraban.desk.models import Front, Picture
from kawaraban.pages import alarms
from kawaraban.press.edition import Edition
from kawaraban.readership import alarms as reads
from kawaraban.search.site import alarms as search
from kawaraban.search.site import state

LEAST_FREE = 500 * 1024 * 1024
EARLIEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def faults(found: Configuration) -> list[str]:
    """What is wrong with a home, a sentence each."""
    told = [*of_settings(found), *of_disk(found), *of_clock()]
    database = list(of_database())
    return [*told, *database] if database else [*told, *of_content(), *of_pictures(found), *of_style(found), *of_press(found)]


def of_settings(found: Configuration) -> Iterator[str]:
    for message in checks.run_checks():
        if message.level >= checks.ERROR:
            yield f"settings: {message.msg} {message.hint or ''}".strip()
    if (found.home / "kawaraban.toml").stat().st_mode & 0o077:
        yield f"{found.home / 'kawaraban.toml'} holds the secret key and others can read it: chmod 600 {found.home / 'kawaraban.toml'}"


def of_disk(found: Configuration) -> Iterator[str]:
    for folder in (found.data, found.media):
        if not folder.is_dir():
            yield f"{folder} is missing: make it, or bring it back from the backup."
            continue
        probe = folder / ".write-probe"
        try:
            probe.write_bytes(b"probe")
            probe.unlink()
        except OSError as error:
            yield f"{folder} can't be written: {error.strerror}."
        if (free := shutil.disk_usage(folder).free) < LEAST_FREE:
            yield f"the disk of {folder} has {free // 1024 // 1024} MB left: make room, at least {LEAST_FREE // 1024 // 1024} MB."


def of_clock() -> Iterator[str]:
    if time.time() < EARLIEST_CLOCK:
        yield f"the clock says {datetime.now(UTC):%Y-%m-%d}: set it, or nothing scheduled will appear in time."


def of_database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        yield f"the database does not answer: {error}"
        return
    if pending:
        yield f"{len(pending)} migrations are not applied: kawaraban --home … manage migrate"
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            if (said := cursor.fetchone()[0]) != "ok":
                yield f"the database file is damaged ({said}): bring it back from the backup."


def of_content() -> Iterator[str]:
    if not Front.objects.exists():
        yield "there is no front page: kawaraban --home … found NAME makes one."


def of_pictures(found: Configuration) -> Iterator[str]:
    names = Picture.objects.values_list("file", flat=True).iterator()
    lost = [name for name in names if not (found.media / name).is_file()]
    if lost:
        yield f"{len(lost)} pictures have no file in {found.media}, the first is {lost[0]}: bring them back from the backup."


def of_press(found: Configuration) -> Iterator[str]:
    if found.edition.is_dir():
        edition = Edition(found.edition)
        yield from alarms.alarms(found, edition)
        edition.close()
    else:
        yield from alarms.of_changes()
        yield from alarms.of_sources(found)
        yield from reads.alarms(found)
        yield from search.alarms(found)


def told_of_reads(found: Configuration) -> str:
    """How far the counting is behind."""
    waiting = reads.lag(found, time.time())
    return f"{waiting.records} reads wait to be counted, the first for {waiting.seconds:.0f} s." if waiting.records else "All reads are counted."


def told_of_search() -> str:
    return search.told(state.standing())


def of_style(found: Configuration) -> Iterator[str]:
    """Fonts and pictures that the theme's style sheets name must be where readers can load them."""
    for sheet in sorted((found.theme / "css").glob("*.css")):
        for name in re.findall(r"url\(\s*['\"]?/static/([^'\")?#]+)", sheet.read_text(encoding="utf-8")):
            if finders.find(name) is None:
                yield f"{sheet} names /static/{name}, which is not there: put it into {found.theme / 'static' / name}, or take the line out."
