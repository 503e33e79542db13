"""Spans of touched persons, rebuilt from coverage_due: a kill between facts and spans loses nothing.

Marks are set in the transaction of the facts and removed in that of the spans; whoever rebuilds next finishes.
"""

from collections.abc import Callable
from datetime import datetime

from daftar import coverage
from daftar.feeds.pace import Pace
from daftar.feeds.patience import patiently
from daftar.rules.engine.duckdb import warm_up
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, as_uuid, execute, is_sqlite, rows
from daftar.store.keys import Key

_FIRST_KEYS = 1_600  # a quarter of it is where the law's fixed cost no longer tells
_HOUSEHOLDS = 100  # the facts of more persons than this may be more than households have


def count_due(conn: Connection) -> int:
    """Persons whose spans are not yet rebuilt."""
    return int(rows(conn, "SELECT count(*) FROM coverage_due")[0][0])


def rebuild_due(conn: Connection, *, at: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Rebuild the spans of all marked persons, in transactions of their own; return how many persons."""
    total, done = count_due(conn), 0
    if not total:
        return 0
    warm_up(many=total > _HOUSEHOLDS)  # the law is compiled once, before a transaction holds a lock
    pace = Pace(conn, _FIRST_KEYS)
    while True:
        wanted = pace.rows
        with pace.transaction_of(wanted):
            rebuilt = patiently(lambda: _rebuild_some(conn, wanted, at))  # noqa: B023 - called at once
        if not rebuilt:
            return done
        done += rebuilt
        if progress:
            progress(done, max(total, done))


def _rebuild_some(conn: Connection, most: int, at: datetime) -> int:
    lock = "" if is_sqlite(conn) else "FOR UPDATE SKIP LOCKED"
    with transaction(conn):
        if not is_sqlite(conn):
            execute(conn, "SELECT pg_advisory_xact_lock(hashtext('daftar rebuild'))")
        taken = rows(
            conn,
            f"DELETE FROM coverage_due WHERE key IN (SELECT key FROM coverage_due ORDER BY key LIMIT ? {lock}) "
            "RETURNING key",
            [most],
        )
        keys = sorted(Key(as_uuid(row[0])) for row in taken)
        if keys:
            coverage.rebuild(conn, keys, at=coverage.not_before(at))
        return len(keys)
