"""New spans in the place of old ones: only rows that differ are written; what they replace is kept in coverage_past."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import pyarrow as pa

from daftar.coverage.scope import among
from daftar.store.dialect import Connection, execute, execute_many, rows


class Span(NamedTuple):
    """One row of `coverage` as text: key as the database writes it, ISO days, an open end None.

    Most spans of a rebuild are as they were: as text they are compared without making an object of every cell.
    """

    key: str
    insurer: str
    starts: str
    ends: str | None
    basis: str
    reason: str
    reason_after: str
    rule_version: str


COLUMNS = ", ".join(Span._fields)
INSERT = f"INSERT INTO coverage ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_PAST = f"INSERT INTO coverage_past ({COLUMNS}, replaced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
DELETE = "DELETE FROM coverage WHERE key = ? AND insurer = ? AND starts = ?"


def spans_in(table: pa.Table) -> set[Span]:
    """Spans of an Arrow table, whose keys came from the same database as text."""
    columns = (table[name].cast(pa.string()).to_pylist() for name in Span._fields)
    return set(map(Span._make, zip(*columns, strict=True)))


def stored(conn: Connection, keys: Collection[UUID]) -> set[Span]:
    """Spans of these persons as the database has them."""
    condition, values = among(conn, "key", keys)
    texts = ", ".join(f"CAST({name} AS text)" for name in Span._fields)
    return set(map(Span._make, rows(conn, f"SELECT {texts} FROM coverage WHERE {condition}", values)))


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
