"""What applicants do with cases: begin, save, submit, correct, withdraw, also for a member (S3.12-S3.19)."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from daftar.portal.cases import procedures, review_services, services
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.numbers import grouped, new_case_number, read_case_number
from daftar.portal.cases.procedures import Decision, Policy, procedure_of
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.models import Region
from daftar.portal.proxy.acts import TABLE, Act
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import CaseKind, CaseState, NotDone, Way
from daftar.terms.misunderstood import Misunderstood
from tests.portal import world
from tests.portal.acting import told
from tests.portal.casework import (
    CITY,
    COUNTY,
    FIELDS,
    MAIL,
    MEMBER,
    NOW,
    PROVINCE,
    STRANGER,
    Recorded,
    begun,
    claimed,
    later,
    recorded,
    saved,
    sent_back,
    state,
    submitted,
    who,
)
from tests.portal.signing_up import mails_to


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def why(call: object, **arguments: object) -> NotDone:
    """Why an act is not done."""
    with pytest.raises(CaseNotDone) as raised:
        call(**{"at": later(2)} | arguments)
    return raised.value.why


def acts(case: Case) -> list[str]:
    """What was done to a case, in order."""
    return list(CaseStep.objects.filter(case=case).order_by("id").values_list("act", flat=True))


def test_a_case_is_begun_saved_and_submitted() -> None:
    case = submitted(matter="2026")
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.version, kept.queued_at, kept.submitted_at) == (CaseState.SUBMITTED, 2, NOW, NOW)
    assert (kept.province, kept.city, kept.region) == (PROVINCE, CITY, COUNTY)
    assert acts(case) == ["begin", "save", "submit"]
    assert services.case_open(case=case.pk, by=who("principal"), at=NOW)[1] == FIELDS
    assert FIELDS["name"].encode() not in bytes(kept.sealed)


def test_the_journal_names_both_persons_and_who_did_it() -> None:
    case = submitted()
    rows = told(world.key_of(MEMBER))
    assert [row.outcome for row in rows] == ["begin", "save", "submit"]
    assert {row.mode for row in rows} == {"case_enrolment"}
    assert {row.acting_for for row in rows} == {world.key_of(world.RESIDENT)}
    assert {(row.ground, row.account, row.reference) for row in rows} == {("proxy", "principal", case.number)}
    own = submitted(STRANGER, by="stranger")
    assert {(row.ground, row.acting_for) for row in told(own.person)} == {("own", None)}


def test_each_change_is_told_to_who_has_an_account() -> None:
    case = submitted()
    review_services.case_claim(case=case.pk, by=who("county"), at=later(1))
    assert mails_to(MAIL) == ["Daftar：申报成功"]
    review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    assert mails_to(MAIL) == ["Daftar：审核通过", "Daftar：申报成功"]


def test_a_double_submission_is_one() -> None:
    case = saved()
    for _ in range(3):
        again = services.case_submit(case=case.pk, version=case.version, by=who("principal"), at=NOW)
        assert again.number == case.number
    assert acts(case).count("submit") == 1
    assert len(mails_to(MAIL)) == 1


def test_twenty_submissions_at_once_are_one() -> None:
    case, failures = saved(), []

    def submit() -> None:
        try:
            services.case_submit(case=case.pk, version=case.version, by=who("principal"), at=NOW)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert acts(case) == ["begin", "save", "submit"]


def test_beginning_twice_goes_on_with_the_same_draft() -> None:
    assert begun().pk == begun().pk
    assert begun(STRANGER, by="stranger").pk != begun().pk


def test_back_after_submission_changes_nothing() -> None:
    case = submitted()
    arguments = {"case": case.pk, "version": case.version, "fields": {"name": "X"}, "region": CITY}
    assert why(services.case_save, **arguments, by=who("principal")) == NotDone.NOT_IN_THIS_STATE
    assert services.case_open(case=case.pk, by=who("principal"), at=NOW)[1] == FIELDS


def test_an_old_page_does_not_overwrite_a_newer_one_and_a_double_click_is_no_newer_one() -> None:
    case, by = begun(), who("principal")
    first = {"case": case.pk, "version": 1, "region": COUNTY, "by": by}
    services.case_save(**first, fields={"name": "A"}, at=NOW)
    assert services.case_save(**first, fields={"name": "A"}, at=NOW).version == 2
    assert why(services.case_save, **first, fields={"name": "B"}) == NotDone.CHANGED_MEANWHILE
    assert why(services.case_submit, case=case.pk, version=1, by=by) == NotDone.CHANGED_MEANWHILE
    assert state(case) == CaseState.DRAFT


def test_nobody_else_begins_saves_submits_withdraws_or_reads() -> None:
    case, other = saved(), who("stranger")
    begin = {"kind": CaseKind.ENROLMENT, "person": world.key_of(MEMBER), "jurisdiction": "cn"}
    assert why(services.case_begin, **begin, by=other) == NotDone.NOT_YOURS
    for by in (other, who("member"), who("county")):
        save = {"case": case.pk, "version": 2, "fields": {}, "region": ""}
        assert why(services.case_save, **save, by=by) == NotDone.NOT_YOURS
        assert why(services.case_submit, case=case.pk, version=2, by=by) == NotDone.NOT_YOURS
        assert why(services.case_withdraw, case=case.pk, by=by) == NotDone.NOT_YOURS
        assert why(services.case_open, case=case.pk, by=by) == NotDone.NOT_YOURS


def test_powers_end_with_the_binding_and_progress_stays() -> None:
    case = submitted()
    draft = saved()
    ProxyBinding.objects.update(ended_at=NOW, ended="by_member")
    assert why(services.case_withdraw, case=case.pk, by=who("principal")) == NotDone.NOT_YOURS
    assert why(services.case_submit, case=draft.pk, version=2, by=who("principal")) == NotDone.NOT_YOURS
    assert services.case_open(case=case.pk, by=who("principal"), at=NOW)[0].state == CaseState.SUBMITTED
    assert services.case_withdraw(case=case.pk, by=who("member"), at=NOW).state == CaseState.WITHDRAWN


def test_what_a_proxy_submits_is_what_the_table_of_proxies_allows() -> None:
    acts_of = {"enrolment": Act.ENROL, "filing": Act.FILE, "revocation": Act.REVOKE_FILING, "objection": Act.OBJECT}
    for kind in CaseKind:
        begin = {"kind": kind, "person": world.key_of(MEMBER), "jurisdiction": "cn", "by": who("principal"), "at": NOW}
        if TABLE[acts_of[kind]].allowed:
            assert services.case_begin(**begin).kind == kind
        else:
            assert why(services.case_begin, **begin) == NotDone.NOT_YOURS


def test_a_commitment_ends_with_its_last_day() -> None:
    ProxyBinding.objects.update(
        way="commitment",
        checked_by="",
        letter="1",
        letter_language="zh",
        letter_agreed_at=NOW,
        last_day=NOW.date() - timedelta(days=1),
    )
    begin = {"kind": CaseKind.ENROLMENT, "person": world.key_of(MEMBER), "jurisdiction": "cn"}
    assert why(services.case_begin, **begin, by=who("principal"), at=NOW) == NotDone.NOT_YOURS
    ProxyBinding.objects.update(last_day=NOW.date())
    assert begun().state == CaseState.DRAFT


@pytest.mark.parametrize("before", ["draft", "submitted", "in_review", "sent_back"])
def test_a_case_is_withdrawn_from_every_state_that_has_not_ended(before: str) -> None:
    case = {"draft": saved, "submitted": submitted, "in_review": claimed, "sent_back": sent_back}[before]()
    assert case.state == before
    for _ in range(2):
        assert services.case_withdraw(case=case.pk, by=who("principal"), at=later(3)).state == CaseState.WITHDRAWN
    assert acts(case)[-2:].count("withdraw") == 1
    told_to_reviewers = NotDone.OUT_OF_SCOPE if before == "draft" else NotDone.NOT_IN_THIS_STATE
    assert why(review_services.case_claim, case=case.pk, by=who("county")) == told_to_reviewers


def test_a_case_that_was_sent_back_is_corrected_and_submitted_again() -> None:
    case, by = sent_back(), who("principal")
    assert why(services.case_submit, case=case.pk, version=2, by=by) == NotDone.CHANGED_MEANWHILE
    save = {"version": case.version, "fields": FIELDS | {"name": "王小"}, "region": COUNTY, "by": by, "at": later(3)}
    corrected = services.case_save(case=case.pk, **save)
    assert corrected.reasons == "material_unreadable"
    again = services.case_submit(case=case.pk, version=corrected.version, by=by, at=later(4))
    assert (again.state, again.queued_at, again.reasons) == (CaseState.SUBMITTED, later(4), "")


def test_material_that_is_needed_must_be_there(procedure: Recorded) -> None:
    procedure.needed = ("birth_certificate", "photo")
    case = saved()
    with pytest.raises(CaseNotDone) as raised:
        services.case_submit(case=case.pk, version=2, by=who("principal"), at=NOW)
    assert (raised.value.why, raised.value.what) == (NotDone.MATERIAL_MISSING, ("birth_certificate", "photo"))
    assert state(case) == CaseState.DRAFT


def test_the_rules_decide_at_once_where_the_policy_says_so(procedure: Recorded) -> None:
    procedure.policies, procedure.decision = Policy(Way.AUTOMATIC, four_eyes=True, version="7"), Decision(True)
    case = submitted()
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.decided_by, kept.way, kept.policy_version) == ("approved", "rules", "automatic", "7")
    assert procedure.approvals == [(case.number, FIELDS, "rules")]
    assert mails_to(MAIL) == ["Daftar：审核通过"]
    last = told(case.person)[-1]
    assert (last.outcome, last.account, last.acting_for) == ("approve", "rules", world.key_of(world.RESIDENT))


def test_the_rules_refuse_with_their_reasons(procedure: Recorded) -> None:
    procedure.policies, procedure.decision = Policy(Way.AUTOMATIC), Decision(False, ("overlapping", "not_active"))
    case = submitted()
    assert (case.state, case.reasons) == (CaseState.REFUSED, "overlapping not_active")
    assert procedure.approvals == []
    assert services.case_submit(case=case.pk, version=2, by=who("principal"), at=NOW).state == CaseState.REFUSED


def test_what_the_rules_leave_open_waits_for_a_reviewer(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.AUTOMATIC)
    assert submitted().state == CaseState.SUBMITTED


def test_the_policy_of_the_submission_counts_at_review(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.MANUAL, four_eyes=True, version="old")
    case = claimed()
    procedure.policies = Policy(Way.AUTOMATIC, version="new")
    after = review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    assert (after.state, after.policy_version) == (CaseState.SUBMITTED, "old")


def test_an_approval_that_fails_leaves_nothing_behind(procedure: Recorded) -> None:
    procedure.policies, procedure.decision = Policy(Way.AUTOMATIC), Decision(True)
    procedure.failure = CaseNotDone(NotDone.FACTS_CHANGED)
    case = saved()
    submit = {"case": case.pk, "version": case.version, "by": who("principal")}
    assert why(services.case_submit, **submit) == NotDone.FACTS_CHANGED
    assert state(case) == CaseState.DRAFT
    assert acts(case) == ["begin", "save"]
    assert not Region.objects.filter(code__startswith="made-").exists()
    assert mails_to(MAIL) == []


@pytest.mark.parametrize("way", [Way.MANUAL, Way.AUTOMATIC])
def test_the_same_is_asked_for_in_one_open_case(way: Way, procedure: Recorded) -> None:
    first = submitted(matter="2026")
    other = saved(by="member", matter="2026")
    submit = {"case": other.pk, "version": 2, "by": who("member")}
    procedure.policies, procedure.decision = Policy(way), Decision(True)
    assert why(services.case_submit, **submit) == NotDone.ANOTHER_OPEN
    assert (state(other), acts(other), procedure.approvals) == (CaseState.DRAFT, ["begin", "save"], [])
    services.case_withdraw(case=first.pk, by=who("principal"), at=NOW)
    assert services.case_submit(**submit, at=NOW).state == (
        CaseState.SUBMITTED if way == Way.MANUAL else CaseState.APPROVED
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "approved", "queued_at": None},
        {"queued_at": None},
        {"state": "in_review"},
        {"claimed_by": "county", "claimed_at": NOW},
        {"state": "approved", "queued_at": None, "four_eyes": True, "decided_by": "county", "decided_at": NOW}
        | {"confirmed_by": "county"},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(changes: dict[str, object]) -> None:
    case = submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)


def test_a_kind_without_procedure_is_a_defect_that_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(procedures._PROCEDURES, CaseKind.OBJECTION)
    with pytest.raises(KeyError):
        procedure_of(CaseKind.OBJECTION)


def test_numbers_of_cases_are_read_as_typed() -> None:
    number = new_case_number()
    assert read_case_number(f" {grouped(number)} ") == number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for typed, code in ((wrong, "wrong_check_digit"), ("12", "wrong_length"), ("", "required"), ("x", "not_digits")):
        with pytest.raises(Misunderstood) as raised:
            read_case_number(typed)
        assert raised.value.code == code
