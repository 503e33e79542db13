"""Spans and questions for tests of answers."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from daftar.answers import Question
from daftar.store.dialect import execute
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def span(
    conn: Any,
    key: Key,
    starts: str,
    ends: str | None,
    *,
    insurer: str = "ir-sso",
    basis: str = "compulsory",
    reason: str = "contribution_paid",
    reason_after: str = "contribution_lapsed",
) -> None:
    """One row of coverage."""
    execute(
        conn,
        "INSERT INTO coverage (key, insurer, starts, ends, basis, reason, reason_after, rule_version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'ir.test')",
        [
            key,
            insurer,
            date.fromisoformat(starts),
            ends and date.fromisoformat(ends),
            basis,
            reason,
            reason_after,
        ],
    )


def question(key: Key | None = None, **changes: Any) -> Question:
    """A provider's question about somebody, today, outpatient."""
    asked: dict[str, Any] = {
        "key": key or Key(uuid4()),
        "service_day": TODAY,
        "jurisdiction": "ir",
        "channel": Channel.API,
        "ground": Ground.AGREEMENT,
        "organisation": "provider-1",
        "account": "client-1",
    }
    return Question(**(asked | changes))
