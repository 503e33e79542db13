"""Django on the database of one test: a copy of a migrated database in which `tests.portal.world` has been built."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from daftar.config import environment


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


def copied(server: str, template: str, prefix: str) -> tuple[str, str]:
    """A new PostgreSQL database that is a copy of another: its name and its URL."""
    name = f"{prefix}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name, server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """An SQLite file with the world in it, to copy."""
    path = tmp_path_factory.mktemp("world") / "world.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    build_world(f"sqlite:///{path}", django_db_blocker)
    return path


@pytest.fixture(scope="session")
def postgresql_world(postgresql: str, postgresql_template: str, django_db_blocker) -> str:
    """Name of a PostgreSQL database with the world in it, to copy."""
    name, url = copied(postgresql, postgresql_template, "world")
    build_world(url, django_db_blocker)
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database with the world in it, for this test alone."""
    template = request.getfixturevalue(f"{request.param}_world")
    if request.param == "sqlite":
        path = tmp_path / "daftar.sqlite3"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    name, url = copied(server, template, "test")
    yield url
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def portal(world_url: str, django_db_blocker, settings) -> Iterator[str]:
    """Django on a database of this test's own, as in the demo."""
    settings.DEMO = True
    before = point_django_at(world_url)
    with django_db_blocker.unblock():
        yield world_url
        put_back(before)
