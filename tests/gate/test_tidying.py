"""What was to be kept for a time only is forgotten in time (contracts §3, models)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from daftar.answers import idempotency
from daftar.answers.questions import IdempotencyKey
from daftar.disclosure import one_time_codes
from daftar.disclosure.applicant import Applicant
from daftar.disclosure.mismatches import count_mismatch
from daftar.gate.tidying import tidy
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import Key
from daftar.terms.outcomes import Ground

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TABLES = ("idempotency", "own_entitlement_challenge", "own_entitlement_mismatch", "client_assertion")


def leave_traces(conn, secrets, at: datetime) -> None:
    """One row in each table that forgets."""
    key = Key(uuid4())
    idempotency.remember(conn, [(IdempotencyKey("client", uuid4(), uuid4()), 1, None)], at)
    one_time_codes.issue(
        conn,
        secrets,
        key=key,
        mobile=secrets.mobile_key("+989120000001"),
        applicant=Applicant(key, Ground.OWN),
        language="fa",
        at=at,
    )
    count_mismatch(conn, secrets, key=key, network_address="192.0.2.1", day=at.date())
    execute(conn, "INSERT INTO client_assertion (digest, expires_at) VALUES (?, ?)", [uuid4(), at])


def counts(conn) -> list[int]:
    return [rows(conn, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def test_old_traces_go_and_new_ones_stay(conn, secrets) -> None:
    with transaction(conn):
        leave_traces(conn, secrets, NOW - timedelta(days=4))
        leave_traces(conn, secrets, NOW + timedelta(seconds=1))
    assert counts(conn) == [2, 2, 4, 2]
    with transaction(conn):
        tidy(conn, NOW)
    assert counts(conn) == [1, 1, 2, 1]


def test_a_key_is_remembered_for_48_hours_and_free_after(conn) -> None:
    mark = IdempotencyKey("client", UUID(int=1), UUID(int=2))
    with transaction(conn):
        idempotency.remember(conn, [(mark, 7, None)], NOW)
        assert idempotency.recall(conn, [mark], NOW + timedelta(hours=47))
        assert not idempotency.recall(conn, [mark], NOW + timedelta(hours=49))
        idempotency.remember(conn, [(mark, 8, None)], NOW + timedelta(hours=49))
    assert [line[0] for line in rows(conn, "SELECT inquiry FROM idempotency")] == [8]


def test_counts_of_today_are_kept_whatever_the_time_zone(conn, secrets) -> None:
    with transaction(conn):
        for day in (date(2026, 11, 20), date(2026, 11, 22)):
            count_mismatch(conn, secrets, key=Key(uuid4()), network_address="192.0.2.1", day=day)
        tidy(conn, NOW)
    assert counts(conn)[2] == 4
