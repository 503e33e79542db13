"""Django on the database of one test: a copy of a migrated database in which `tests.portal.world` has been built."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from whitenoise.middleware import WhiteNoiseMiddleware

from daftar.config import environment
from tests.databases import Copies, keep_original, named

_STATIC_FILES: dict[str, object] = {}


def _list_static_files(
    middleware: WhiteNoiseMiddleware,
    search: Callable[[WhiteNoiseMiddleware], None] = WhiteNoiseMiddleware.add_files_from_finders,
) -> None:
    """Search for static files once: each client of a test has a handler of its own, which would search again."""
    if not _STATIC_FILES:
        search(middleware)
        _STATIC_FILES.update(middleware.files)
    middleware.files.update(_STATIC_FILES)


WhiteNoiseMiddleware.add_files_from_finders = _list_static_files


def point_django_at(url: str) -> dict[str, object]:
    """Make Django use a database; what it used before."""
    before = connections.settings["default"]
    fresh = environment.django_database(url) | {"CONN_MAX_AGE": 0}
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": fresh})["default"]
    return before


def put_back(before: dict[str, object]) -> None:
    """Undo `point_django_at`."""
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = before


def build_world(url: str, blocker: object) -> None:
    """Build the world in a migrated database."""
    from tests.portal import world

    before = point_django_at(url)
    with blocker.unblock():
        world.build(datetime.now(UTC))
        put_back(before)


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """An SQLite file with the world in it, to copy."""
    path = tmp_path_factory.mktemp("world") / "world.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    build_world(f"sqlite:///{path}", django_db_blocker)
    return path


@pytest.fixture(scope="session")
def postgresql_worlds(postgresql: str, postgresql_template: str, django_db_blocker) -> Copies:
    """PostgreSQL databases with the world in them."""
    name = f"world_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgresql, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
        build_world(named(postgresql, name), django_db_blocker)
    with psycopg.connect(named(postgresql, name), autocommit=True) as conn:
        conn.execute("DROP SCHEMA original CASCADE")  # that of the empty template
    keep_original(named(postgresql, name))
    return Copies(postgresql, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database with the world in it, for this test alone."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_world")
        path = tmp_path / "daftar.sqlite3"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        return
    worlds: Copies = request.getfixturevalue("postgresql_worlds")
    with worlds.one() as url:
        yield url


@pytest.fixture
def portal(world_url: str, django_db_blocker, settings) -> Iterator[str]:
    """Django on a database of this test's own, as in the demo."""
    settings.DEMO = True
    before = point_django_at(world_url)
    with django_db_blocker.unblock():
        yield world_url
        put_back(before)
