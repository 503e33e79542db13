"""Today's public list of hospitals does not tell which of six is the right one (S4.18): played against an adversary."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.disclosure.quiz import NoQuestions, Questions
from daftar.disclosure.quiz.decoys import FEWEST
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import Secrets
from tests.disclosure.quizzing import AT, CITY, HOME, LEFT, Desk

TODAY = AT.date()
MONTH_AGO = TODAY - timedelta(days=30)
LONG_AGO = LEFT - timedelta(days=400)


@pytest.fixture
def desk(conn: Any, secrets: Secrets) -> Desk:
    return Desk(conn, secrets)


def listed(desk: Desk) -> dict[str, bool]:
    """What the adversary knows: of each hospital, whether the public list of today has it."""
    found = rows(desk.conn, "SELECT code, withdrawn, cross_region, opened_on, closed_on FROM institution")
    return {code: _listed(*rest) for code, *rest in found}


def _listed(withdrawn: Any, cross_region: Any, opened_on: Any, closed_on: Any) -> bool:
    begun = not opened_on or str(opened_on) <= TODAY.isoformat()
    return not withdrawn and bool(cross_region) and begun and not (closed_on and str(closed_on) < TODAY.isoformat())


def suspects(desk: Desk, asked: Questions, answer: str) -> set[str]:
    """The hospitals of the list that stand in the public one as the right one does: among these one has to guess."""
    known = listed(desk)
    return {each.code for each in asked.choices if known[each.code] == known[answer]}


def close(desk: Desk, *codes: str) -> None:
    """Hospitals that have closed a month ago."""
    with transaction(desk.conn):
        for code in codes:
            execute(desk.conn, "UPDATE institution SET closed_on = ? WHERE code = ?", [MONTH_AGO, code])


def withdraw(desk: Desk, *codes: str) -> None:
    """Hospitals that the source has taken back."""
    with transaction(desk.conn):
        for code in codes:
            execute(desk.conn, "UPDATE institution SET withdrawn = ? WHERE code = ?", [True, code])


@pytest.mark.parametrize("end", [close, withdraw])
def test_among_six_of_which_none_is_listed_any_more(desk: Desk, end: Any) -> None:
    """A hospital that has closed since has decoys that have closed too, from farther away where it must be."""
    end(desk, HOME, *(f"Y{number}" for number in range(6)))
    for _ in range(10):
        asked = desk.begin(desk.person())
        assert len(suspects(desk, asked, HOME)) == len(asked.choices) == 6


def test_what_has_closed_has_no_withdrawn_decoys_where_there_are_others(desk: Desk) -> None:
    """The API tells of closed hospitals and not of withdrawn ones."""
    close(desk, HOME, "X2", "X3", "X4")
    withdraw(desk, "X5", "X6", "X7", "X8", "X9")
    assert {each.code for each in desk.begin(desk.person()).choices} == {HOME, "X2", "X3", "X4"}


def test_an_open_hospital_has_no_closed_decoys(desk: Desk) -> None:
    close(desk, "X2", "X3", "X4", "X5", "X6", "X7")
    for _ in range(10):
        asked = desk.begin(desk.person())
        assert len(suspects(desk, asked, HOME)) == len(asked.choices) == 6


def test_of_two_recent_hospitals_the_one_on_the_list_is_asked_about(desk: Desk) -> None:
    close(desk, *(f"X{number}" for number in range(1, 8)))
    for _ in range(10):
        who = desk.person()
        desk.settle(who, "Y1")
        asked = {each.code for each in desk.begin(who).choices}
        assert "Y1" in asked
        assert HOME not in asked


def test_where_too_few_have_closed_the_list_is_topped_up(desk: Desk) -> None:
    """Who was in the one hospital that has closed is asked nevertheless; the day is still to be known."""
    close(desk, HOME, "X2")
    withdraw(desk, "Y3")
    asked = desk.begin(desk.person())
    assert suspects(desk, asked, HOME) == {HOME, "X2", "Y3"}
    assert len(asked.choices) > FEWEST


def test_a_list_that_is_kept_goes_on_when_the_right_one_closes(desk: Desk) -> None:
    """Any of the six could have been the one that closed: it tells nothing."""
    who = desk.person()
    before = {each.code for each in desk.begin(who).choices}
    close(desk, HOME)
    desk.wait(timedelta(days=1))
    assert {each.code for each in desk.begin(who).choices} == before


KINDS = {
    "open": {},
    "closed since": {"closed_on": MONTH_AGO},
    "closed before": {"closed_on": LONG_AGO},
    "withdrawn": {},
    "not designated": {"cross_region": False},
    "opened since": {"opened_on": MONTH_AGO},
}
HOSPITALS = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(("03", "04"))), min_size=4, max_size=24)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hospitals=HOSPITALS, been=st.sets(st.integers(0, 23), min_size=1, max_size=3), years=st.integers(0, 3))
def test_the_adversary_has_to_guess_wherever_there_are_enough(
    desk: Desk, hospitals: list[tuple[str, str]], been: set[int], years: int
) -> None:
    """All hospitals of the list are on the public one, or none is, if any hospital of the person allows it."""
    own = sorted({f"R{number % len(hospitals)}" for number in been})
    with transaction(desk.conn):
        execute(desk.conn, "DELETE FROM institution", [])
        for number, (kind, county) in enumerate(hospitals):
            desk.town.institution(f"R{number}", f"{CITY}{county}", **KINDS[kind])
            withdrawn = kind == "withdrawn"
            execute(desk.conn, "UPDATE institution SET withdrawn = ? WHERE code = ?", [withdrawn, f"R{number}"])
    who = desk.person(settled=False)
    for number, code in enumerate(own):
        left = LEFT - timedelta(days=365 * years * number)
        desk.settle(who, code, left - timedelta(days=5), left)
    kinds = {f"R{number}": kind for number, (kind, _county) in enumerate(hospitals)}
    alike = {code: _alike(kinds, own, code) for code in own}
    asked = desk.begin(who)
    if max(alike.values()) >= FEWEST:
        assert isinstance(asked, Questions)
        (answer,) = {each.code for each in asked.choices} & set(own)
        assert len(suspects(desk, asked, answer)) == len(asked.choices) > FEWEST
    elif isinstance(asked, Questions):
        (answer,) = {each.code for each in asked.choices} & set(own)
        assert len(asked.choices) > FEWEST
    else:
        assert isinstance(asked, NoQuestions)


def _alike(kinds: dict[str, str], own: list[str], code: str) -> int:
    """How many others could be its decoys: open at the time, and today of the same kind. Older stays have no more."""
    others = [kind for each, kind in kinds.items() if each not in own]
    return 0 if kinds[code] in ("closed before", "opened since") else others.count(kinds[code])
