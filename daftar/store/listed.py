"""Rows of a list of keys or codes in one SELECT, in two plain texts, binary on PostgreSQL (design §5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import psycopg

from daftar.store.dialect import Connection, Row, is_sqlite


class Listed(NamedTuple):
    """One query in both dialects; on SQLite the values at `days` come as text."""

    postgresql: str
    sqlite: str
    days: tuple[int, ...] = ()


def select_listed(conn: Connection, query: Listed, wanted: Sequence[str]) -> list[Row]:
    """Rows whose key, as 32 hex digits, or code, is one of `wanted`, which hold no quotation marks."""
    listed = ",".join([f'"{each}"' for each in wanted])
    if is_sqlite(conn):
        return [_typed(list(row), query.days) for row in conn.execute(query.sqlite, [f"[{listed}]"])]
    with psycopg.Cursor(conn) as cursor:  # also on Django's connection, whose own cursors cannot do binary
        return cursor.execute(query.postgresql, [f"{{{listed}}}"], binary=True).fetchall()


def _typed(row: list[Any], days: tuple[int, ...]) -> Row:
    """A row of SQLite with its days as days; Django's own connection has made them so already."""
    for place in days:
        if isinstance(row[place], str):
            row[place] = date.fromisoformat(row[place])
    return tuple(row)
