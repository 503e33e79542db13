"""Monthly partitions on PostgreSQL; nothing on SQLite (design §5)."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from daftar.answers import SharedWriter, TrackingCodes, ask
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.months import ensure_months, next_month
from tests.answers.asking import question


def test_december_is_followed_by_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 1, 1)) == date(2026, 2, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_needs_none(conn) -> None:
    assert ensure_months(conn, date(2026, 11, 21), 3) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_months_are_made_once_and_rows_find_their_month(conn, secrets) -> None:
    with transaction(conn):
        made = ensure_months(conn, date(2026, 11, 21), 3)
    assert made[:2] == ["inquiry_2026_11", "contribution_2026_11"]
    assert len(made) == 6
    with transaction(conn):
        assert ensure_months(conn, date(2026, 11, 1), 3) == []
        at = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
        ask(conn, [question()], at=at, writer=SharedWriter(), tracking=TrackingCodes(secrets))
    assert rows(conn, "SELECT count(*) FROM inquiry_2026_12")[0][0] == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_month_whose_rows_came_before_its_partition_stays_in_the_default(conn) -> None:
    with transaction(conn):
        execute(
            conn,
            "INSERT INTO contribution (key, month, kind, days, currency, office, recorded_at, withdrawn)"
            " VALUES (?, '2026-11-01', 'compulsory', 30, '', '', now(), false)",
            [uuid4()],
        )
        made = ensure_months(conn, date(2026, 11, 21), 1)
    assert made == ["inquiry_2026_11"]
