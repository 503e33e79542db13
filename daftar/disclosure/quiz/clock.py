"""Whose clock decides how long a lock lasts (S4.20): the database's, or on SQLite the latest time ever seen.

A machine whose clock is moved must free nobody early. PostgreSQL is asked after the person's row is held, so that of
two answers the one that is judged later is later. SQLite has no clock of its own: the time that the caller brings
counts unless a later one has been seen before.
"""

from datetime import datetime

from daftar.store.dialect import Connection, as_datetime, execute, is_sqlite, rows

_SEEN = """
INSERT INTO quiz_clock (id, seen_at) VALUES (1, ?)
ON CONFLICT (id) DO UPDATE SET seen_at = max(quiz_clock.seen_at, excluded.seen_at) RETURNING seen_at
"""


def moment(conn: Connection, at: datetime) -> datetime:
    """Now, for locks and counts; `at` is what the application's clock says."""
    if is_sqlite(conn):
        now = as_datetime(execute(conn, _SEEN, [at]).fetchall()[0][0])
    else:
        now = as_datetime(rows(conn, "SELECT clock_timestamp()")[0][0])
    assert now is not None  # neither is ever empty
    return now
