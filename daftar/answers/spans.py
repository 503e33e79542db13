"""Reading the spans of many persons in one SELECT, in two plain texts (no LATERAL: runs on Citus, design §5)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import psycopg

from daftar.answers.decide import Span
from daftar.store.dialect import Connection, as_uuid, is_sqlite
from daftar.store.keys import Key

_COLUMNS = "key, insurer, starts, ends, basis, reason, reason_after, rule_version"
SELECT_POSTGRESQL = f"SELECT {_COLUMNS} FROM coverage WHERE key = ANY(%s::uuid[])"
SELECT_SQLITE = f"SELECT {_COLUMNS} FROM coverage WHERE key IN (SELECT value FROM json_each(?))"

Spans = dict[Key, list[Span]]


def read_spans(conn: Connection, keys: Collection[Key]) -> Spans:
    """All spans of the given persons, by key; who has none is absent."""
    if is_sqlite(conn):
        wanted = "[" + ",".join([f'"{key.hex}"' for key in keys]) + "]"
        found = conn.execute(SELECT_SQLITE, [wanted]).fetchall()
        return _group([(as_uuid(line[0]), line[1], _day(line[2]), _day(line[3]), *line[4:]) for line in found])
    wanted = "{" + ",".join([key.hex for key in keys]) + "}"
    with psycopg.Cursor(conn) as cursor:  # also on Django's connection, whose own cursors cannot do binary
        return _group(cursor.execute(SELECT_POSTGRESQL, [wanted], binary=True).fetchall())


def _group(lines: Sequence[Sequence[Any]]) -> Spans:
    spans: Spans = {}
    for key, *columns in lines:
        spans.setdefault(key, []).append(Span(*columns))
    return spans


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
