"""Writing in the entitlement room: asking for an organisation, own entitlement, evidence, the chosen payer."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar import coverage
from daftar.answers import Answer, Entry, Question
from daftar.disclosure import own_entitlement
from daftar.disclosure.admissions import Choice, record_choice
from daftar.disclosure.agreements import ELIGIBILITY
from daftar.disclosure.own_entitlement import OwnEntitlement, Refused
from daftar.portal.entitlement.models import Evidence
from daftar.portal.journal.services import (
    TRACKING,
    WRITER,
    count_answer,
    looks_record,
    question_ask,
    raw_connection,
)
from daftar.portal.organisations.selectors import charges_of, organisation_named
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Channel, EvidenceKind, Ground, Setting
from daftar.terms.periods import Period, check_service_day


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for an organisation: its code and the account's name."""

    organisation: str
    account: str


@transaction.atomic
def inquiry_ask(*, identifier: Identifier, service_day: date, setting: Setting, by: Asker, at: datetime) -> Answer:
    """Ask in general mode for an organisation with an agreement (S2.7).

    Raises Misunderstood `service_day_out_of_range`, QuotaUsedUp.
    """
    jurisdiction = jurisdiction_of(identifier.type)
    today = jurisdiction.today(at)
    question = Question(
        key=settings.SECRETS.key(identifier.type, identifier.number),
        service_day=check_service_day(service_day, today),
        jurisdiction=jurisdiction.code,
        channel=Channel.WEB,
        ground=Ground.AGREEMENT,
        setting=setting,
        organisation=by.organisation,
        account=by.account,
        purpose=ELIGIBILITY,
        charges=charges_of(organisation_named(by.organisation), ELIGIBILITY, today),
    )
    return question_ask(question, at=at)


@transaction.atomic
def own_entitlement_start(
    *, identifier: Identifier, mobile: Mobile, network_address: str, language: str, at: datetime
) -> UUID | Refused:
    """Send a one-time code when identifier and mobile match (S2.8); what was counted stays counted."""
    return own_entitlement.start(
        raw_connection(),
        settings.SECRETS,
        identifier=identifier,
        mobile=mobile,
        network_address=network_address,
        language=language,
        at=at,
    )


@transaction.atomic
def own_entitlement_confirm(*, challenge: UUID, code: str, at: datetime) -> OwnEntitlement | Refused:
    """Answer whoever types the one-time code back (S2.8)."""
    began = time.perf_counter()
    told = own_entitlement.confirm(
        raw_connection(),
        settings.SECRETS,
        challenge=challenge,
        code=code,
        channel=Channel.WEB,
        at=at,
        writer=WRITER,
        tracking=TRACKING,
    )
    if isinstance(told, OwnEntitlement):
        count_answer(Channel.WEB, told.answer, began)
    return told


@transaction.atomic
def evidence_record(
    *, key: UUID, kind: EvidenceKind, valid_from: date, valid_until: date | None, office: str, by: str, at: datetime
) -> None:
    """Record a paper that an office has seen, and rebuild the person's spans at once (S2.13 b).

    `by` is the account's name. Raises Misunderstood `period_reversed`.
    """
    Period(valid_from, valid_until)
    Evidence.objects.update_or_create(
        key=key,
        kind=str(kind),
        valid_from=valid_from,
        defaults={
            "valid_until": valid_until,
            "source": "counter",
            "office": office,
            "recorded_at": at,
            "withdrawn": False,
        },
    )
    entry = Entry(
        channel=Channel.COUNTER,
        mode="paper_recorded",
        key=Key(key),
        outcome="recorded",
        reason=str(kind),
        ground=Ground.DUTY,
        shown="evidence",
        account=by,
        office=office or None,
        period_from=valid_from,
        period_to=valid_until,
    )
    looks_record([entry], at=at)
    coverage.rebuild(raw_connection(), [Key(key)], at=at)


@transaction.atomic
def admission_record(*, inquiry: int, reference: str, payer: str, by: Asker, at: datetime) -> bool:
    """Record the payer that a hospital chose (S2.5); False when another choice stands already."""
    choice = Choice(inquiry, reference, payer, by.organisation, by.account, Channel.WEB)
    return record_choice(raw_connection(), choice, at=at, writer=WRITER, tracking=TRACKING) is not None
