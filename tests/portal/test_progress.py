"""«办理进度查询» on the pages: the list, one case with its reasons, correcting, withdrawing (S3.18, S3.19)."""

from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from daftar.portal.cases import review_services, services
from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Decision, Policy
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.proxy.acting import CHOICE
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import CaseState, RefusalReason, Way
from daftar.terms.digits import to_persian
from tests.portal import world
from tests.portal.acting import told, words
from tests.portal.casework import (
    MAIL,
    MEMBER,
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
from tests.portal.following import client_of, progress, verified

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
LIST = "/en/progress/"


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    made = recorded(monkeypatch)
    verified()
    return made


def test_nothing_yet() -> None:
    assert "You have submitted nothing, and nobody has for you." in words(client_of("principal").get(LIST))
    assert "You have submitted nothing for 王小明." in words(client_of("principal", acting=True).get(LIST))


def test_what_waits_for_oneself_stands_first_and_names_whom_it_is_for() -> None:
    approved = claimed(person=world.RESIDENT)
    review_services.case_approve(case=approved.pk, by=who("county"), at=later(2))
    begun()
    text = words(client_of("principal").get(LIST))
    assert text.index("Waiting for you") < text.index("Draft") < text.index("All others") < text.index("Approved")
    assert "For 王小明" in text
    assert "For yourself" in text


def test_of_a_chosen_member_only_what_was_submitted_for_them() -> None:
    submitted(person=world.RESIDENT)
    mine = submitted()
    text = words(client_of("principal", acting=True).get(LIST))
    assert mine.number[4:9] in text
    assert "For yourself" not in text


def test_the_person_sees_what_others_submitted_for_them_and_no_draft() -> None:
    begun()
    member = client_of("member")
    assert "You have submitted nothing" in words(member.get(LIST))
    case = submitted()
    assert "For you, by 王伟" in words(member.get(LIST))
    text = words(member.get(progress(case)))
    assert "Submitted by 王伟" in text
    assert "王小明" not in text.partition("Submitted by")[0]


def test_a_case_that_came_back_says_why_and_leads_to_its_form() -> None:
    case = sent_back()
    page = client_of("principal", acting=True).get(progress(case))
    text = words(page)
    assert text.count("Material cannot be read") == 2  # what is to be done now, and in the timeline
    assert "第二页不清楚" in text
    assert f'href="/en/written/{case.pk}/"' in page.content.decode()
    assert "by the insurer" in text
    assert "county" not in text.partition("What was done")[2].partition("a form")[0]


def test_the_person_reads_what_came_back_and_only_who_wrote_it_corrects_it() -> None:
    case = sent_back()
    member = client_of("member")
    assert "Waiting for you" not in words(member.get(LIST))
    page = member.get(progress(case))
    text = words(page)
    assert text.count("Material cannot be read") == 2
    assert "王伟, who submitted it for you, can correct it and submit it again." in text
    assert "Correct it" not in text
    assert "/written/" not in page.content.decode()
    assert "Withdraw this case" in text


def test_a_refusal_is_read_with_its_reasons_and_what_can_be_done() -> None:
    case = claimed()
    note = "<script>alert(1)</script>"
    reasons = [RefusalReason.INSURED_ELSEWHERE]
    review_services.case_refuse(case=case.pk, reasons=reasons, note=note, by=who("county"), at=later(2))
    page = client_of("principal").get(progress(case))
    assert "Already insured elsewhere" in words(page)
    assert "call 12393" in words(page)
    assert "written" not in page.content.decode()
    assert note not in page.content.decode()
    assert "Withdraw this case" not in words(page)


def test_what_the_rules_decided_is_said_with_their_reasons(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.AUTOMATIC, version="1")
    procedure.decision = Decision(approved=False, reasons=("already_enrolled",))
    text = words(client_of("principal").get(progress(submitted())))
    assert "An insurance relationship holds on the first day" in text
    assert "by the rules" in text


@pytest.mark.parametrize("made", [saved, submitted, claimed, sent_back])
def test_withdrawing_asks_once_more_and_is_done_once(made: object) -> None:
    case = made()
    client = client_of("principal", acting=True)
    asked = words(client.get(progress(case, act="withdraw/")))
    assert ("Discard this draft?" if made is saved else "Withdraw this case?") in asked
    assert state(case) != CaseState.WITHDRAWN
    for _ in range(2):
        answer = client.post(progress(case, act="withdraw/"))
        assert answer.url == progress(case)
    assert state(case) == CaseState.WITHDRAWN
    assert "Nothing more happens with it" in words(client.get(progress(case)))
    assert client.get(progress(case, act="withdraw/")).url == progress(case)
    assert (case.number in client.get(LIST).content.decode()) == (made is not saved)


def test_a_decision_that_was_faster_than_withdrawing_is_told() -> None:
    case = claimed()
    review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    answer = client_of("principal").post(progress(case, act="withdraw/"))
    assert answer.status_code == 409
    assert "the case has moved on" in words(answer)
    assert "Approved" in words(answer)


def test_the_person_withdraws_what_another_submitted_for_them() -> None:
    case = submitted()
    assert client_of("member").post(progress(case, act="withdraw/")).status_code == 302
    assert state(case) == CaseState.WITHDRAWN
    text = words(client_of("principal").get(progress(case)))
    assert "王小明" in text.partition("What was done")[2]


def test_after_the_binding_the_case_is_read_and_not_changed() -> None:
    case = sent_back()
    ProxyBinding.objects.update(ended_at=datetime.now(UTC), ended="by_member")
    client = client_of("principal")
    page = client.get(progress(case))
    assert "You do not act for this person any more" in words(page)
    assert "/written/" not in page.content.decode()
    assert client.get(progress(case, act="withdraw/")).url == progress(case)
    assert client.post(progress(case, act="withdraw/")).status_code == 409
    assert state(case) == CaseState.SENT_BACK


def test_acting_for_a_member_ones_own_case_wants_the_switch_first() -> None:
    case = submitted(person=world.RESIDENT)
    client = client_of("principal", acting=True)
    for answer in (client.get(progress(case)), client.post(progress(case, act="withdraw/"))):
        assert answer.status_code == 409
        assert "This case is for somebody else" in words(answer)
    assert state(case) == CaseState.SUBMITTED
    client.post("/en/proxies/whom/", {"whom": "oneself", "next": progress(case)})
    assert client.get(progress(case)).status_code == 200


def test_for_everybody_else_there_is_no_such_case() -> None:
    case = submitted()
    for act in ("", "withdraw/"):
        assert client_of("stranger").get(progress(case, act=act)).status_code == 404
        assert client_of("stranger").post(progress(case, act=act)).status_code == 404
        assert Client().get(progress(case, act=act)).status_code == 302
        assert client_of("county").get(progress(case, act=act)).status_code == 403


def test_a_case_is_found_by_its_number_as_typed() -> None:
    case, client = submitted(), client_of("principal")
    grouped = f"{case.number[:4]}-{case.number[4:9]} {case.number[9:]}"
    for typed in (case.number, grouped, to_persian(grouped)):
        assert client.post(LIST, {"number": typed}).url == progress(case)
    wrong = case.number[:-1] + str((int(case.number[-1]) + 1) % 10)
    for number in ("", "1", wrong, "<script>", "9" * 500):
        assert client.post(LIST, {"number": number}).status_code == 422
    unknown = "00000000000000"
    text = "You have no case with this number."
    assert text in words(client.post(LIST, {"number": unknown}))
    assert text in words(client_of("stranger").post(LIST, {"number": case.number}))


def test_each_look_is_on_record_with_both_persons() -> None:
    case = submitted()
    client = client_of("principal", acting=True)
    client.get(LIST)
    client.get(progress(case))
    listed, shown = told(world.key_of(MEMBER))[-2:]
    assert (listed.mode, listed.outcome, listed.ground) == ("progress", "shown", "proxy")
    assert (shown.mode, shown.shown, shown.reference) == ("case_enrolment", "case", case.number)
    assert {listed.acting_for, shown.acting_for} == {world.key_of(world.RESIDENT)}


def test_the_mail_of_a_change_leads_to_the_case_in_any_language() -> None:
    case = sent_back()
    mail = next(each.message for each in newest_messages() if each.message.to == MAIL)
    address = urlsplit(mail.text.split()[-1]).path
    assert address == f"/progress/{case.number}/"
    client = client_of("principal")
    found = client.get(address, headers={"accept-language": "fa"})
    assert found.url == progress(case, language="fa")
    assert "بازگردانده شده" in words(client.get(found.url))


def test_who_is_not_verified_is_asked_to_be() -> None:
    case = submitted()
    account = who("principal")
    account.verified_at = None
    account.verified_by = ""
    account.save()
    assert client_of("principal").get(progress(case)).url == "/en/accounts/identity/"


def test_a_kind_that_no_app_handles_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted()
    monkeypatch.setattr("daftar.portal.cases.procedures._PROCEDURES", {})
    assert client_of("principal").get(progress(case)).status_code == 200


@pytest.mark.urls("tests.portal.material_wizard")
def test_after_submitting_the_number_and_what_comes_next(procedure: Recorded) -> None:
    client, case = client_of("principal"), submitted()
    page = client.get(f"/en/wizard/{case.number}/submitted/")
    text = words(page)
    assert "Submitted successfully" in text
    assert f"{case.number[:4]}-{case.number[4:9]}-{case.number[9:]}" in text
    assert f'data-copy="{case.number}"' in page.content.decode()
    assert "Somebody of the insurer looks at it." in text
    assert "More" in text
    services.case_withdraw(case=case.pk, by=who("principal"), at=later(1))
    procedure.policies = Policy(Way.AUTOMATIC, version="1")
    procedure.decision = Decision(approved=False, reasons=("already_enrolled",))
    refused = words(client.get(f"/en/wizard/{submitted().number}/submitted/"))
    assert "It was decided at once by the rules." in refused
    assert "An insurance relationship holds on the first day" in refused
    assert Case.objects.filter(state=CaseState.REFUSED).count() == 1


@pytest.mark.urls("tests.portal.material_wizard")
@pytest.mark.parametrize("approved", [True, False])
def test_what_a_reviewer_decided_is_not_said_to_be_decided_by_the_rules(approved: bool) -> None:
    case = claimed()
    if approved:
        review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    else:
        reasons = [RefusalReason.INSURED_ELSEWHERE]
        review_services.case_refuse(case=case.pk, reasons=reasons, note="请先停保", by=who("county"), at=later(2))
    page = client_of("principal").get(f"/en/wizard/{case.number}/submitted/")
    text = words(page)
    assert "by the rules" not in text
    assert "Somebody of the insurer has decided it." in text
    assert ("请先停保" in text) is not approved
    assert f'href="{progress(case)}"' in page.content.decode()


@pytest.mark.urls("tests.portal.material_wizard")
@pytest.mark.parametrize(("moved", "says"), [("sent_back", "waits to be corrected"), ("withdrawn", "Nothing more")])
def test_nobody_is_said_to_look_at_what_nobody_looks_at(moved: str, says: str) -> None:
    """The page of the submission, opened again later."""
    case = sent_back()
    if moved == "withdrawn":
        services.case_withdraw(case=case.pk, by=who("principal"), at=later(3))
    text = words(client_of("principal").get(f"/en/wizard/{case.number}/submitted/"))
    assert says in text
    assert "looks at it" not in text
    assert "Submitted successfully" not in text


@pytest.mark.parametrize("made", [saved, sent_back])
def test_going_on_with_a_members_case_is_acting_for_the_member(made: object) -> None:
    case, client = made(), client_of("principal")
    page = client.get(progress(case)).content.decode()
    written, binding = f"/en/written/{case.pk}/", str(ProxyBinding.objects.get().pk)
    assert f'name="next" value="{written}"' in page
    assert f'name="whom" value="{binding}"' in page
    assert client.post("/en/proxies/whom/", {"whom": binding, "next": written}).url == written
    assert client.session[CHOICE] == binding


def test_ones_own_draft_opens_where_it_is_written() -> None:
    case = saved(person=world.RESIDENT)
    page = client_of("principal").get(progress(case)).content.decode()
    assert f'href="/en/written/{case.pk}/"' in page


@pytest.mark.parametrize("number", ["%00", "1", "1" * 15, "1234-56789-01234", "۱" * 14])
def test_what_is_no_case_number_is_no_address(number: str) -> None:
    with override("en"):
        assert resolve(f"/en/progress/{'1' * 14}/").view_name == "progress:case"
        with pytest.raises(Resolver404):
            resolve(unquote(f"/en/progress/{number}/"))
