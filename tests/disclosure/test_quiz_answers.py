"""Both answers judged together (S4.18-S4.23): either day will do, never which was wrong, passed once for an account."""

import sqlite3
from datetime import timedelta
from typing import Any

import msgspec
import psycopg
import pytest

from daftar.disclosure.quiz import LASTS, Expired, Passed, Wrong, passed
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import Secrets
from tests.disclosure.quizzing import CAME, HOME, LEFT, NOBODY, Desk, counted, renewed, right


@pytest.fixture
def desk(conn: Any, secrets: Secrets) -> Desk:
    return Desk(conn, secrets)


@pytest.mark.parametrize(
    ("changes", "is_right"),
    [
        ({}, True),
        ({"admitted": None, "discharged": LEFT}, True),
        ({"discharged": LEFT}, True),
        ({"discharged": LEFT + timedelta(days=1)}, False),
        ({"admitted": LEFT}, False),
        ({"admitted": None, "discharged": CAME}, False),
        ({"admitted": NOBODY, "discharged": LEFT}, False),
        ({"admitted": None}, False),
        ({"institution": "X2"}, False),
        ({"institution": ""}, False),
    ],
)
def test_hospital_and_one_day_or_both(desk: Desk, changes: dict[str, Any], is_right: bool) -> None:
    """«问题2的入院日期和出院日期，选择其中一个回答即可»; whoever gives both must have both right."""
    who = desk.person()
    given = right(desk.begin(who), **changes)
    assert desk.give(who, given) == (Passed() if is_right else Wrong(2))
    assert desk.journalled(who) == ["asked", "right" if is_right else "wrong"]


def test_nobody_is_told_or_can_read_which_answer_was_wrong(desk: Desk) -> None:
    """Neither in what comes back nor in any row that it leaves."""
    left = []
    for changes in ({"institution": "X2"}, {"admitted": NOBODY}, {"institution": "X2", "admitted": NOBODY}):
        who = desk.person()
        told = desk.give(who, right(desk.begin(who), **changes))
        (row,) = rows_of(desk, "SELECT mode, outcome, reason, shown FROM inquiry WHERE key = ?", who, "wrong")
        (attempt,) = rows_of(desk, "SELECT day, wrong FROM quiz_attempt WHERE key = ?", who)
        left.append((told, row, attempt))
    assert left == [left[0]] * 3


def rows_of(desk: Desk, query: str, who: Any, outcome: str = "") -> list[Any]:
    return [row for row in rows(desk.conn, query, [who.key]) if not outcome or outcome in row]


def test_the_most_recent_stay_in_the_hospital_is_meant(desk: Desk) -> None:
    who = desk.person()
    desk.settle(who, HOME, CAME + timedelta(days=60), LEFT + timedelta(days=60))
    assert isinstance(desk.give(who, right(desk.begin(who))), Wrong)
    assert desk.give(who, right(desk.begin(who), admitted=CAME + timedelta(days=60))) == Passed()


def test_a_hospital_of_the_list_in_which_the_person_has_been_since_is_right_too(desk: Desk) -> None:
    who = desk.person()
    decoy = next(each.code for each in desk.begin(who).choices if each.code != HOME)
    desk.settle(who, decoy, CAME + timedelta(days=60), LEFT + timedelta(days=60))
    later = right(desk.begin(who), institution=decoy)
    assert isinstance(desk.give(who, later), Wrong)  # the day of the other stay
    assert desk.give(who, msgspec.structs.replace(later, admitted=CAME + timedelta(days=60))) == Passed()


DAYS = timedelta(days=60)


@pytest.mark.parametrize("given", [{"admitted": CAME + DAYS}, {"admitted": None, "discharged": LEFT + DAYS}, {}])
def test_a_later_stay_that_was_not_settled_directly_is_no_wrong_answer(desk: Desk, given: dict[str, Any]) -> None:
    """The questions ask for the other one; but who names the most recent of all has told the truth too."""
    who = desk.person()
    desk.settle(who, HOME, CAME + DAYS, LEFT + DAYS, direct=False)
    assert desk.give(who, right(desk.begin(who), **given)) == Passed()
    assert counted(desk.conn, who.key) == 1


def test_neither_an_earlier_one_nor_days_of_both_together(desk: Desk) -> None:
    who = desk.person()
    desk.settle(who, HOME, CAME - DAYS, LEFT - DAYS, direct=False)
    assert desk.give(who, right(desk.begin(who), admitted=CAME - DAYS)) == Wrong(2)
    desk.settle(who, HOME, CAME + DAYS, LEFT + DAYS, direct=False)
    assert desk.give(who, right(desk.begin(who), admitted=CAME + DAYS, discharged=LEFT)) == Wrong(1)


@pytest.mark.parametrize("gone", [{"withdrawn": True}, {"kind": "correction"}])
def test_nor_one_that_its_source_has_taken_back(desk: Desk, gone: dict[str, Any]) -> None:
    who = desk.person()
    number = desk.settle(who, HOME, CAME + DAYS, LEFT + DAYS, direct=False)
    if "withdrawn" in gone:
        with transaction(desk.conn):
            execute(desk.conn, "UPDATE settlement SET withdrawn = ? WHERE settlement_id = ?", [True, number])
    else:
        desk.settle(who, "Y1", CAME + DAYS, LEFT + DAYS, settlement_id=number, version=2, direct=False, **gone)
    assert desk.give(who, right(desk.begin(who), admitted=CAME + DAYS)) == Wrong(2)


def test_a_hospital_of_the_list_where_one_was_since_and_paid_oneself_is_right_too(desk: Desk) -> None:
    who = desk.person()
    decoy = next(each.code for each in desk.begin(who).choices if each.code != HOME)
    desk.settle(who, decoy, CAME + DAYS, LEFT + DAYS, direct=False)
    assert desk.give(who, right(desk.begin(who), institution=decoy)) == Wrong(2)  # the day of the other stay
    assert desk.give(who, right(desk.begin(who), institution=decoy, admitted=CAME + DAYS)) == Passed()


def test_a_correction_counts_at_once(desk: Desk) -> None:
    who = desk.person(settled=False)
    number = desk.settle(who)
    asked = desk.begin(who)
    desk.settle(who, HOME, CAME + timedelta(days=1), LEFT, settlement_id=number, version=2, kind="correction")
    assert desk.give(who, right(asked)) == Wrong(2)
    assert desk.give(who, right(asked, admitted=CAME + timedelta(days=1))) == Passed()


def test_a_stay_that_is_taken_back_ends_the_questions_and_spends_nothing(desk: Desk) -> None:
    who = desk.person(settled=False)
    number = desk.settle(who)
    asked = desk.begin(who)
    desk.settle(who, HOME, settlement_id=number, version=2, kind="correction", direct=False)
    assert desk.give(who, right(asked)) == Expired()
    assert counted(desk.conn, who.key) == 0


@pytest.mark.parametrize("own_number", [True, False])
def test_whose_only_stay_was_refunded_is_asked_about_it(desk: Desk, own_number: bool) -> None:
    """The list of expenses shows the stay beside its refund, so the way there stays open (S4.23, S4.28)."""
    who = desk.person(settled=False)
    number = desk.settle(who)
    refund = {} if own_number else {"settlement_id": number, "version": 2}
    desk.settle(who, HOME, NOBODY, NOBODY, kind="refund", refers_to=number, **refund)
    assert desk.give(who, right(desk.begin(who))) == Passed()


def test_the_same_answers_twice_are_one_submission_and_a_third_time_they_count(desk: Desk) -> None:
    """A double click, or the back button and the same again; but many at once are not all forgiven."""
    who = desk.person()
    bad = right(desk.begin(who), institution="X2")
    told = [desk.give(who, bad) for _ in range(4)]
    assert told == [Wrong(2), Wrong(2), Wrong(1), Wrong(1)]
    assert desk.give(who, right(desk.begin(who))) == Passed()
    assert desk.give(who, msgspec.structs.replace(bad, institution="X3")) == Passed()  # the back button afterwards
    assert desk.journalled(who) == ["asked", "wrong", "wrong", "right"]


def test_questions_of_another_time_are_not_judged_and_begin_anew(desk: Desk) -> None:
    who = desk.person()
    old = desk.begin(who)
    desk.wait(LASTS)
    assert desk.give(who, right(old, institution="X2")) == Expired()
    fresh = desk.begin(who)
    assert fresh.draw != old.draw
    assert (fresh.left, fresh.wrong) == (3, False)
    assert desk.give(who, right(old)) == Expired()
    assert desk.begin(who) == fresh
    assert desk.give(who, right(fresh)) == Passed()


def test_it_is_remembered_for_the_account_until_its_credentials_change(desk: Desk) -> None:
    who = desk.person()
    asked = desk.begin(who)
    assert not through(desk, who)
    assert desk.give(who, right(asked)) == Passed()
    assert through(desk, who)
    for other in (renewed(who), msgspec.structs.replace(who, account=8)):
        assert not through(desk, other)
    desk.wait(timedelta(days=4000))
    assert desk.begin(who) == desk.look(who) == Passed()
    other = renewed(who)
    assert desk.answer(other) == Passed()
    assert through(desk, other)
    assert not through(desk, who)


def through(desk: Desk, who: Any) -> bool:
    return passed(desk.conn, key=who.key, account=who.account, stamp=who.stamp)


def test_somebody_elses_questions_are_of_no_use(desk: Desk) -> None:
    who, other = desk.person(), desk.person()
    foreign = desk.begin(other)
    desk.begin(who)
    assert desk.give(who, right(foreign)) == Expired()
    assert counted(desk.conn, who.key) == 0


class Recorded(sqlite3.Connection):
    """Keeps the statements that it is asked."""

    told: list[str]

    def cursor(self, *args: Any) -> Any:
        return super().cursor(lambda conn: _cursor(sqlite3.Cursor)(conn))

    def executemany(self, sql: str, rows: Any) -> Any:
        self.told.append(sql)
        return super().executemany(sql, rows)


def _cursor(kind: type) -> type:
    class Cursor(kind):  # type: ignore[misc, valid-type]
        def execute(self, query: Any, *args: Any, **options: Any) -> Any:
            self.connection.told.append(str(query))
            return super().execute(query, *args, **options)

    return Cursor


def recording(url: str) -> Any:
    """A connection that keeps its statements in `told`."""
    if url.startswith("sqlite"):
        conn: Any = sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None, factory=Recorded)
    else:
        conn = psycopg.connect(url, autocommit=True, cursor_factory=_cursor(psycopg.Cursor))
    conn.told = []
    return conn


def test_right_and_wrong_take_the_same_statements(desk: Desk, database_url: str, secrets: Secrets) -> None:
    """So that how long an answer takes tells nothing: not whether it was right, not which part was wrong."""
    seen = []
    conn = recording(database_url)
    other = Desk(conn, secrets, build=False)
    for changes in ({}, {"institution": "X2"}, {"admitted": NOBODY}, {"institution": "X2", "admitted": NOBODY}):
        who = desk.person()
        given = right(desk.begin(who), **changes)
        conn.told.clear()
        other.give(who, given)
        seen.append(list(conn.told))
    conn.close()
    assert len(seen[0]) >= 8
    assert seen == [seen[0]] * 4
