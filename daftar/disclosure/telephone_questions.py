"""The questions that a telephone may ask, by SMS and by USSD alike: of today and of outpatient care (S2.7, S2.8)."""

from datetime import datetime

from daftar.answers import Question
from daftar.disclosure.applicant import Applicant
from daftar.disclosure.meant import Candidate
from daftar.disclosure.senders import RegisteredProvider
from daftar.store.keys import MobileKey
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.outcomes import Channel, Ground, Mode


def specific_question(applicant: Applicant, meant: Candidate, channel: Channel, at: datetime) -> Question:
    """About the one whose mobile it is, or for whom they may ask; the journal names both (S2.8 decision)."""
    jurisdiction = jurisdiction_of(meant.identifier.type)
    return Question(
        key=meant.key,
        service_day=jurisdiction.today(at),
        jurisdiction=jurisdiction.code,
        channel=channel,
        ground=applicant.ground,
        mode=Mode.SPECIFIC,
        acting_for=applicant.key if applicant.key != meant.key else None,
    )


def general_question(
    provider: RegisteredProvider, mobile: MobileKey, meant: Candidate, channel: Channel, at: datetime
) -> Question:
    """Of a provider, within the quotas of its agreements (S2.7, S2.19)."""
    jurisdiction = jurisdiction_of(meant.identifier.type)
    today = jurisdiction.today(at)
    return Question(
        key=meant.key,
        service_day=today,
        jurisdiction=jurisdiction.code,
        channel=channel,
        ground=Ground.AGREEMENT,
        organisation=provider.organisation,
        account=f"mobile:{mobile.hex}",
        charges=provider.charges(today),
    )
