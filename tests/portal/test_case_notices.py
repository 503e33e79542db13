"""Who is told of a case: the applicant as they chose, its person also without an account (S3.18)."""

from datetime import date

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.cases import review_services, services
from daftar.portal.cases.models import Case
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.notices.services import choice_forget, choice_set
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import SendBackReason
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.casework import (
    MAIL,
    Recorded,
    begun,
    claimed,
    later,
    recorded,
    submitted,
    who,
)
from tests.portal.signing_up import mails_to

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
ELDER = ("cn-resident-id", world.cn_id(4, date(1950, 1, 1)), "13800000044")
MOBILE = "+8613800000044"


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """The principal acts for a member who has a mobile in the registry, and no account."""
    made = recorded(monkeypatch)
    world.person(ELDER, "奶奶", "王", date(1950, 1, 1), "female", jurisdiction="cn")
    ProxyBinding.objects.update(member=world.key_of(ELDER))
    return made


def texts() -> list[str]:
    """What was sent to the member's mobile, the oldest first."""
    return [each.message.text for each in reversed(newest_messages()) if each.message.to == MOBILE]


def said(code: str, case: Case) -> str:
    """The SMS of a code about a case."""
    return text(f"sms.{code}", "zh", number=case.number)


def test_who_has_no_account_is_told_by_sms_of_a_case_in_their_name() -> None:
    case = claimed(person=ELDER)
    assert texts() == [said("case_submitted", case)]
    review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    assert texts() == [said("case_submitted", case), said("case_approved", case)]
    assert len(mails_to(MAIL)) == 2


def test_who_chose_how_to_be_told_is_told_so_and_no_second_time() -> None:
    choice_set(world.key_of(ELDER), channel=NoticeChannel.MAIL, mail="nainai@example.cn", language="zh")
    submitted(ELDER)
    assert mails_to("nainai@example.cn") == ["Daftar：申报成功"]
    assert texts() == []


def test_where_the_registry_holds_no_mobile_only_the_applicant_is_told() -> None:
    case = claimed(person=ELDER)
    Person.objects.filter(key=world.key_of(ELDER)).update(withdrawn=True)
    review_services.case_approve(case=case.pk, by=who("county"), at=later(2))
    assert texts() == [said("case_submitted", case)]
    assert mails_to(MAIL) == ["Daftar：审核通过", "Daftar：申报成功"]


def test_nobody_but_its_writer_is_told_of_a_draft() -> None:
    draft = begun(ELDER)
    services.case_withdraw(case=draft.pk, by=who("principal"), at=later(1))
    assert texts() == []


def test_an_applicant_is_told_as_they_chose_and_not_at_a_mobile_of_the_registry() -> None:
    """The fallback is for those in whose name others act."""
    choice_forget(world.key_of(world.RESIDENT))
    before = len(newest_messages())
    case = submitted(world.RESIDENT)
    assert case.applicant == case.person
    assert len(newest_messages()) == before


def test_who_submitted_it_is_to_correct_it_and_its_person_reads_who_can() -> None:
    """Only the applicant can correct what was sent back."""
    case = claimed(person=ELDER)
    back(case)
    assert texts()[-1] == said("case_sent_back_for_you", case)
    assert mails_to(MAIL)[0] == "Daftar：请补正"


def test_of_ones_own_case_there_is_one_notice_that_says_to_correct_it() -> None:
    choice_set(world.key_of(ELDER), channel=NoticeChannel.MAIL, mail="nainai@example.cn", language="zh")
    Account.objects.filter(user="member").update(person_key=world.key_of(ELDER))
    case = review_services.case_claim(case=submitted(ELDER, by="member").pk, by=who("county"), at=later(1))
    back(case)
    assert mails_to("nainai@example.cn")[0] == "Daftar：请补正"
    assert texts() == []


def test_where_nobody_can_correct_it_any_more_both_are_told_so() -> None:
    case = claimed(person=ELDER)
    ProxyBinding.objects.update(ended_at=later(1), ended="by_member")
    back(case)
    assert texts()[-1] == said("case_sent_back_stuck", case)
    assert mails_to(MAIL)[0] == "Daftar：事项已退回"


def back(case: Case) -> None:
    """Sent back with a reason."""
    reasons = [SendBackReason.DATA_DIFFER]
    review_services.case_send_back(case=case.pk, reasons=reasons, note="", by=who("county"), at=later(2))
