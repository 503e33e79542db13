"""Spans of touched persons, rebuilt from coverage_due: a kill between facts and spans loses nothing.

Marks are set in the transaction of the facts and removed in that of the spans; whoever rebuilds next finishes.
"""

from collections.abc import Callable
from datetime import datetime

from daftar import coverage
from daftar.store.dialect import Connection, rows


def count_due(conn: Connection) -> int:
    """Persons whose spans are not yet rebuilt."""
    return int(rows(conn, "SELECT count(*) FROM coverage_due")[0][0])


def rebuild_due(
    conn: Connection, *, at: datetime, progress: Callable[[int, int], None] | None = None
) -> coverage.Rebuilt:
    """Rebuild the spans of all marked persons, in transactions of their own; `progress` gets (done, total)."""
    total, done = count_due(conn) if progress else 0, 0

    def tell(handled: int) -> None:
        nonlocal done
        done += handled
        if progress:
            progress(done, max(total, done))

    return coverage.rebuild_due(conn, at=at, progress=tell)
