"""One SQL text for two databases: which one a passed-in DB-API connection is, and how values go in and come out.

Texts are written with `?`. On SQLite values are stored exactly as Django's ORM stores them (hex UUIDs, ISO dates,
`YYYY-MM-DD HH:MM:SS.ffffff` in UTC), so that models and SQL read the same rows.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import psycopg

Connection = Any  # DB-API: sqlite3.Connection or psycopg.Connection, in a transaction opened by the caller
Row = tuple[Any, ...]
Statement = tuple[str, Sequence[Any]]  # a text with `?` and its values


def is_sqlite(conn: Connection) -> bool:
    """Whether `conn` is an embedded SQLite connection; otherwise it is PostgreSQL."""
    return isinstance(conn, sqlite3.Connection)


def execute(conn: Connection, sql: str, values: Sequence[Any] = ()) -> Any:
    """Run one statement and return its cursor; `sql` has `?` placeholders and no literal `%`."""
    cursor = conn.cursor()
    if is_sqlite(conn):
        return cursor.execute(sql, [for_sqlite(value) for value in values])
    cursor.execute(sql.replace("?", "%s"), [for_postgresql(value) for value in values])
    return cursor


def execute_many(conn: Connection, sql: str, rows: Iterable[Sequence[Any]]) -> int:
    """Run one statement for every row of values; return the number of rows it changed."""
    cursor = conn.cursor()
    if is_sqlite(conn):
        cursor.executemany(sql, ([for_sqlite(value) for value in row] for row in rows))
    else:
        cursor.executemany(sql.replace("?", "%s"), [[for_postgresql(value) for value in row] for row in rows])
    return int(cursor.rowcount)


def rows(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query. Dates, UUIDs and times come as the driver gives them: read them with `as_date` and so on."""
    return [tuple(row) for row in execute(conn, sql, values).fetchall()]


def execute_together(conn: Connection, statements: Sequence[Statement]) -> list[list[Row]]:
    """Run statements one after the other; the rows of each, none where it gives none. The first error ends them.

    To PostgreSQL they go in one message, so that of many only one is waited for: values stand in its text, quoted.
    Each is put together by itself, because the driver remembers how it took short texts apart, and no long ones.
    """
    if is_sqlite(conn):
        return [rows(conn, sql, values) for sql, values in statements]
    cursor = psycopg.ClientCursor(conn)
    texts = [cursor.mogrify(sql.replace("?", "%s"), list(map(for_postgresql, values))) for sql, values in statements]
    cursor.execute(";".join(texts))
    return [result.fetchall() if result.description else [] for result in cursor.results()]


def one_at_a_time(conn: Connection, key: UUID) -> None:
    """Hold other transactions that name this key here back until this one ends; SQLite has one writer at a time anyway.

    Not the lock of a row: who rebuilds or mends a person is not waited for, and there need be no row.
    """
    if not is_sqlite(conn):
        rows(conn, "SELECT pg_advisory_xact_lock(?)", [key.int >> 65])


def marks(values: Sequence[Any]) -> str:
    """`?, ?, ?` for an IN list; SQLite takes at most 32,766 at once."""
    return ", ".join("?" * len(values))


def padded(values: Sequence[Any]) -> list[Any]:
    """Values of an IN list with the last one repeated up to a power of two: of all lengths the driver then meets a few
    texts only, which it need not read again each time, and the server prepares them."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values) if values else 0
    return [*values, *[values[-1]] * missing] if missing else list(values)


_STORED_AS_THEY_ARE = frozenset({str, int, bytes, type(None)})


def for_sqlite(value: Any) -> Any:
    """A value as Django's SQLite backend would store it."""
    if type(value) in _STORED_AS_THEY_ARE:  # most are: they are not asked six times what else they might be
        return value
    match value:
        case UUID():
            return value.hex
        case Enum():
            return value.value
        case bool():
            return int(value)
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


def for_postgresql(value: Any) -> Any:
    """A value as psycopg takes it; enum members go as their plain word."""
    return value.value if isinstance(value, Enum) else value


def as_uuid(value: Any) -> UUID:
    """A UUID column's value from either database."""
    return value if isinstance(value, UUID) else UUID(value)


def as_date(value: Any) -> date | None:
    """A date column's value from either database; None stays None."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_datetime(value: Any) -> datetime | None:
    """A time column's value, aware and in UTC, from either database; None stays None."""
    if value is None:
        return None
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
