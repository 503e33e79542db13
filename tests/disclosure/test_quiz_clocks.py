"""Whose clock counts (S4.20): PostgreSQL's own; on SQLite the latest time ever seen. A moved clock frees nobody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from daftar.disclosure.quiz import Locked, Ready, Wrong
from daftar.disclosure.quiz.clock import moment
from daftar.store.connect import connect, transaction
from daftar.store.keys import Secrets
from tests.disclosure.quizzing import AT, Desk, wait_out_midnight

MOVES = [timedelta(days=days, hours=hours) for days, hours in ((-400, 0), (-2, 0), (0, -1), (0, 1), (2, 0), (400, 0))]
BACK = [move for move in MOVES if move < timedelta()]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def desk(conn: Any, secrets: Secrets) -> Desk:
    wait_out_midnight()
    return Desk(conn, secrets)


@POSTGRESQL
@pytest.mark.parametrize("move", MOVES, ids=str)
def test_the_applications_clock_does_not_matter_on_postgresql(desk: Desk, move: timedelta) -> None:
    """Neither to a lock nor to the count of a day."""
    who = desk.person()
    assert [desk.guess(who, number) for number in range(2)] == [Wrong(2), Wrong(1)]
    desk.now += move
    locked = desk.guess(who, 3)
    assert isinstance(locked, Locked)
    assert abs(locked.until - timedelta(days=1) - datetime.now(UTC)) < timedelta(minutes=1)
    for _ in range(3):
        desk.now += move
        assert desk.answer(who) == locked


@POSTGRESQL
def test_time_on_postgresql_goes_by_its_own_clock(desk: Desk) -> None:
    """It is asked again within one transaction: who waited for the row is judged later, not at their beginning."""
    with transaction(desk.conn):
        first, second = moment(desk.conn, AT), moment(desk.conn, AT)
    assert first < second


@SQLITE
@pytest.mark.parametrize("move", BACK, ids=str)
def test_a_clock_set_back_on_sqlite_shortens_no_lock(desk: Desk, move: timedelta) -> None:
    who = desk.person()
    locked = [desk.guess(who, number) for number in range(3)][-1]
    assert locked == Locked(AT + timedelta(days=1))
    desk.now += move
    assert desk.answer(who) == locked
    desk.now = locked.until - timedelta(seconds=1)
    assert desk.answer(who) == locked
    desk.now = locked.until
    assert desk.look(who) == Ready(3)


@SQLITE
@pytest.mark.parametrize("move", BACK, ids=str)
def test_a_clock_set_back_on_sqlite_forgets_no_wrong_answer(desk: Desk, move: timedelta) -> None:
    """Three on one day stay three, and the lock begins at the latest time ever seen."""
    who = desk.person()
    assert [desk.guess(who, number) for number in range(2)] == [Wrong(2), Wrong(1)]
    desk.now += move
    assert desk.guess(who, 3) == Locked(AT + timedelta(days=1))


@SQLITE
def test_a_lock_made_while_the_clock_was_set_back_holds_its_24_hours(desk: Desk) -> None:
    """The clock goes right again: the time until then was real, and is not counted twice."""
    who, other = desk.person(), desk.person()
    desk.look(other)  # the latest time is seen by anybody
    desk.now = AT - timedelta(days=3)
    locked = [desk.guess(who, number) for number in range(3)][-1]
    assert locked == Locked(AT + timedelta(days=1))
    desk.now = AT + timedelta(hours=23, minutes=59)
    assert desk.answer(who) == locked


@SQLITE
def test_the_latest_time_is_kept_over_restarts(desk: Desk, database_url: str) -> None:
    """It is a row, not a memory."""
    with transaction(desk.conn):
        assert moment(desk.conn, AT) == AT
    conn = connect(database_url)
    with transaction(conn):
        assert moment(conn, AT - timedelta(days=9)) == AT
        assert moment(conn, AT + timedelta(microseconds=1)) == AT + timedelta(microseconds=1)
    conn.close()
