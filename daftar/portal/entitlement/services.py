"""Writing in the entitlement room: asking for an organisation, own entitlement, evidence, the chosen payer."""

import hashlib
import time
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from daftar import coverage
from daftar.answers import Answer, Entry, IdempotencyKey, Question
from daftar.coverage.past import paper_known_since
from daftar.disclosure import admissions, own_entitlement
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
from daftar.terms.probe import NUMBER, PROBE


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for an organisation: its code and the account's name."""

    organisation: str
    account: str


@transaction.atomic
def inquiry_ask(
    *,
    identifier: Identifier,
    service_day: date,
    setting: Setting,
    by: Asker,
    at: datetime,
    channel: Channel = Channel.WEB,
    once: str = "",
) -> Answer:
    """Ask in general mode for an organisation with an agreement (S2.7).

    The same person asked about again by the same account and with the same `once`, the asker's own mark of the
    question, gets the first answer: who did not hear it may repeat.
    Raises Misunderstood `service_day_out_of_range`, QuotaUsedUp, PermissionDenied.
    """
    if by.organisation == PROBE and (identifier.type, identifier.number) != NUMBER:
        raise PermissionDenied  # who got hold of a session of the probe learns nothing about anybody
    jurisdiction = jurisdiction_of(identifier.type)
    today = jurisdiction.today(at)
    key = settings.SECRETS.key(identifier.type, identifier.number)
    question = Question(
        key=key,
        service_day=check_service_day(service_day, today),
        jurisdiction=jurisdiction.code,
        channel=channel,
        ground=Ground.AGREEMENT,
        setting=setting,
        organisation=by.organisation,
        account=by.account,
        purpose=ELIGIBILITY,
        idempotency=_mark(once, key, service_day, by) if once else None,
        charges=charges_of(organisation_named(by.organisation), ELIGIBILITY, today),
    )
    return question_ask(question, at=at)


def _mark(once: str, key: Key, day: date, by: Asker) -> IdempotencyKey:
    """The mark of one question: about somebody else, or another day, the same word is another mark."""
    marked = f"account {once} {key} {day}".encode()
    digest = UUID(bytes=hashlib.blake2b(marked, digest_size=16).digest())
    return IdempotencyKey(by.account, digest, digest)


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
def own_entitlement_confirm(
    *, challenge: UUID, code: str, at: datetime, channel: Channel = Channel.WEB
) -> OwnEntitlement | Refused:
    """Answer whoever types the one-time code back (S2.8)."""
    began = time.perf_counter()
    told = own_entitlement.confirm(
        raw_connection(),
        settings.SECRETS,
        challenge=challenge,
        code=code,
        channel=channel,
        at=at,
        writer=WRITER,
        tracking=TRACKING,
    )
    if isinstance(told, OwnEntitlement):
        count_answer(channel, told.answer, began)
    return told


@transaction.atomic
def evidence_record(
    *, key: UUID, kind: EvidenceKind, valid_from: date, valid_until: date | None, office: str, by: str, at: datetime
) -> None:
    """Record a paper that an office has seen, and rebuild the person's spans at once (S2.13 b).

    `by` is the account's name. Raises Misunderstood `period_reversed`.
    """
    Period(valid_from, valid_until)
    source = "counter"
    since = paper_known_since(raw_connection(), key, kind, valid_from, valid_until=valid_until, source=source, at=at)
    Evidence.objects.update_or_create(
        key=key,
        kind=str(kind),
        valid_from=valid_from,
        defaults={
            "valid_until": valid_until,
            "source": source,
            "office": office,
            "recorded_at": at,
            "withdrawn": False,
            "known_since": since,
        },
    )
    coverage.rebuild(raw_connection(), [Key(key)], at=at)  # persons are locked before the journal's writer
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


@transaction.atomic
def admission_record(
    *, inquiry: int, reference: str, payer: str, by: Asker, at: datetime
) -> datetime | admissions.NotRecorded:
    """Record the payer that a hospital chose (S2.5); when it was recorded first, or why it was not."""
    choice = admissions.Choice(inquiry, reference, payer, by.organisation, by.account, Channel.WEB)
    return admissions.record_choice(raw_connection(), choice, at=at, writer=WRITER, tracking=TRACKING)
