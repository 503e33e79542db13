"""Reading the spans of many persons in one SELECT, in two plain texts (no LATERAL: runs on Citus, design §5)."""

from collections.abc import Collection
from datetime import date

from daftar.answers.decide import Span
from daftar.store.dialect import Connection, is_sqlite
from daftar.store.keys import Key
from daftar.store.listed import fetch_keyed

_COLUMNS = "insurer, starts, ends, basis, reason, reason_after, rule_version"
SELECT_POSTGRESQL = f"SELECT uuid_send(key), {_COLUMNS} FROM coverage WHERE key = ANY(%s::uuid[])"
# On SQLite somebody unknown has a row too, read and turned into a span like any other: a quicker answer would give
# them away. Not so on PostgreSQL: Citus would fetch the whole table for such a join, and a row costs 16 microseconds.
_NOBODY = Span("", date.min, date.min, "", "", "", "")
_OR_NOBODY = ", ".join(f"coalesce({name}, '{value}')" for name, value in _NOBODY._asdict().items() if name != "ends")
SELECT_SQLITE = (
    f"SELECT asked.value, CASE WHEN held.key IS NULL THEN '{date.min}' ELSE ends END, {_OR_NOBODY}"
    " FROM json_each(?) asked LEFT JOIN coverage held ON held.key = asked.value"
)

Spans = dict[int, list[Span]]
"""Spans by the integer of the key: a UUID as a dictionary's key costs ten times as much."""


def read_spans(conn: Connection, keys: Collection[Key]) -> Spans:
    """All spans of the given persons, by the integer of their key; who has none is absent, or has an empty list."""
    spans: Spans = {}
    if is_sqlite(conn):
        wanted = "[" + ",".join({f'"{key.hex}"' for key in keys}) + "]"  # each once: the join would repeat the spans
        for key, ends, insurer, starts, *words in conn.execute(SELECT_SQLITE, [wanted]):
            span = Span(insurer, _day(starts), ends and _day(ends), *words)
            held = spans.setdefault(int(key, 16), [])
            if insurer:
                held.append(span)
        return spans
    for key, *columns in fetch_keyed(conn, SELECT_POSTGRESQL, [key.bytes for key in keys]):
        spans.setdefault(int.from_bytes(key), []).append(Span._make(columns))
    return spans


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
