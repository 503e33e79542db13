"""Whose spans a change touches, whose facts must be read for that, and the locks that keep two rebuilds apart."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import msgspec

from daftar.store.dialect import Connection, as_uuid, execute, is_sqlite, rows


def among(conn: Connection, column: str, keys: Collection[UUID]) -> tuple[str, list[Any]]:
    """SQL condition `column` is one of `keys`, with its one value, however many keys there are."""
    if is_sqlite(conn):
        words = msgspec.json.encode([key.hex for key in keys]).decode()
        return f"{column} IN (SELECT value FROM json_each(?))", [words]
    return f"{column} = ANY(?)", [list(keys)]


def with_dependants(conn: Connection, keys: Iterable[UUID]) -> set[UUID]:
    """The persons and all who depend on one of them: their spans must be computed again together."""
    found = set(keys)
    condition, values = among(conn, "main_key", found)
    found.update(_keys(conn, f"SELECT DISTINCT key FROM dependency WHERE {condition}", values))
    return found


def mains_of(conn: Connection, keys: Collection[UUID]) -> set[UUID]:
    """The main insureds on whom any of these persons depends: their facts decide too."""
    condition, values = among(conn, "key", keys)
    sql = f"SELECT DISTINCT main_key FROM dependency WHERE NOT withdrawn AND {condition}"
    return _keys(conn, sql, values)


def lock(conn: Connection, keys: Collection[UUID]) -> set[UUID]:
    """Hold every other rebuild of these persons or of theirs back until this transaction ends; return whom to rebuild.

    PostgreSQL: row locks on all persons read, main insureds included, in the order of their keys, so that two rebuilds
    of one household follow each other and the second sees the first one's facts (read committed). Row locks and not
    advisory ones, because a feed's chunk of thousands would overflow the shared table of advisory locks. Dependants may
    have come while it waited: it looks again until nobody is new. SQLite has one writer at a time anyway.
    """
    touched = with_dependants(conn, keys)
    if is_sqlite(conn):
        return touched
    locked: set[UUID] = set()
    while waiting := (touched | mains_of(conn, touched)) - locked:
        execute(conn, "SELECT key FROM person WHERE key = ANY(?) ORDER BY key FOR UPDATE", [sorted(waiting)])
        locked |= waiting
        touched = with_dependants(conn, keys)
    return touched


def _keys(conn: Connection, sql: str, values: list[Any]) -> set[UUID]:
    return {as_uuid(key) for (key,) in rows(conn, sql, values)}
