"""Affiliation inquiries as sent and as told (contracts §3). An absent key is not permitted to the asker."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypedDict

import msgspec

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.gate.rest.subjects import Subject
from daftar.terms.texts import text


class PeriodSent(msgspec.Struct, forbid_unknown_fields=True):
    """The period asked about: both days or neither (S1.11)."""

    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class ReferenceSent(msgspec.Struct, forbid_unknown_fields=True):
    """Number and date of the asker's letter; judicial and quasi-judicial organisations must name it (S1.19)."""

    number: str | None = None
    date: str | None = None


class AffiliationInquiry(msgspec.Struct, forbid_unknown_fields=True):
    """One question as sent: is the person affiliated today, or were they in the period?"""

    subject: Subject
    period: PeriodSent | None = None
    reference: ReferenceSent | None = None


class PeriodTold(msgspec.Struct):
    """The period that was asked about."""

    from_: date = msgspec.field(name="from")
    to: date


class PersonTold(TypedDict, total=False):
    """The person, or their main insured; null where the registry holds no value."""

    given_name: str | None
    family_name: str | None
    father_name: str | None
    id_booklet_no: str | None
    number: str | None
    birth_date: date | None
    insurance_number: str | None


class SpellTold(TypedDict, total=False):
    """One stretch of affiliation; `ends` null is open."""

    relation_type: str
    kind: str | None
    kinship: str | None
    insurance_type: str | None
    office: str | None
    office_name: str | None
    workshop_number: str | None
    workshop_name: str | None
    pensioner_number: str | None
    starts: date
    ends: date | None


class WorkplaceTold(TypedDict, total=False):
    """Where the person, or their main insured, works."""

    workshop_name: str | None
    workshop_address: str | None
    workshop_phone: str | None
    employer_name: str | None


class ContactTold(TypedDict, total=False):
    """Residence, telephone and workplaces: for judicial and quasi-judicial organisations, in state 4 (S1.19)."""

    residence_address: str | None
    phone: str | None
    mobile: str | None
    workplaces: list[WorkplaceTold]


class AffiliationTold(msgspec.Struct, omit_defaults=True):
    """One of four outcomes with the guide's sentence, and what the asker may see (S1.12-S1.20)."""

    tracking_code: str
    outcome: str
    text: str
    answered_at: datetime
    organisation: str
    period: PeriodTold | None = None
    person: PersonTold | None = None
    spells: list[SpellTold] | None = None
    main_insured: PersonTold | None = None
    contact: ContactTold | None = None


def told(answer: AffiliationAnswer, organisation: str, language: str) -> AffiliationTold:
    """The answer in the words of the contract."""
    period = None
    if answer.period_from and answer.period_to:
        period = PeriodTold(answer.period_from, answer.period_to)
    return AffiliationTold(
        tracking_code=answer.tracking_code,
        outcome=answer.outcome,
        text=text(f"outcome.{answer.outcome}", language),
        answered_at=answer.asked_at.astimezone(UTC),
        organisation=organisation,
        period=period,
        person=_as(answer.person),
        spells=None if answer.spells is None else [_as(each) for each in answer.spells],
        main_insured=_as(answer.main_insured),
        contact=_as(answer.contact),
    )


def _as(fields: Mapping[str, Any] | None) -> Any:
    """Fields that the who-sees-what table has let through, as they are."""
    return fields
