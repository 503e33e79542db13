"""Many persons: all who wait for a rebuild, or the whole nation after a change of the law."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from daftar.coverage.rebuilding import CHUNK, rebuild
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, as_uuid, rows

Progress = Callable[[int], None]
"""Told the number of persons handled since it was told last."""

NIL = UUID(int=0)


def not_before(at: datetime) -> datetime:
    """When spans are replaced by work that began at `at`: now, as answers have been given since from what stood."""
    return max(at, datetime.now(UTC))


def rebuild_due(conn: Connection, *, at: datetime, progress: Progress = lambda handled: None) -> int:
    """Rebuild all persons on the list of those who wait, some thousands a transaction; return how many changed.

    Opens and commits its own transactions: pass a connection that is in none.
    """
    changed = 0
    while due := rows(conn, "SELECT key FROM coverage_due ORDER BY key LIMIT ?", [CHUNK]):
        keys = [as_uuid(key) for (key,) in due]
        with transaction(conn):
            changed += rebuild(conn, keys, at=not_before(at))
        progress(len(keys))
    return changed


def rebuild_all(conn: Connection, *, at: datetime, progress: Progress = lambda handled: None) -> int:
    """Rebuild every person in the order of keys, some thousands a transaction; return how many changed.

    Opens and commits its own transactions: pass a connection that is in none. Memory holds one chunk at a time.
    """
    changed, last = 0, NIL
    while found := rows(conn, "SELECT key FROM person WHERE key > ? ORDER BY key LIMIT ?", [last, CHUNK]):
        keys = [as_uuid(key) for (key,) in found]
        with transaction(conn):
            changed += rebuild(conn, keys, at=not_before(at))
        last = keys[-1]
        progress(len(keys))
    return changed
