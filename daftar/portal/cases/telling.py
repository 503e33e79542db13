"""Telling the two persons of a case what was done to it, each in the words that fit them (S3.18)."""

from datetime import datetime
from uuid import UUID

from daftar.portal.accounts.identity import mobile_of
from daftar.portal.cases.addresses import progress_address
from daftar.portal.cases.models import Case
from daftar.portal.cases.powers import applicant_may
from daftar.portal.notices.services import notify, sms_put
from daftar.terms.cases import CaseAct
from daftar.terms.jurisdictions import jurisdictions

TOLD = {
    CaseAct.SUBMIT: "case_submitted",
    CaseAct.APPROVE: "case_approved",
    CaseAct.SEND_BACK: "case_sent_back",
    CaseAct.REFUSE: "case_refused",
    CaseAct.WITHDRAW: "case_withdrawn",
    CaseAct.REPLACE: "case_replaced",
}
"""Notices to the applicant and the person; who holds a case meanwhile is on the progress page and not worth an SMS."""

TO_THE_PERSON, TO_NOBODY = "case_sent_back_for_you", "case_sent_back_stuck"
"""What was sent back only its applicant corrects: its person reads who can, and both when nobody can any more."""


def tell(case: Case, act: CaseAct, at: datetime) -> None:
    """Tell both persons; who has no account and has a case in their name, by the mobile that the registry holds."""
    values = {"number": case.number, "address": progress_address(case)}
    codes = _codes(case, act, at)
    reached = {person: notify(person, code, at=at, **values) for person, code in codes.items()}
    if reached[case.person] or not case.acting_for or case.submitted_at is None:  # a draft is its writer's alone
        return
    mobile = mobile_of(case.person)
    if mobile:
        language = jurisdictions()[case.jurisdiction].language
        sms_put(mobile, codes[case.person], language=language, at=at, **values)


def _codes(case: Case, act: CaseAct, at: datetime) -> dict[UUID, str]:
    """The text for each of the two; one for who is both."""
    if act != CaseAct.SEND_BACK:
        return dict.fromkeys((case.applicant, case.person), TOLD[act])
    if not applicant_may(case, at):
        return dict.fromkeys((case.applicant, case.person), TO_NOBODY)
    return {case.person: TO_THE_PERSON, case.applicant: TOLD[act]}
