"""A case that was sent back to somebody who may act no more blocks nobody: another submission replaces it (S3.11)."""

import threading
from datetime import date

import pytest
from django.db import connections

from daftar.portal.accounts.models import Account
from daftar.portal.cases import review_services, services
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.procedures import Decision, Policy
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.services import choice_set
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import CaseState, NotDone, SendBackReason, Way
from tests.portal import world
from tests.portal.acting import told, words
from tests.portal.casework import (
    MAIL,
    MEMBER,
    NOW,
    STRANGER,
    Recorded,
    claimed,
    later,
    recorded,
    saved,
    state,
    submitted,
    who,
)
from tests.portal.following import client_of, progress, verified
from tests.portal.signing_up import mails_to

YEAR = {"matter": "year-2026"}


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def back(**options: str) -> Case:
    """The year's enrolment of the member, sent back to be corrected."""
    case = review_services.case_claim(case=submitted(**YEAR, **options).pk, by=who("county"), at=later(1))
    return review_services.case_send_back(
        case=case.pk, reasons=[SendBackReason.DATA_DIFFER], note="", by=who("county"), at=later(2)
    )


def binding_over() -> None:
    """The member has ended it."""
    ProxyBinding.objects.update(ended_at=later(3), ended="by_member")


def applicant_dead() -> None:
    """The registry knows that the principal has died."""
    Person.objects.filter(key=world.key_of(world.RESIDENT)).update(death_date=date(2026, 11, 1))


def account_closed() -> None:
    """The principal proved to be somebody else, and nobody has their account now."""
    Account.objects.filter(user="principal").update(is_active=False, person_key=None)


def switched_off() -> None:
    """The principal's account was switched off."""
    Account.objects.filter(user="principal").update(is_active=False)


def another_principal() -> None:
    """Somebody else acts for the member now."""
    ProxyBinding.objects.create(
        principal=world.key_of(STRANGER),
        member=world.key_of(MEMBER),
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=NOW,
        bound_at=NOW,
        sealed=b"",
    )


def anew(by: str, person: tuple[str, str, str] = MEMBER) -> Case:
    """The same asked for by another."""
    case = saved(person, by=by, **YEAR)
    return services.case_submit(case=case.pk, version=case.version, by=who(by), at=later(4))


@pytest.mark.parametrize("over", [binding_over, applicant_dead, account_closed, switched_off])
@pytest.mark.parametrize("by", ["member", "stranger"])
def test_who_may_act_now_takes_the_place_of_who_may_act_no_more(over: object, by: str) -> None:
    """The person themself, or the next one who acts for them."""
    stuck = back()
    over()
    another_principal()
    assert anew(by).state == CaseState.SUBMITTED
    assert state(stuck) == CaseState.WITHDRAWN
    last = CaseStep.objects.filter(case=stuck).latest("id")
    assert (last.act, last.state, last.by) == ("replace", "withdrawn", by)
    row = next(row for row in told(world.key_of(MEMBER)) if row.outcome == "replace")
    acting = None if by == "member" else world.key_of(STRANGER)
    assert (row.reference, row.account, row.acting_for) == (stuck.number, by, acting)


def test_while_they_may_still_correct_it_it_stands() -> None:
    stuck = back()
    another_principal()
    for by in ("member", "stranger"):
        with pytest.raises(CaseNotDone) as raised:
            anew(by)
        assert raised.value.why == NotDone.ANOTHER_OPEN
    assert state(stuck) == CaseState.SENT_BACK
    assert services.case_withdraw(case=stuck.pk, by=who("principal"), at=later(5)).state == CaseState.WITHDRAWN


@pytest.mark.parametrize("standing", [submitted, claimed])
def test_what_a_reviewer_is_to_decide_is_not_replaced(standing: object) -> None:
    """It is decided whatever became of the binding."""
    waiting = standing(**YEAR)
    binding_over()
    with pytest.raises(CaseNotDone) as raised:
        anew("member")
    assert raised.value.why == NotDone.ANOTHER_OPEN
    assert state(waiting) == waiting.state


def test_a_case_of_another_year_stays_and_one_without_a_matter_replaces_nothing() -> None:
    stuck = back()
    binding_over()
    for matter in ("year-2027", ""):
        case = saved(by="member", matter=matter)
        services.case_submit(case=case.pk, version=case.version, by=who("member"), at=later(4))
    assert state(stuck) == CaseState.SENT_BACK


def test_ones_own_case_whose_account_is_closed_gives_way_to_a_principal() -> None:
    stuck = back(by="member")
    Account.objects.filter(user="member").update(is_active=False, person_key=None)
    assert anew("principal").state == CaseState.SUBMITTED
    assert state(stuck) == CaseState.WITHDRAWN


def test_a_submission_that_is_not_done_replaces_nothing(procedure: Recorded) -> None:
    stuck = back()
    binding_over()
    procedure.policies, procedure.decision = Policy(Way.AUTOMATIC), Decision(True)
    procedure.failure = CaseNotDone(NotDone.FACTS_CHANGED)
    with pytest.raises(CaseNotDone):
        anew("member")
    assert state(stuck) == CaseState.SENT_BACK
    procedure.failure = None
    assert anew("member").state == CaseState.APPROVED
    assert state(stuck) == CaseState.WITHDRAWN


def test_of_two_submissions_at_once_one_takes_the_place() -> None:
    stuck, got = back(), []
    binding_over()
    another_principal()
    cases = {by: saved(by=by, **YEAR) for by in ("member", "stranger")}
    ready = threading.Barrier(2)

    def submit(by: str) -> None:
        ready.wait()
        try:
            case = cases[by]
            got.append(services.case_submit(case=case.pk, version=case.version, by=who(by), at=later(4)).state)
        except CaseNotDone as error:
            got.append(error.why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=[by]) for by in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ["another_open", "submitted"]
    assert CaseStep.objects.filter(case=stuck, act="replace").count() == 1


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_both_are_told_and_their_pages_say_what_can_be_done() -> None:
    choice_set(world.key_of(MEMBER), channel=NoticeChannel.MAIL, mail="xiaoming@example.cn", language="zh")
    verified()
    stuck = back()
    assert mails_to(MAIL)[0] == "Daftar：请补正"
    assert mails_to("xiaoming@example.cn")[0] == "Daftar：事项已退回"
    person, ended = client_of("member"), client_of("principal")
    assert "can correct it and submit it again." in words(person.get(progress(stuck)))
    binding_over()
    assert "cannot correct it any more" in words(person.get(progress(stuck)))
    theirs = words(ended.get(progress(stuck)))
    assert "that takes the place of this case" in theirs
    assert "Correct this and submit it again." not in theirs
    assert "Waiting for you" not in words(ended.get("/en/progress/"))
    anew("member")
    assert mails_to(MAIL)[0] == "Daftar：已由新的申报取代"
    assert "Daftar：已由新的申报取代" in mails_to("xiaoming@example.cn")
    page = words(ended.get(progress(stuck)))
    assert "Another submission for the same person has taken its place" in page
    assert "Replaced by a new submission" in page
    assert "by the insurer" not in page.partition("Replaced by a new submission")[2][:120]
