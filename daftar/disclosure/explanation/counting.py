"""Whether everything known when an answer was given was counted: cover is computed after the last row of a load."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from daftar.disclosure.explanation.facts import Facts
from daftar.disclosure.explanation.spans import Decided
from daftar.store.dialect import Connection, as_datetime, rows
from daftar.store.keys import Key

_DUE = "SELECT since FROM coverage_due WHERE key = ?"
_GONE = "SELECT 1 FROM fact_past WHERE key = ? AND replaced_at > ? AND replaced_at <= ? LIMIT 1"


def may_be_uncounted(conn: Connection, decided: Decided, facts: list[Facts], asked_at: datetime) -> bool:
    """Whether facts moved between the last computation known of and the answer, and cover changed after it, or is due.

    One computation is for a dependant and the main insureds together, so that it counted the facts of all of them.
    """
    keys = [each.key for each in facts]
    counted = decided.computed_at
    if not decided.changed:
        due = _due(conn, keys)
        if due is None:
            return False
        counted = max(counted, due - timedelta.resolution)  # the first row may come at that instant
    came = (fact.known_since for each in facts for fact in each.held)
    if any(counted < since <= asked_at for since in came):
        return True
    return any(rows(conn, _GONE, [key, counted, asked_at]) for key in keys)


def _due(conn: Connection, keys: Iterable[Key]) -> datetime | None:
    """The beginning of the first load of these persons' facts whose cover is not computed yet."""
    return min((at for key in keys for (since,) in rows(conn, _DUE, [key]) if (at := as_datetime(since))), default=None)
