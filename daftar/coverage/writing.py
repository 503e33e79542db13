"""New spans in the place of old ones: only rows that differ are written; what they replace is kept in coverage_past."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import pyarrow as pa

from daftar.coverage.scope import among
from daftar.store.dialect import Connection, as_date, as_uuid, execute, execute_many, rows


class Span(NamedTuple):
    """One row of `coverage`."""

    key: UUID
    insurer: str
    starts: date
    ends: date | None
    basis: str
    reason: str
    reason_after: str
    rule_version: str


COLUMNS = ", ".join(Span._fields)
INSERT = f"INSERT INTO coverage ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_PAST = f"INSERT INTO coverage_past ({COLUMNS}, replaced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
DELETE = "DELETE FROM coverage WHERE key = ? AND insurer = ? AND starts = ?"


def spans_in(table: pa.Table) -> set[Span]:
    """Spans of an Arrow table as rows."""
    columns = (table[name].to_pylist() for name in Span._fields)
    keys, *rest = columns
    return {Span(UUID(key), *row) for key, row in zip(keys, zip(*rest, strict=True), strict=True)}


def stored(conn: Connection, keys: Collection[UUID]) -> set[Span]:
    """Spans of these persons as the database has them."""
    condition, values = among(conn, "key", keys)
    found = rows(conn, f"SELECT {COLUMNS} FROM coverage WHERE {condition}", values)
    return {_span(row) for row in found}


def _span(row: tuple[Any, ...]) -> Span:
    key, insurer, starts, ends, *words = row
    day = as_date(starts)
    assert day is not None
    return Span(as_uuid(key), insurer, day, as_date(ends), *words)


def replace(conn: Connection, old: set[Span], new: set[Span], *, at: datetime) -> int:
    """Write what differs between `old` and `new`; return the number of persons concerned."""
    gone, come = old - new, new - old
    _forget(conn, gone, at=at)
    if come:
        execute_many(conn, INSERT, list(come))
    return len({span.key for span in gone | come})


def _forget(conn: Connection, gone: Iterable[Span], *, at: datetime) -> None:
    gone = list(gone)
    if not gone:
        return
    execute_many(conn, INSERT_PAST, [(*span, at) for span in gone])
    execute_many(conn, DELETE, [(span.key, span.insurer, span.starts) for span in gone])


def no_longer_due(conn: Connection, keys: Collection[UUID]) -> None:
    """Take persons off the list of those who wait for a rebuild."""
    condition, values = among(conn, "key", keys)
    execute(conn, f"DELETE FROM coverage_due WHERE {condition}", values)
