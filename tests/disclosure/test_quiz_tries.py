"""Three wrong on one calendar day lock for 24 hours, nine in thirty days close it (S4.20); against a plain oracle."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.disclosure.quiz import Closed, Locked, Passed, Ready, Wrong, answering, asking
from daftar.store.dialect import is_sqlite
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions
from tests.disclosure.quiz_oracle import Oracle
from tests.disclosure.quizzing import AT, Desk, counted, renewed, wait_out_midnight

DAY = timedelta(days=1)


@pytest.fixture
def desk(conn: Any, secrets: Secrets) -> Desk:
    wait_out_midnight()
    return Desk(conn, secrets)


def three_wrong(desk: Desk, who: Any) -> Any:
    """The third one's outcome."""
    return [desk.guess(who, number) for number in range(3)][-1]


def test_the_third_wrong_answer_of_a_day_locks_for_24_hours(desk: Desk) -> None:
    who = desk.person()
    told = [desk.guess(who, number) for number in range(5)]
    assert told[:2] == [Wrong(2), Wrong(1)]
    locked = told[2]
    assert isinstance(locked, Locked)
    assert told[3:] == [locked] * 2
    assert desk.answer(who) == desk.look(who) == locked
    assert counted(desk.conn, who.key) == 3
    assert desk.journalled(who) == ["asked", "wrong", "wrong", "wrong", "locked"]
    desk.wait(DAY - timedelta(minutes=1))
    assert isinstance(desk.look(who), Locked)
    desk.wait(timedelta(minutes=1))
    assert desk.look(who) == Ready(3)
    assert desk.answer(who) == Passed()


def test_the_lock_begins_with_the_third(desk: Desk) -> None:
    """Not with the first: «24小时后再试»."""
    who = desk.person()
    desk.guess(who, 1)
    desk.wait(timedelta(minutes=2))  # few, for a day may begin in them where the clock is PostgreSQL's
    desk.guess(who, 2)
    desk.wait(timedelta(minutes=1))
    locked = desk.guess(who, 3)
    third = desk.now if is_sqlite(desk.conn) else datetime.now(UTC)
    assert abs(locked.until - DAY - third) < timedelta(seconds=30)


def test_wrong_answers_of_different_days_do_not_add_up_to_a_lock(desk: Desk) -> None:
    who = desk.person()
    for number in range(4):
        assert [desk.guess(who, number), desk.guess(who, number + 10)] == [Wrong(2), Wrong(1)]
        desk.wait(DAY)
    assert desk.look(who) == Ready(1)  # eight in thirty days: the next one closes it


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_day_is_the_insurers(desk: Desk) -> None:
    """At 15:59 UTC it is 23:59 in Shanghai."""
    who = desk.person()
    desk.now = datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)
    assert [desk.guess(who, number) for number in range(2)] == [Wrong(2), Wrong(1)]
    desk.now = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert [desk.guess(who, number) for number in range(2, 4)] == [Wrong(2), Wrong(1)]
    assert desk.guess(who, 4) == Locked(desk.now + DAY)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_day_of_25_hours_the_three_that_were_paid_for_count_no_more(desk: Desk) -> None:
    """Where clocks go back, the 24 hours may end on the day on which they began."""
    berlin = {"cn": replace(jurisdictions()["cn"], time_zone="Europe/Berlin")}
    who = desk.person()
    desk.now = datetime(2026, 10, 24, 22, 10, tzinfo=UTC)  # the 25th has begun there
    with (
        patch.object(asking, "jurisdictions", lambda: berlin),
        patch.object(answering, "jurisdictions", lambda: berlin),
    ):
        assert isinstance(three_wrong(desk, who), Locked)
        desk.wait(DAY)  # ten past eleven in the evening of the 25th
        assert desk.look(who) == Ready(3)
        assert desk.guess(who, 5) == Wrong(2)


def test_nine_within_thirty_days_close_it_until_an_office_reopens_it(desk: Desk) -> None:
    who = desk.person()
    for _ in range(2):
        assert isinstance(three_wrong(desk, who), Locked)
        desk.wait(2 * DAY)
    assert three_wrong(desk, who) == Closed()
    assert desk.journalled(who)[-2:] == ["wrong", "closed"]
    desk.wait(400 * DAY)
    assert desk.answer(who) == desk.look(who) == Closed()
    assert desk.reopen(who)
    assert desk.look(who) == Ready(3)
    assert desk.journalled(who)[-1] == "reopened"
    assert not desk.reopen(who)
    assert desk.answer(who) == Passed()


def test_a_reopened_quiz_begins_from_nothing_at_once(desk: Desk) -> None:
    """Also on the day on which it was closed."""
    who = desk.person()
    for _ in range(3):
        three_wrong(desk, who)
        desk.wait(DAY if desk.look(who) != Closed() else timedelta())
    assert desk.reopen(who)
    assert desk.guess(who, 7) == Wrong(2)


def test_nine_in_more_than_thirty_days_do_not(desk: Desk) -> None:
    who = desk.person()
    for _ in range(5):
        assert isinstance(three_wrong(desk, who), Locked)
        desk.wait(16 * DAY)
    assert desk.look(who) == Ready(3)


def test_a_lock_cannot_be_opened_by_an_office(desk: Desk) -> None:
    who = desk.person()
    locked = three_wrong(desk, who)
    assert not desk.reopen(who)
    assert desk.look(who) == locked


def test_it_is_counted_per_person_whoever_answers(desk: Desk) -> None:
    """Another account of the same person, other credentials: the same three tries; another person has their own."""
    who, other = desk.person(), desk.person()
    desk.guess(who, 1)
    desk.guess(renewed(who), 2)
    assert isinstance(desk.guess(renewed(who), 3), Locked)
    assert desk.guess(other, 1) == Wrong(2)


def test_a_locked_person_may_still_be_passed(desk: Desk) -> None:
    """Who has passed stays so, however somebody with other credentials guesses afterwards."""
    who = desk.person()
    assert desk.answer(who) == Passed()
    assert isinstance(three_wrong(desk, renewed(who)), Locked)
    assert desk.look(who) == Passed()


STEP = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([0, 1, 29, 30, 31, 300, 1439, 1440, 1441, 4000, 20000])),
    st.tuples(st.just("back"), st.sampled_from([1, 45, 1440, 50000])),
    st.tuples(st.just("wrong"), st.integers(0, 3)),
    st.tuples(st.just("wrong"), st.integers(0, 3)),
    st.tuples(st.just("wrong"), st.integers(4, 400)),
    st.tuples(st.just("right"), st.just(0)),
    st.tuples(st.just("password"), st.just(0)),
    st.tuples(st.just("office"), st.just(0)),
)


class Clock:
    """Stands in for the database's clock on both, and goes back as SQLite's may be set back: then it stands still."""

    def __init__(self) -> None:
        self.says = self.seen = AT

    def move(self, minutes: int) -> None:
        self.says += timedelta(minutes=minutes)
        self.seen = max(self.seen, self.says)


@pytest.mark.parametrize("examples", [40, pytest.param(600, marks=pytest.mark.slow)])
def test_every_history_is_told_what_the_oracle_tells(desk: Desk, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(STEP, min_size=10, max_size=70))
    def history(steps: list[tuple[str, int]]) -> None:
        clock = Clock()
        now = {"moment": lambda *_: clock.seen}
        with patch.multiple(asking, **now), patch.multiple(answering, **now):
            follow(desk, clock, steps)

    history()


def follow(desk: Desk, clock: Clock, steps: list[tuple[str, int]]) -> None:
    """Each step in the rooms and in the oracle."""
    who, oracle, password = desk.person(), Oracle(), 0
    for what, number in steps:
        now = clock.seen
        if what in ("wait", "back"):
            clock.move(number if what == "wait" else -number)
        elif what == "password":
            who, password = renewed(who), password + 1
        elif what == "office":
            assert desk.reopen(who) == oracle.reopen()
        else:
            told = desk.answer(who) if what == "right" else desk.guess(who, number)
            assert said(told) == oracle.answer(now, password, -1 if what == "right" else number, what == "right")
    assert counted(desk.conn, who.key) == len(oracle.wrongs) + desk.journalled(who).count("right")


def said(told: Any) -> tuple[str, int]:
    """As the oracle says it."""
    return type(told).__name__.lower(), told.left if isinstance(told, Wrong) else 0
