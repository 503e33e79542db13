"""Canonical bytes of the journal's rows: the same from SQLite and PostgreSQL.

A row is a MessagePack array of its columns, the id as a number and everything else as text or nil; UUIDs are hex, days
and times ISO in UTC, as Django writes them on SQLite. MessagePack frames each value and tells text from bytes, so that
no two rows share their bytes, and rows one after the other cannot be cut otherwise.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from daftar.answers.journal import COLUMNS, TYPES
from daftar.store.dialect import Connection, is_sqlite

Line = tuple[int, bytes]
"""A row's id and its canonical bytes."""

CHUNK = 10_000
LOWEST, HIGHEST = -(2**63), 2**63 - 1
_ENCODER = msgspec.msgpack.Encoder()


def _postgresql(column: str, type: str) -> str:
    """A column as the text that SQLite holds."""
    match type:
        case "uuid":
            return f"replace({column}::text, '-', '')"
        case "date":
            return f"{column}::text"  # ISO, as `store.connect` asks of each session
        case "timestamptz":
            return f"replace(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')"
    return column


_FROM_SQLITE = f"SELECT {', '.join(COLUMNS)} FROM inquiry WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?"
_VALUES = ", ".join(_postgresql(name, type) for name, type in TYPES.items())
_FROM_POSTGRESQL = f"SELECT {_VALUES} FROM inquiry WHERE id >= %s AND id <= %s ORDER BY id LIMIT %s"


def read_lines(conn: Connection, first: int, last: int, most: int) -> list[Line]:
    """At most `most` rows with ids from `first` to `last`, in order."""
    if is_sqlite(conn):
        return _lines(_read_sqlite(conn, (first, last, most)))
    with conn.cursor() as cursor:
        return _lines(cursor.execute(_FROM_POSTGRESQL, (first, last, most)).fetchall())


def asked_at(line: bytes) -> str:
    """When a row was written, in UTC as ISO; empty where something else stands in its place."""
    moment = msgspec.msgpack.decode(line)[COLUMNS.index("asked_at")]
    return moment if isinstance(moment, str) else ""


class Lines:
    """All rows of the journal in the order of their ids, read ahead in chunks; in the caller's transaction."""

    def __init__(self, conn: Connection) -> None:
        self._chunks = _chunks_of_sqlite(conn) if is_sqlite(conn) else _chunks_of_postgresql(conn)
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


def _chunks_of_sqlite(conn: Connection) -> Iterator[list[Line]]:
    first = LOWEST
    while chunk := read_lines(conn, first, HIGHEST, CHUNK):
        yield chunk
        if chunk[-1][0] == HIGHEST:
            return
        first = chunk[-1][0] + 1


def _chunks_of_postgresql(conn: Connection) -> Iterator[list[Line]]:
    """By a cursor: ids may stand twice there, since the key of a partitioned table holds the time too."""
    with conn.cursor(name="journal_lines") as cursor:
        cursor.execute(_FROM_POSTGRESQL, (LOWEST, HIGHEST, HIGHEST))
        while chunk := cursor.fetchmany(CHUNK):
            yield _lines(chunk)


def _lines(found: Sequence[tuple[Any, ...]]) -> list[Line]:
    encode = _ENCODER.encode
    return [(row[0], encode(row)) for row in found]


def _read_sqlite(conn: Connection, values: tuple[int, int, int]) -> list[tuple[Any, ...]]:
    try:
        return list(conn.execute(_FROM_SQLITE, values))
    except sqlite3.OperationalError:  # text that is not UTF-8 was not written by us: such a value is taken as bytes
        usual, conn.text_factory = conn.text_factory, _text_or_bytes
        try:
            return list(conn.execute(_FROM_SQLITE, values))
        finally:
            conn.text_factory = usual


def _text_or_bytes(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw
