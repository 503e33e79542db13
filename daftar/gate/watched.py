"""What the database knows of the service, as gauges for /metrics: probe, offices, outbox, waiting cover (S2.15)."""

from datetime import datetime

from daftar.gate.metrics import COVER_WAITING, FEED_LAG, OFFICE_CONTACT, OUTBOX_OLDEST, OUTBOX_WAITING, PROBE_WORKING
from daftar.store.dialect import Connection, as_datetime, rows

_OFFICES = 'SELECT office, "table", newest_fact, last_contact FROM feed_office'
_PROBE = """
SELECT channel, working FROM probe_result r
WHERE asked_at = (SELECT max(asked_at) FROM probe_result WHERE channel = r.channel)
"""
_OUTBOX = """
SELECT channel, count(*), min(CASE WHEN campaign IS NULL THEN created_at END)
FROM outbox_message WHERE state IN ('waiting', 'handed') GROUP BY channel
"""
"""Campaigns wait for their hours of the day, so that the age is of messages about one person alone."""


def measure(conn: Connection, at: datetime) -> None:
    """Set every gauge anew."""
    for office, table, newest, contact in rows(conn, _OFFICES):
        FEED_LAG.labels(office, table).set(_seconds(newest, at))
        OFFICE_CONTACT.labels(office, table).set(_seconds(contact, at))
    for channel, working in rows(conn, _PROBE):
        PROBE_WORKING.labels(channel).set(bool(working))
    for gauge in (OUTBOX_WAITING, OUTBOX_OLDEST):
        gauge.clear()  # a channel whose outbox is empty now has no row
    for channel, waiting, oldest in rows(conn, _OUTBOX):
        OUTBOX_WAITING.labels(channel).set(waiting)
        OUTBOX_OLDEST.labels(channel).set(_seconds(oldest, at))
    COVER_WAITING.set(rows(conn, "SELECT count(*) FROM coverage_due")[0][0])


def _seconds(moment: object, at: datetime) -> float:
    known = as_datetime(moment)
    return 0.0 if known is None else (at - known).total_seconds()
