"""Canonical bytes of the journal's rows: the same from SQLite and PostgreSQL, made by one expression in the database.

A row is its id, then each column as `-` (null) or `=LENGTH:VALUE` (UTF-8, length in bytes), so no two rows share their
bytes. UUIDs are hex, days and times are ISO in UTC, as Django writes them on SQLite (see `daftar.store.dialect`).
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from daftar.answers.journal import TYPES
from daftar.store.dialect import Connection, is_sqlite

Line = tuple[int, bytes]
"""A row's id and its canonical bytes."""

CHUNK = 20_000


def _sqlite(column: str) -> str:
    """What is not text there was not written by us: it is quoted with its type."""
    framed = f"'=' || length(CAST({column} AS BLOB)) || ':' || {column}"
    return f"CASE typeof({column}) WHEN 'text' THEN {framed} WHEN 'null' THEN '-' ELSE '!' || quote({column}) END"


def _postgresql(column: str, type: str) -> str:
    match type:
        case "uuid":
            return f"coalesce('=32:' || replace({column}::text, '-', ''), '-')"
        case "date":
            return f"coalesce(to_char({column}, '\"=10:\"YYYY-MM-DD'), '-')"
        case "timestamptz":
            utc = f"{column} AT TIME ZONE 'UTC'"
            whole = f"to_char({utc}, '\"=19:\"YYYY-MM-DD HH24:MI:SS')"
            parts = f"to_char({utc}, '\"=26:\"YYYY-MM-DD HH24:MI:SS.US')"
            return f"coalesce(CASE date_trunc('second', {column}) WHEN {column} THEN {whole} ELSE {parts} END, '-')"
    return f"coalesce('=' || octet_length({column}) || ':' || {column}, '-')"


_COLUMNS = [(name, type) for name, type in TYPES.items() if name != "id"]
_ROW_SQLITE = "CAST(" + " || ".join(["id", *(_sqlite(name) for name, _ in _COLUMNS)]) + " AS BLOB)"
_ROW_POSTGRESQL = "convert_to(" + " || ".join(["id::text", *(_postgresql(*each) for each in _COLUMNS)]) + ", 'UTF8')"

_SELECT_SQLITE = f"SELECT id, {_ROW_SQLITE} FROM inquiry WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?"
_SELECT_POSTGRESQL = f"SELECT id, {_ROW_POSTGRESQL} FROM inquiry WHERE id >= %s AND id <= %s ORDER BY id LIMIT %s"

LOWEST, HIGHEST = -(2**63), 2**63 - 1


def read_lines(conn: Connection, first: int, last: int, most: int) -> list[Line]:
    """At most `most` rows with ids from `first` to `last`, in order."""
    values = (first, last, most)
    if is_sqlite(conn):
        return list(conn.execute(_SELECT_SQLITE, values))
    with conn.cursor(binary=True) as cursor:
        return list(cursor.execute(_SELECT_POSTGRESQL, values))


class Lines:
    """All rows of the journal in the order of their ids, read ahead in chunks; in the caller's transaction."""

    def __init__(self, conn: Connection) -> None:
        self._chunks = _chunks(conn)
        self._chunk: list[Line] = []
        self._place = 0

    def up_to(self, last: int) -> list[Line]:
        """The rows not yet taken whose id is `last` or lower."""
        taken: list[Line] = []
        while True:
            end = bisect_right(self._chunk, last, lo=self._place, key=itemgetter(0))  # where the ids above begin
            taken += self._chunk[self._place : end]
            self._place = end
            if end < len(self._chunk):
                return taken
            self._chunk, self._place = next(self._chunks, []), 0
            if not self._chunk:
                return taken


def _chunks(conn: Connection) -> Iterator[list[Line]]:
    values: tuple[Any, ...] = (LOWEST, HIGHEST, HIGHEST)
    if is_sqlite(conn):
        cursor = conn.execute(_SELECT_SQLITE, values)
        while chunk := cursor.fetchmany(CHUNK):
            yield chunk
        return
    with conn.cursor(name="journal_lines", binary=True) as cursor:
        cursor.execute(_SELECT_POSTGRESQL, values)
        while chunk := cursor.fetchmany(CHUNK):
            yield chunk
