"""The questions: own stays as they stand, decoys that could be true, a list that never changes (S4.18, S4.28)."""

from datetime import date, timedelta
from typing import Any

import pytest

from daftar.disclosure.quiz import LASTS, NoQuestions, Passed, Questions, Wrong
from daftar.disclosure.quiz.stays import stays_of
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from daftar.store.keys import Secrets
from tests.disclosure.quizzing import AT, CITY, HOME, Desk, right


@pytest.fixture
def desk(conn: Any, secrets: Secrets) -> Desk:
    return Desk(conn, secrets)


def codes(asked: Questions) -> set[str]:
    return {each.code for each in asked.choices}


def test_decoys_are_of_the_same_city_class_and_time(desk: Desk) -> None:
    """Not the clinic, not the hospital that other provinces' insured cannot use, not one that opened later."""
    asked = desk.begin(desk.person())
    assert HOME in codes(asked)
    assert len(codes(asked)) == len(asked.choices) == 6
    assert {code[0] for code in codes(asked)} == {"X"}
    assert {each.name for each in asked.choices} == {f"name of {code}" for code in codes(asked)}


def test_another_city_of_the_province_when_the_own_one_is_too_small(desk: Desk) -> None:
    """Then all decoys come from the whole province: the city of the answer does not stand out."""
    kept = ("X1", "X2", "X3", "X4")
    with transaction(desk.conn):
        execute(desk.conn, "UPDATE institution SET withdrawn = ? WHERE region LIKE ?", [True, f"{CITY}%"])
        execute(desk.conn, "UPDATE institution SET withdrawn = ? WHERE code IN (?, ?, ?, ?)", [False, *kept])
    lists = [codes(desk.begin(desk.person())) - {HOME} for _ in range(12)]
    assert {code[0] for each in lists for code in each} == {"X", "Y"}


def test_a_hospital_that_the_person_was_ever_in_is_no_decoy(desk: Desk) -> None:
    """Withdrawn, replaced, not direct or a refund's alone: it would be true."""
    who = desk.person()
    number = desk.settle(who, "X2", direct=False)
    desk.settle(who, "X2", settlement_id=number, version=2, kind="refund", direct=False)
    desk.settle(who, "X3", withdrawn=True)
    number = desk.settle(who, "X4")
    desk.settle(who, HOME, settlement_id=number, version=2, kind="correction")
    assert codes(desk.begin(who)) & {"X2", "X3", "X4"} == set()


def test_hospitals_of_one_name_stand_there_once(desk: Desk) -> None:
    with transaction(desk.conn):
        execute(desk.conn, "UPDATE institution SET name = 'twin' WHERE code IN ('X2', 'X3', 'X4')", [])
        execute(desk.conn, "UPDATE institution SET name = ? WHERE code = 'X5'", [f"name of {HOME}"])
    for _ in range(5):
        names = [each.name for each in desk.begin(desk.person()).choices]
        assert len(set(names)) == len(names)


def test_the_order_is_of_chance_and_stays_while_the_questions_stand_open(desk: Desk) -> None:
    asked = [desk.begin(who) for who in [desk.person() for _ in range(30)]]
    assert len({[each.code for each in one.choices].index(HOME) for one in asked}) > 2
    who = desk.person()
    first = desk.begin(who)
    assert desk.begin(who) == first
    assert desk.look(who) == first
    assert isinstance(desk.give(who, right(first, institution="X0")), Wrong)
    assert desk.begin(who).choices == first.choices


def test_asking_on_other_days_shows_the_same_hospitals(desk: Desk) -> None:
    """What two lists have in common would be the answer; so all lists of a person are one."""
    who = desk.person()
    lists, draws = [], set()
    for _ in range(8):
        asked = desk.begin(who)
        lists.append(codes(asked))
        draws.add(asked.draw)
        desk.wait(timedelta(days=1))
    assert len(draws) == 8
    assert lists == [lists[0]] * 8


def test_the_directory_may_change_and_the_list_does_not(desk: Desk) -> None:
    """A decoy that closes and twenty new hospitals: the answer must not be what stays."""
    who = desk.person()
    before = codes(desk.begin(who))
    with transaction(desk.conn):
        gone = sorted(before - {HOME})[0]
        execute(desk.conn, "UPDATE institution SET withdrawn = ?, name = 'renamed' WHERE code = ?", [True, gone])
        for number in range(20):
            desk.town.institution(f"Z{number}", f"{CITY}03")
    desk.wait(LASTS)
    assert codes(desk.begin(who)) == before


def test_a_choice_without_a_name_stands_by_its_code(desk: Desk) -> None:
    """The directory has withdrawn it, and never knew its name since."""
    who = desk.person()
    gone = sorted(codes(desk.begin(who)) - {HOME})[0]
    with transaction(desk.conn):
        execute(desk.conn, "UPDATE institution SET withdrawn = ?, name = '' WHERE code = ?", [True, gone])
    assert {each.name for each in desk.look(who).choices if each.code == gone} == {gone}


def test_a_stay_in_another_hospital_brings_no_second_list(desk: Desk) -> None:
    """Two lists of one person would show what each has alone; decoys are never what the person knows."""
    who = desk.person()
    before = codes(desk.begin(who))
    for number, place in enumerate(sorted({f"Y{each}" for each in range(6)})):
        desk.settle(who, place, date(2026, 5, 1), date(2026, 5, 2 + number))
    desk.wait(LASTS)
    assert codes(desk.begin(who)) == before


def test_two_people_of_one_hospital_have_lists_of_their_own(desk: Desk) -> None:
    lists = {frozenset(codes(desk.begin(desk.person()))) for _ in range(10)}
    assert len(lists) > 1


def test_without_a_settlement_it_is_said_and_no_try_is_spent(desk: Desk) -> None:
    who = desk.person(settled=False)
    for _ in range(5):
        assert desk.begin(who) == NoQuestions("no_settlement")
    assert desk.look(who).left == 3
    assert desk.journalled(who) == ["no_settlement"] * 5


def test_with_settlements_that_are_not_direct_alone_it_is_said_too(desk: Desk) -> None:
    """The list of expenses would be empty."""
    who = desk.person(settled=False)
    desk.settle(who, direct=False)
    assert desk.begin(who) == NoQuestions("no_settlement")


@pytest.mark.parametrize("case", ["unknown hospital", "too few others"])
def test_without_a_list_it_is_said_and_no_try_is_spent(desk: Desk, case: str) -> None:
    who = desk.person(settled=case != "unknown hospital")
    with transaction(desk.conn):
        if case == "unknown hospital":
            desk.town.settle(who.key, "nowhere")
        else:
            execute(desk.conn, "UPDATE institution SET withdrawn = ? WHERE code NOT IN ('X1', 'X2', 'X3')", [True])
    assert desk.begin(who) == NoQuestions("no_hospital")
    assert desk.look(who).left == 3


@pytest.mark.parametrize("recent", ["unknown", "too few others"])
def test_an_older_stay_is_asked_about_where_no_recent_one_makes_a_list(desk: Desk, recent: str) -> None:
    who = desk.person(settled=False)
    desk.settle(who, HOME, date(2019, 3, 4), date(2019, 3, 15))
    with transaction(desk.conn):
        desk.town.institution("F1", "cn-99", opened_on=date(2030, 1, 1))
        if recent == "too few others":  # on the day of the recent stay nothing else was open
            execute(desk.conn, "UPDATE institution SET closed_on = ? WHERE code <> 'F1'", [date(2020, 1, 1)])
    desk.settle(who, "nowhere" if recent == "unknown" else "F1")
    asked = desk.begin(who)
    assert HOME in codes(asked)
    assert desk.give(who, right(asked, admitted=date(2019, 3, 4))) == Passed()


def test_stays_are_settlements_as_they_stand(desk: Desk) -> None:
    """The lines of the list of expenses: direct, refunded or not, not replaced; a refund only where it stands alone."""
    who, stranger = desk.person(settled=False), desk.person(settled=False)

    def versions(*made: dict[str, Any]) -> None:
        number = None
        for version, each in enumerate(made, start=1):
            owner = each.pop("of", who)
            numbered = {"settlement_id": number} if number else {}
            number = desk.settle(owner, f"S{version}", **numbered, **({"version": version} | each))

    versions({})  # stands: S1
    versions({}, {"kind": "correction"})  # stands: S2
    versions({}, {"kind": "refund"})  # stands: S1
    versions({}, {"kind": "refund", "of": stranger})  # somebody else's as well
    versions({}, {"kind": "correction"}, {"withdrawn": True})  # stands: S2
    versions({"withdrawn": True})
    versions({}, {"of": stranger})  # the correction says that it was somebody else's
    versions({}, {"direct": False})
    refunded = desk.settle(who, "R1")  # stands
    refund = desk.settle(who, "R2", kind="refund", refers_to=refunded)
    wrong = desk.settle(who, "W1")
    right = desk.settle(who, "W2", kind="correction", refers_to=wrong)  # stands, though refunded
    desk.settle(who, "W2", kind="refund", settlement_id=right, version=2)
    kept = desk.settle(who, "K1")  # stands: the correction is withdrawn
    desk.settle(who, "K2", kind="correction", refers_to=kept, withdrawn=True)
    standing = ["K1", "R1", "S1", "S1", "S2", "S2", "W2"]
    assert sorted(stay.institution for stay in stays_of(desk.conn, who.key)) == standing
    desk.settle(who, "R2", settlement_id=refund, version=2)  # the refund was a mistake
    assert sorted(stay.institution for stay in stays_of(desk.conn, who.key)) == sorted([*standing, "R2"])


@pytest.mark.parametrize("stands", ["B", "C"])
def test_of_two_corrections_of_one_settlement_the_newest_is_asked_about(desk: Desk, stands: str) -> None:
    who = desk.person(settled=False)
    wrong = desk.settle(who, "A")
    for place in ("B", "C"):
        newer = {"settled_at": AT} if place == stands else {}
        desk.settle(who, place, kind="correction", refers_to=wrong, **newer)
    assert [stay.institution for stay in stays_of(desk.conn, who.key)] == [stands]


def test_a_refund_alone_is_asked_about_for_it_stands_in_the_list(desk: Desk) -> None:
    who = desk.person(settled=False)
    desk.settle(who, kind="refund", refers_to="gone")
    assert isinstance(desk.begin(who), Questions)
