"""Attempts counted by the hour: who makes too many that find nothing is slowed down (S1.28).

Also checks of one certificate, which are told always and journalled so many times.
"""

from datetime import datetime, timedelta

from daftar.store.dialect import Connection, execute, rows
from daftar.store.forgetting import MOST, forget_before

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)


def misses(conn: Connection, asker: str, at: datetime) -> int:
    """How many an asker has had in this hour."""
    found = rows(conn, "SELECT count FROM certificate_attempt WHERE asker = ? AND hour = ?", [asker, _hour(at)])
    return int(found[0][0]) if found else 0


def count_attempt(conn: Connection, asker: str, at: datetime) -> int:
    """One more; the number with it."""
    counted = execute(
        conn,
        "INSERT INTO certificate_attempt (asker, hour, count) VALUES (?, ?, 1)"
        " ON CONFLICT (asker, hour) DO UPDATE SET count = certificate_attempt.count + 1 RETURNING count",
        [asker, _hour(at)],
    )
    return int(counted.fetchall()[0][0])


def seconds_left(at: datetime) -> int:
    """Until the next hour, when one may try again."""
    return int((_hour(at) + HOUR - at).total_seconds()) + 1


def forget_attempts(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove the counts of yesterday and before, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "certificate_attempt", "hour", at - KEPT, most)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
