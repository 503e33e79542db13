"""The state machine of cases against a plain table: every reachable state, no forbidden move (S3.19)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.portal.cases.machine import RULES, Standing, after, approving
from daftar.terms.cases import CaseAct, CaseState, NotDone

# What each act leads to when the right person does it; a dot is forbidden to everybody.
TABLE = """
          draft     submitted in_review sent_back approved refused withdrawn
begin     .         .         .         .         .        .       .
save      draft     .         .         sent_back .        .       .
submit    submitted .         .         submitted .        .       .
claim     .         in_review .         .         .        .       .
release   .         .         submitted .         .        .       .
pass_on   .         .         submitted .         .        .       .
confirm   .         .         submitted .         .        .       .
approve   .         .         approved  .         .        .       .
send_back .         .         sent_back .         .        .       .
refuse    .         .         refused   .         .        .       .
withdraw  withdrawn withdrawn withdrawn withdrawn .        .       .
replace   .         .         .         withdrawn .        .       .
"""
PEOPLE = ("applicant", "reviewer-1", "reviewer-2", "reviewer-3")
HOLDERS_ACTS = {"release", "pass_on", "confirm", "approve", "send_back", "refuse"}


def table() -> dict[tuple[str, str], str]:
    """The table by state and act; forbidden moves are absent."""
    heading, *lines = TABLE.strip().splitlines()
    states = heading.split()
    cells = {line.split()[0]: line.split()[1:] for line in lines}
    return {
        (state, act): row[number]
        for act, row in cells.items()
        for number, state in enumerate(states)
        if row[number] != "."
    }


def expected(now: dict[str, str | bool], act: str, by: str) -> dict[str, str | bool] | None:
    """The plain oracle: the table, then who must or must not do it."""
    state = table().get((str(now["state"]), act))
    if by == RULES:
        decided = {"approve": "approved", "refuse": "refused"}.get(act)
        return now | {"state": decided} if decided and now["state"] == "submitted" and not now["first"] else None
    if state is None:
        return None
    if act in HOLDERS_ACTS and now["holder"] != by:
        return None
    wants_first = now["four_eyes"] and not now["first"]
    if (act == "confirm" and not wants_first) or (act == "approve" and wants_first):
        return None
    if act == "claim" and now["first"] == by:
        return None
    new = now | {"state": state}
    if act != "save":
        new["holder"] = by if act == "claim" else ""
    if act == "confirm":
        new["first"] = by
    if act in ("submit", "send_back", "withdraw", "replace"):
        new["first"] = ""
    return new


def test_the_table_names_every_state_and_every_act() -> None:
    heading, *lines = TABLE.strip().splitlines()
    assert heading.split() == [state.value for state in CaseState]
    assert [line.split()[0] for line in lines] == [act.value for act in CaseAct]


@given(
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(CaseAct), st.sampled_from((*PEOPLE, RULES, "holder"))), max_size=40),
)
def test_any_acts_by_anybody_go_as_the_table_says(four_eyes: bool, acts: list[tuple[CaseAct, str]]) -> None:
    case = Standing(CaseState.DRAFT, four_eyes)
    plain: dict[str, str | bool] = {"state": "draft", "four_eyes": four_eyes, "holder": "", "first": ""}
    for act, person in acts:
        by = case.claimed_by or PEOPLE[1] if person == "holder" else person
        moved, told = after(case, act, by=by), expected(plain, act, by)
        assert isinstance(moved, NotDone) == (told is None), (case, act, by)
        if isinstance(moved, NotDone) or told is None:
            continue
        approved_by_two = case.confirmed_by and case.confirmed_by != by
        if moved.state == CaseState.APPROVED and four_eyes and by != RULES:
            assert approved_by_two
        case, plain = moved, told
        assert (case.state, case.claimed_by, case.confirmed_by) == (plain["state"], plain["holder"], plain["first"])
        assert bool(case.claimed_by) == (case.state == CaseState.IN_REVIEW)


def test_every_state_is_reached() -> None:
    reached, waiting = set(), [Standing(CaseState.DRAFT), Standing(CaseState.DRAFT, four_eyes=True)]
    while waiting:
        case = waiting.pop()
        reached.add(case)
        for act, by in product(CaseAct, (*PEOPLE, RULES)):
            moved = after(case, act, by=by)
            if isinstance(moved, Standing) and moved not in reached:
                waiting.append(moved)
    assert {case.state for case in reached} == set(CaseState)
    assert not [case for case in reached if case.four_eyes and case.claimed_by and case.claimed_by == case.confirmed_by]


HELD = Standing(CaseState.IN_REVIEW, claimed_by="reviewer-1")


@pytest.mark.parametrize(
    ("case", "act", "by", "why"),
    [
        (HELD, CaseAct.APPROVE, "reviewer-2", NotDone.HELD_BY_ANOTHER),
        (HELD, CaseAct.CLAIM, "reviewer-2", NotDone.HELD_BY_ANOTHER),
        (HELD, CaseAct.CLAIM, "reviewer-1", NotDone.NOT_IN_THIS_STATE),
        (Standing(CaseState.SUBMITTED), CaseAct.REFUSE, "reviewer-1", NotDone.NOT_HELD),
        (Standing(CaseState.APPROVED), CaseAct.WITHDRAW, "applicant", NotDone.NOT_IN_THIS_STATE),
        (
            Standing(CaseState.SUBMITTED, True, "", "reviewer-1"),
            CaseAct.CLAIM,
            "reviewer-1",
            NotDone.ALREADY_CONFIRMED,
        ),
    ],
)
def test_who_is_refused_is_told_why(case: Standing, act: CaseAct, by: str, why: NotDone) -> None:
    assert after(case, act, by=by) == why


def test_an_overseer_releases_or_passes_on_what_another_holds_and_nothing_else() -> None:
    assert after(HELD, CaseAct.RELEASE, by="boss", overseer=True) == Standing(CaseState.SUBMITTED)
    assert after(HELD, CaseAct.PASS_ON, by="boss", overseer=True) == Standing(CaseState.SUBMITTED)
    for act in (CaseAct.APPROVE, CaseAct.REFUSE, CaseAct.SEND_BACK):
        assert after(HELD, act, by="boss", overseer=True) == NotDone.HELD_BY_ANOTHER


def test_the_first_approval_of_two_is_a_confirmation() -> None:
    assert approving(HELD) == CaseAct.APPROVE
    assert approving(replace(HELD, four_eyes=True)) == CaseAct.CONFIRM
    assert approving(replace(HELD, four_eyes=True, confirmed_by="reviewer-2")) == CaseAct.APPROVE
