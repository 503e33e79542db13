"""The database goes away in the middle of a page: 503 with Retry-After and the hotline, and well again afterwards."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.test import Client

from daftar.portal.journal import services
from daftar.portal.theme.errors import WORDS
from daftar.store.dialect import Connection
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.test_ask import ask

pytestmark = pytest.mark.usefixtures("portal")


def refused_then_well(monkeypatch: pytest.MonkeyPatch, client: Client, fail: Callable[[Connection], None]) -> None:
    """A question during which `fail` happens below the portal is refused politely; the next one is answered."""
    whole = services.ask

    def interrupted(conn: Connection, *args: object, **options: object) -> object:
        fail(conn)
        return whole(conn, *args, **options)

    client.raise_request_exception = False
    monkeypatch.setattr(services, "ask", interrupted)
    response = ask(client, world.PAID)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert all(str(sentence) in words(response) for sentence in WORDS[503])
    assert told(world.key_of(world.PAID)) == []
    monkeypatch.setattr(services, "ask", whole)
    assert ask(client, world.PAID).status_code == 200


@pytest.mark.parametrize("failure", [psycopg.OperationalError, psycopg.InterfaceError, sqlite3.OperationalError])
def test_errors_of_the_bare_connection_are_an_outage(monkeypatch, failure: type[Exception]) -> None:
    def fail(conn: Connection) -> None:
        raise failure("away")

    refused_then_well(monkeypatch, log_in("hospital"), fail)


def test_a_connection_cut_or_a_file_locked_in_the_middle_of_a_page(monkeypatch, portal: str) -> None:
    def cut(conn: Connection) -> None:
        conn.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def locked(conn: Connection) -> None:
        with sqlite3.connect(portal.removeprefix("sqlite://"), timeout=0) as other:
            other.execute("BEGIN IMMEDIATE")  # raises "database is locked", since the page writes

    refused_then_well(monkeypatch, log_in("hospital"), cut if portal.startswith("postgresql") else locked)
