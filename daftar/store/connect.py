"""Connections of our own, for the gate's lanes and the feed loader; the portal passes Django's instead."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from daftar.store.dialect import Connection, execute, is_sqlite

POSTGRESQL_PATIENCE = {
    "connect_timeout": "2",
    "tcp_user_timeout": "2000",
    "keepalives_idle": "2",
    "keepalives_interval": "1",
    "keepalives_count": "2",
}
"""A blackholed link hangs a client for good: these end it within about two seconds."""

_ASKED_EACH = 0.002  # seconds; SQLite's own waiting soon asks each 0.1 s, and long work leaves the lock for less


def connect(url: str, *, statement_seconds: float = 30) -> Connection:
    """Open a connection to a database URL, outside any transaction (autocommit).

    SQLite: WAL, synchronous=FULL, so that a commit is on the disk. PostgreSQL: its default durability, UTC.
    `statement_seconds` bounds a statement on PostgreSQL and the wait for the write lock on SQLite.
    Raises `sqlite3.OperationalError` or `psycopg.OperationalError` when the database is away.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        conn = sqlite3.connect(parts.path, timeout=statement_seconds, isolation_level=None, check_same_thread=False)
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        return conn
    options = f"-c statement_timeout={int(statement_seconds * 1000)} -c timezone=UTC -c datestyle=ISO"
    address = make_conninfo(url, options=options, **POSTGRESQL_PATIENCE)
    return psycopg.connect(address, autocommit=True)


@contextmanager
def transaction(conn: Connection) -> Iterator[Connection]:
    """One transaction: commit at the end, roll back on any error. On SQLite it takes the write lock at once."""
    if is_sqlite(conn):
        _take_the_lock(conn)
    else:
        execute(conn, "BEGIN")
    try:
        yield conn
    except BaseException:
        if is_sqlite(conn) or not conn.closed:
            conn.rollback()
        raise
    conn.commit()


@contextmanager
def snapshot(conn: Connection) -> Iterator[Connection]:
    """Read the database as it is at the first statement, however long it takes; nobody waits for it."""
    execute(conn, "BEGIN" if is_sqlite(conn) else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield conn
    finally:
        conn.rollback()


def _take_the_lock(conn: sqlite3.Connection) -> None:
    """Begin with the write lock: wait as long as the connection does, and take it when it is free for a moment."""
    [(patience,)] = conn.execute("PRAGMA busy_timeout").fetchall()
    until = time.monotonic() + patience / 1000
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(conn, last=time.monotonic() >= until):
            time.sleep(_ASKED_EACH)
    finally:
        conn.execute(f"PRAGMA busy_timeout = {patience}")


def _begun(conn: sqlite3.Connection, *, last: bool) -> bool:
    """Whether the write lock was free; on the `last` try the error of the busy database goes on."""
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
