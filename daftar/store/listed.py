"""Rows of a list of keys or codes in one SELECT, in two plain texts, binary on PostgreSQL (design §5)."""

from collections.abc import Collection, Sequence
from datetime import date
from struct import pack
from typing import Any, NamedTuple

import psycopg
from psycopg.adapt import Dumper, PyFormat
from psycopg.pq import Format

from daftar.store.dialect import Connection, Row, is_sqlite

_UUID, _UUIDS = psycopg.adapters.types["uuid"].oid, psycopg.adapters.types["uuid"].array_oid
_SIXTEEN = pack(">i", 16)


class Listed(NamedTuple):
    """One query in both dialects; on SQLite the values at `days` come as text."""

    postgresql: str
    sqlite: str
    days: tuple[int, ...] = ()


def select_keyed(conn: Connection, query: Listed, keys: Collection[bytes]) -> list[Row]:
    """Rows whose key is one of `keys`, of sixteen bytes each."""
    if is_sqlite(conn):
        return _select_sqlite(conn, query, [key.hex() for key in keys])
    return fetch_keyed(conn, query.postgresql, keys)


def fetch_keyed(conn: Connection, query: str, keys: Collection[bytes]) -> list[Row]:
    """All rows of a query on PostgreSQL whose one value are keys."""
    try:
        conn.adapters.get_dumper(KeyArray, PyFormat.AUTO)
    except psycopg.ProgrammingError:  # the first time on this connection
        conn.adapters.register_dumper(KeyArray, _KeyArrayDumper)
    with psycopg.Cursor(conn) as cursor:  # also on Django's connection, whose own cursors cannot do binary
        return cursor.execute(query, [KeyArray(keys)], binary=True).fetchall()


def select_listed(conn: Connection, query: Listed, wanted: Sequence[str]) -> list[Row]:
    """Rows whose code is one of `wanted`, which hold no quotation marks."""
    if is_sqlite(conn):
        return _select_sqlite(conn, query, wanted)
    listed = ",".join([f'"{each}"' for each in wanted])
    with psycopg.Cursor(conn) as cursor:
        return cursor.execute(query.postgresql, [f"{{{listed}}}"], binary=True).fetchall()


class KeyArray:
    """Keys of sixteen bytes each, for PostgreSQL: reading them as text took a tenth of its time for a long list."""

    def __init__(self, keys: Collection[bytes]) -> None:
        self.keys = keys


class _KeyArrayDumper(Dumper):
    """As `uuid[]` in binary: dimensions, whether any is null, type, length and first index, then each value."""

    format = Format.BINARY
    oid = _UUIDS

    def dump(self, obj: KeyArray) -> bytes:
        if not obj.keys:
            return pack(">3i", 0, 0, _UUID)
        return pack(">5i", 1, 0, _UUID, len(obj.keys), 1) + _SIXTEEN + _SIXTEEN.join(obj.keys)


def _select_sqlite(conn: Connection, query: Listed, wanted: Sequence[str]) -> list[Row]:
    listed = ",".join([f'"{each}"' for each in wanted])
    return [_typed(list(row), query.days) for row in conn.execute(query.sqlite, [f"[{listed}]"])]


def _typed(row: list[Any], days: tuple[int, ...]) -> Row:
    """A row of SQLite with its days as days; Django's own connection has made them so already."""
    for place in days:
        if isinstance(row[place], str):
            row[place] = date.fromisoformat(row[place])
    return tuple(row)
