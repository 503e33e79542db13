"""Facts that others take the place of: what they said is kept in fact_past, and since when the registry knows a fact.

Whoever writes a fact that may be there already asks here first, in the same transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from daftar.store.dialect import Connection, as_date, as_datetime, execute, rows

COLUMNS = ("key", "table", "said", "recorded_at", "known_since", "replaced_at", "withdrawn")
"""Columns of fact_past in the order in which its rows are built."""

_INSERT = f"""INSERT INTO fact_past ({", ".join(f'"{name}"' for name in COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_PAPER = """
SELECT valid_until, source, office, recorded_at, known_since, withdrawn FROM evidence
WHERE key = ? AND kind = ? AND valid_from = ?
"""


def said(columns: Mapping[str, object]) -> str:
    """What a fact said, as fact_past keeps it."""
    return msgspec.json.encode(columns).decode()


def paper_known_since(
    conn: Connection, key: UUID, kind: str, valid_from: date, *, valid_until: date | None, source: str, at: datetime
) -> datetime:
    """Since when the registry knows the paper that is about to be written; one that said otherwise is put away."""
    found = rows(conn, _PAPER, [key, kind, valid_from])
    if not found or found[0][5]:
        return at
    until, before, office, recorded, since, _ = found[0]
    known_since = as_datetime(since) or as_datetime(recorded) or at
    if (as_date(until), before) == (valid_until, source):
        return known_since
    paper = {"kind": kind, "valid_from": valid_from, "valid_until": as_date(until), "source": before, "office": office}
    execute(conn, _INSERT, [key, "evidence", said(paper), as_datetime(recorded), known_since, at, False])
    return at
