"""What reviewers do: within their scope, never their own or a relative's case, one outcome of two (S3.16, S3.19)."""

import threading
from collections.abc import Callable
from itertools import product

import pytest
from django.db import connections

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Dependency
from daftar.portal.cases import review_services
from daftar.portal.cases.models import Case, CaseStep, Reviewer
from daftar.portal.cases.procedures import Policy
from daftar.portal.cases.stepping import NOTE, CaseNotDone
from daftar.portal.directory.models import Region
from daftar.portal.people.models import PersonIdentifier
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import CaseState, NotDone, RefusalReason, SendBackReason, Way
from tests.portal import world
from tests.portal.acting import told
from tests.portal.casework import (
    CITY,
    CITY_ELSEWHERE,
    COUNTY,
    FIELDS,
    MEMBER,
    NOW,
    OTHER_COUNTY,
    Recorded,
    claimed,
    later,
    recorded,
    reviewers_person,
    saved,
    state,
    submitted,
    who,
)


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def outcome(call: Callable[..., object], case: Case, by: str, **arguments: object) -> str:
    """`done`, or why not."""
    try:
        call(case=case.pk, by=who(by), at=later(5), **arguments)
    except CaseNotDone as error:
        return str(error.why)
    return "done"


def refuse(case: Case, by: str) -> str:
    """Refuse a case."""
    reasons = [RefusalReason.CONDITIONS_NOT_MET]
    return outcome(review_services.case_refuse, case, by, reasons=reasons, note="")


SEEN = {
    ("county", COUNTY, ""),
    ("county", COUNTY, "county"),
    ("county-2", COUNTY, ""),
    *(("city", region, office) for region, office in product((CITY, COUNTY, OTHER_COUNTY), ("", "county", "city"))),
    *(("province", region, office) for region, office in product((CITY, COUNTY, OTHER_COUNTY), ("", "county", "city"))),
    ("elsewhere", CITY_ELSEWHERE, ""),
    *(("hq", region, office) for region in (CITY, COUNTY, OTHER_COUNTY, CITY_ELSEWHERE) for office in ("", "county")),
    *(("hq", region, "city") for region in (CITY, COUNTY, OTHER_COUNTY, CITY_ELSEWHERE)),
}
"""Reviewer, region of the case, office that it is addressed to: all that is reviewed; nothing else is."""


@pytest.mark.parametrize("region", [CITY, COUNTY, OTHER_COUNTY, CITY_ELSEWHERE])
def test_a_reviewer_sees_the_cases_of_region_and_office_and_no_other(region: str) -> None:
    for office in ("", "county", "city"):
        case = submitted(region=region, office=office)
        for user in ("county", "county-2", "city", "province", "elsewhere", "hq"):
            expected = "done" if (user, region, office) in SEEN else "out_of_scope"
            assert outcome(review_services.case_read, case, user) == expected, (user, region, office)


def test_only_reviewers_review_and_a_draft_is_nobodys() -> None:
    case, draft = submitted(), saved()
    for user in ("principal", "member", "stranger", "counter", "hotline", "hospital"):
        assert outcome(review_services.case_claim, case, user) == "out_of_scope"
    assert outcome(review_services.case_read, draft, "county") == "out_of_scope"
    Account.objects.filter(user="county").update(is_active=False)
    assert outcome(review_services.case_claim, case, "county") == "out_of_scope"
    Account.objects.filter(user="county-b").update(jurisdiction="ir")
    assert outcome(review_services.case_claim, case, "county-b") == "out_of_scope"


def test_an_account_whose_person_is_not_on_record_reviews_nothing() -> None:
    case, boss = submitted(), who("boss")
    Reviewer.objects.all().delete()
    assert outcome(review_services.case_claim, case, "county") == "reviewer_unknown"
    record = {"person": reviewers_person(1), "at": NOW}
    assert not review_services.reviewer_record(account=boss, by=boss, **record)
    assert not review_services.reviewer_record(account=who("county"), by=who("city"), **record)
    assert review_services.reviewer_record(account=who("county"), by=boss, **record)
    assert not review_services.reviewer_record(account=who("county-b"), by=boss, **record)
    assert outcome(review_services.case_claim, case, "county") == "done"


def by_dependency(near: object, far: object) -> None:
    Dependency.objects.create(key=near, main_key=far, starts=NOW.date(), relation="son", recorded_at=NOW)


def by_binding(near: object, far: object) -> None:
    ProxyBinding.objects.create(
        principal=near,
        member=far,
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=NOW,
        bound_at=NOW,
        ended_at=NOW,
        ended="by_member",
        sealed=b"",
    )


@pytest.mark.parametrize("tie", [by_dependency, by_binding])
@pytest.mark.parametrize("applicant", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_nobody_reviews_a_relatives_case(tie: Callable[..., None], applicant: bool, turned: bool) -> None:
    """Main insured and dependants, principals and members of any time; of whom it is for, and of who submitted it."""
    case, mine = submitted(), reviewers_person(103)  # the reviewer "county"
    close = case.applicant if applicant else case.person
    tie(*((close, mine) if turned else (mine, close)))
    assert Reviewer.objects.get(account=who("county").pk).key == mine
    assert outcome(review_services.case_read, case, "county") == "related"
    assert outcome(review_services.case_claim, case, "county") == "related"
    assert outcome(review_services.case_claim, case, "county-b") == "done"


def test_nobody_reviews_their_own_case_or_that_of_another_dependant_of_the_same_person() -> None:
    case, mine = submitted(), reviewers_person(103)
    parent = world.key_of(world.PAID)
    by_dependency(mine, parent)
    by_dependency(case.person, parent)
    assert outcome(review_services.case_claim, case, "county") == "related"
    Dependency.objects.all().delete()
    assert outcome(review_services.case_read, case, "county") == "done"
    Reviewer.objects.filter(account=who("county").pk).update(key=world.key_of(MEMBER))
    assert outcome(review_services.case_claim, case, "county") == "related"


@pytest.mark.parametrize("mine_by", [by_dependency, by_binding])
@pytest.mark.parametrize("theirs_by", [by_dependency, by_binding])
def test_nobody_reviews_the_case_of_their_childs_other_parent(
    mine_by: Callable[..., None], theirs_by: Callable[..., None]
) -> None:
    """A child whom both insure, or for whom both act."""
    case, mine = submitted(), reviewers_person(103)
    child = world.key_of(world.CHILD)
    if mine_by is by_dependency:
        mine_by(child, mine)
    else:
        mine_by(mine, child)
    assert outcome(review_services.case_read, case, "county") == "done"
    if theirs_by is by_dependency:
        theirs_by(child, case.person)
    else:
        theirs_by(case.person, child)
    assert outcome(review_services.case_claim, case, "county") == "related"


def test_a_second_identifier_hides_no_relative() -> None:
    case, mine = submitted(), reviewers_person(103)
    other = world.key_of(("cn-resident-id", world.cn_id(777, NOW.date()), ""))
    PersonIdentifier.objects.create(key=other, person_key=case.person, type="cn-resident-id", sealed=b"")
    by_dependency(other, mine)
    assert outcome(review_services.case_claim, case, "county") == "related"


def test_who_turns_out_to_be_close_can_still_let_go() -> None:
    case = claimed()
    by_binding(case.person, reviewers_person(103))
    assert outcome(review_services.case_approve, case, "county") == "related"
    assert outcome(review_services.case_release, case, "county") == "done"
    assert state(case) == CaseState.SUBMITTED


def test_a_claimed_case_is_only_its_reviewers() -> None:
    case = claimed()
    for call in (review_services.case_claim, review_services.case_approve, review_services.case_release):
        assert outcome(call, case, "county-b") == "held_by_another"
    assert refuse(case, "county-b") == "held_by_another"
    assert outcome(review_services.case_claim, case, "county") == "done"
    assert CaseStep.objects.filter(case=case, act="claim").count() == 1


def test_a_released_case_keeps_its_place_and_headquarters_may_release_it() -> None:
    case = claimed()
    assert outcome(review_services.case_release, case, "boss") == "reviewer_unknown"
    Reviewer.objects.create(account=who("boss").pk, key=reviewers_person(199), recorded_by="x", recorded_at=NOW)
    assert outcome(review_services.case_release, case, "boss") == "done"
    assert Case.objects.get(pk=case.pk).queued_at == NOW
    assert refuse(case, "county") == "not_held"


def test_an_approval_makes_the_facts_once(procedure: Recorded) -> None:
    case = claimed()
    assert outcome(review_services.case_approve, case, "county") == "done"
    assert outcome(review_services.case_approve, case, "county") == "not_in_this_state"
    assert procedure.approvals == [(case.number, FIELDS, "county")]
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.decided_by, kept.decided_at, kept.queued_at) == ("approved", "county", later(5), None)


def test_facts_that_changed_leave_the_case_where_it_was(procedure: Recorded) -> None:
    procedure.failure = CaseNotDone(NotDone.FACTS_CHANGED)
    case = claimed()
    assert outcome(review_services.case_approve, case, "county") == "facts_changed"
    assert state(case) == CaseState.IN_REVIEW
    assert not Region.objects.filter(code__startswith="made-").exists()


def test_four_eyes_are_two_reviewers(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.MANUAL, four_eyes=True)
    case = claimed()
    assert outcome(review_services.case_approve, case, "county") == "done"
    assert (state(case), procedure.approvals) == (CaseState.SUBMITTED, [])
    assert outcome(review_services.case_claim, case, "county") == "already_confirmed"
    assert outcome(review_services.case_claim, case, "county-b") == "done"
    assert outcome(review_services.case_approve, case, "county-b") == "done"
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.confirmed_by, kept.decided_by) == ("approved", "county", "county-b")
    assert len(procedure.approvals) == 1


def test_a_case_sent_back_between_two_approvals_begins_anew(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.MANUAL, four_eyes=True)
    case = claimed()
    outcome(review_services.case_approve, case, "county")
    outcome(review_services.case_claim, case, "county-b")
    reasons = [SendBackReason.DATA_DIFFER, SendBackReason.MATERIAL_MISSING]
    note = "户口簿与填写内容不一致"
    sending = outcome(review_services.case_send_back, case, "county-b", reasons=reasons, note=note)
    kept = Case.objects.get(pk=case.pk)
    assert (sending, kept.state, kept.confirmed_by, kept.confirmed_at) == ("done", "sent_back", "", None)
    assert kept.reasons == "data_differ material_missing"


def test_reasons_are_needed_and_the_note_is_sealed(settings) -> None:
    case = claimed()
    for call in (review_services.case_refuse, review_services.case_send_back):
        assert outcome(call, case, "county", reasons=[], note="x") == "reason_missing"
    reasons, note = [RefusalReason.WRONG_PERSON, RefusalReason.ASKED_TWICE], "王小明的材料是别人的"
    assert outcome(review_services.case_refuse, case, "county", reasons=reasons, note=note) == "done"
    step = CaseStep.objects.filter(case=case).latest("id")
    assert step.reasons == "asked_twice wrong_person"
    assert settings.SECRETS.open(bytes(step.sealed_note), about=NOTE).decode() == note
    assert refuse(case, "county") == "not_in_this_state"


def test_what_a_reviewer_sees_is_on_the_persons_record() -> None:
    case = submitted()
    assert review_services.case_read(case=case.pk, by=who("city"), at=NOW)[1] == FIELDS
    row = told(case.person)[-1]
    assert (row.outcome, row.shown, row.ground, row.account, row.office) == ("shown", "case", "duty", "city", "city")
    assert (row.reference, row.acting_for) == (case.number, None)


ACTS: dict[str, Callable[[Case, str], str]] = {
    "claim": lambda case, by: outcome(review_services.case_claim, case, by),
    "approve": lambda case, by: outcome(review_services.case_approve, case, by),
    "refuse": refuse,
}


def at_once(*calls: Callable[[], str]) -> list[str]:
    """What several people get who act at the same moment."""
    ready, got = threading.Barrier(len(calls)), [""] * len(calls)

    def run(number: int, call: Callable[[], str]) -> None:
        try:
            ready.wait()
            got[number] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_of_reviewers_who_claim_at_once_one_has_it_and_the_others_are_told() -> None:
    case = submitted()
    users = ("county", "county-b", "county-2", "city", "province", "hq")
    got = at_once(*(lambda by=by: ACTS["claim"](case, by) for by in users))
    assert sorted(got) == ["done", *["held_by_another"] * 5]
    assert Case.objects.get(pk=case.pk).claimed_by == users[got.index("done")]
    assert CaseStep.objects.filter(case=case, act="claim").count() == 1


def test_of_an_approval_and_a_refusal_at_once_one_counts(procedure: Recorded) -> None:
    """The same reviewer in two windows."""
    for _ in range(3):
        case = claimed()
        got = at_once(lambda case=case: ACTS["approve"](case, "county"), lambda case=case: refuse(case, "county"))
        assert sorted(got) == ["done", "not_in_this_state"]
        assert state(case) == (CaseState.APPROVED if got[0] == "done" else CaseState.REFUSED)
        assert len(procedure.approvals) == Case.objects.filter(state="approved").count()
