"""What was to be kept for a time only is forgotten in time (contracts §3, models)."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from daftar.answers import idempotency
from daftar.answers.questions import IdempotencyKey
from daftar.disclosure import one_time_codes
from daftar.disclosure.applicant import Applicant
from daftar.disclosure.certificates.attempts import count_attempt
from daftar.disclosure.mismatches import count_mismatch
from daftar.disclosure.sms import IncomingSms, limits
from daftar.gate.desk import Desk
from daftar.gate.problems import Problem
from daftar.gate.tidying import EACH_HOUR, make_months, tidy
from daftar.store.connect import transaction
from daftar.store.dialect import execute, is_sqlite, rows
from daftar.store.forgetting import removal
from daftar.store.keys import Key
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Ground

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TABLES = (
    *("idempotency", "own_entitlement_challenge", "own_entitlement_mismatch", "client_assertion"),
    *("certificate_attempt", "sms_taken", "sms_sender_hour"),
)


class Pieces(Desk):
    """A desk that notes how much each transaction did."""

    def __init__(self, database_url: str) -> None:
        super().__init__(database_url)
        self.done: list[int] = []

    async def run(self, work: Any) -> Any:
        """As a desk."""
        self.done.append(await super().run(work))
        return self.done[-1]


@pytest.fixture
def desk(database_url: str) -> Iterator[Pieces]:
    """What the gate tidies by."""
    desk = Pieces(database_url)
    yield desk
    desk.stop()


def tidied(desk: Desk, *works: Any, at: datetime = NOW, most: int = 5000) -> None:
    """As a gate does; a machine too busy for the desk's deadline does it the next time."""
    for _ in range(30):
        works = tuple(asyncio.run(tidy(desk, works or EACH_HOUR, at, most)))
        if not works:
            break


def leave_traces(conn, secrets, at: datetime) -> None:
    """One row in each table that forgets, of mismatches two."""
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
    count_attempt(conn, f"client:{key}", at)
    limits.fresh(conn, [IncomingSms(uuid4(), Mobile("+989120000001"), "1420", "?")], at)
    limits.count(conn, [secrets.mobile_key("+989120000001")], at)


def counts(conn) -> list[int]:
    return [rows(conn, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def test_old_traces_go_and_new_ones_stay(conn, secrets, desk: Pieces) -> None:
    with transaction(conn):
        leave_traces(conn, secrets, NOW - timedelta(days=8))
        leave_traces(conn, secrets, NOW + timedelta(seconds=1))
    assert counts(conn) == [2, 2, 4, 2, 2, 2, 2]
    tidied(desk)
    assert counts(conn) == [1, 1, 2, 1, 1, 1, 1]


def test_however_much_is_old_it_goes_in_small_pieces(conn, secrets, desk: Pieces) -> None:
    """All of it in one statement was beyond the desk's two seconds after a day of millions of keys."""
    with transaction(conn):
        for hours in range(7):
            leave_traces(conn, secrets, NOW - timedelta(days=8, hours=hours))
        leave_traces(conn, secrets, NOW)
    before = counts(conn)
    tidied(desk, most=3)
    assert counts(conn) == [1, 1, 2, 1, 1, 1, 1]
    assert max(desk.done) == 3
    assert sum(desk.done) == sum(before) - 8


def test_what_cannot_be_tidied_takes_nothing_else_with_it(conn, secrets, desk: Pieces) -> None:
    def stuck(conn: Any, at: datetime, most: int) -> int:
        raise Problem("unavailable")

    def broken(conn: Any, at: datetime, most: int) -> int:
        raise ZeroDivisionError

    with transaction(conn):
        leave_traces(conn, secrets, NOW - timedelta(days=4))
    works = [stuck, make_months, broken, idempotency.forget_old]
    for _ in range(30):  # a busy machine
        left = asyncio.run(tidy(desk, works, NOW.replace(year=2041)))
        if left == [stuck, broken]:
            break
    assert left == [stuck, broken]
    assert counts(conn)[0] == 0
    if not is_sqlite(conn):
        assert rows(
            conn, "SELECT count(*) FROM pg_class WHERE starts_with(relname, 'inquiry_204') AND relkind = 'r'"
        ) == [(4,)]


def test_the_months_to_come_are_made_before_anything_is_forgotten() -> None:
    assert EACH_HOUR[0] is make_months


def test_old_keys_are_found_by_when_they_came_and_removed_by_their_place(conn) -> None:
    """By their key, each piece would be a walk through the whole table on PostgreSQL."""
    marks = [(IdempotencyKey(f"client-{n % 9}", uuid4(), uuid4()), n, None) for n in range(5000)]
    with transaction(conn):
        idempotency.remember(conn, marks, NOW)
    if not is_sqlite(conn):
        execute(conn, "ANALYZE idempotency")
    explain = "EXPLAIN QUERY PLAN" if is_sqlite(conn) else "EXPLAIN"
    sql = removal(conn, "idempotency", "created_at")
    plan = str(rows(conn, f"{explain} {sql}", [NOW + timedelta(days=3), 500]))
    steps = ("USING INTEGER PRIMARY KEY (rowid=?)", "created_at<?") if is_sqlite(conn) else ("Tid Scan", "Index Scan")
    assert [step for step in steps if step not in plan] == []


def test_a_key_is_remembered_for_48_hours_and_free_after(conn) -> None:
    mark = IdempotencyKey("client", UUID(int=1), UUID(int=2))
    with transaction(conn):
        idempotency.remember(conn, [(mark, 7, None)], NOW)
        assert idempotency.recall(conn, [mark], NOW + timedelta(hours=47))
        assert not idempotency.recall(conn, [mark], NOW + timedelta(hours=49))
        idempotency.remember(conn, [(mark, 8, None)], NOW + timedelta(hours=49))
    assert [line[0] for line in rows(conn, "SELECT inquiry FROM idempotency")] == [8]


def test_counts_of_today_are_kept_whatever_the_time_zone(conn, secrets, desk: Pieces) -> None:
    with transaction(conn):
        for day in (date(2026, 11, 20), date(2026, 11, 22)):
            count_mismatch(conn, secrets, key=Key(uuid4()), network_address="192.0.2.1", day=day)
    tidied(desk)
    assert counts(conn)[2] == 4
