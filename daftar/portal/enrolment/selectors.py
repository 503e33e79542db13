"""Reading what somebody is enrolled in (S3.20). Who calls this journals it in the same transaction."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from daftar.answers import Answer
from daftar.portal.affiliation.models import Affiliation, Contribution
from daftar.portal.enrolment.filled import INSURANCE_TYPE
from daftar.portal.enrolment.shown import pooling_region_name
from daftar.rules.regions import law_of
from daftar.store.sealing import open_fields
from daftar.terms.outcomes import Kind, Status

COUNTS_AS_PAID = "resident/enrolment_counts_as_paid"


class InsuranceState(StrEnum):
    """参保状态, of a day."""

    AHEAD = "ahead"  # 未生效: its first day is still to come
    NORMAL = "normal"  # 正常: in force, and the person is covered
    SUSPENDED = "suspended"  # 暂停: in force, and the person is not covered
    ENDED = "ended"  # 终止


@dataclass(frozen=True, slots=True)
class Paid:
    """缴费状态: until which month or of which year it is paid; `by_enrolment`: the enrolment stands for it."""

    month: date | None = None
    year: int | None = None
    by_enrolment: bool = False


@dataclass(frozen=True, slots=True)
class Insurance:
    """One spell as its person reads it."""

    row: Affiliation
    insurance_type: str
    pooling_region: str
    unit: str
    state: InsuranceState
    paid: Paid


def insurances_of(person: UUID, jurisdiction: str, answer: Answer, today: date) -> list[Insurance]:
    """All spells of a person, the newest first; `answer` says whether they are covered today."""
    rows = Affiliation.objects.filter(key=person, withdrawn=False).order_by("-starts", "affiliation_id")
    months = Contribution.objects.filter(key=person, withdrawn=False, days__gt=0)
    paid = dict(months.values_list("kind").annotate(Max("month")).order_by())
    return [_insurance(row, jurisdiction, answer, paid.get(row.kind), today) for row in rows]


def _insurance(row: Affiliation, jurisdiction: str, answer: Answer, paid: date | None, today: date) -> Insurance:
    known = open_fields(settings.SECRETS, "affiliation", bytes(row.sealed)) if row.sealed else {}
    unit = known.get("unit_name") or known.get("employer_name") or known.get("workshop_name", "")
    return Insurance(
        row,
        row.insurance_type or (INSURANCE_TYPE if row.kind == Kind.RESIDENT else ""),
        pooling_region_name(row.pooling_region),
        unit,
        _state(row, answer, today),
        _paid(row, jurisdiction, paid),
    )


def _state(row: Affiliation, answer: Answer, today: date) -> InsuranceState:
    if row.starts > today:
        return InsuranceState.AHEAD
    if row.ends and row.ends < today:
        return InsuranceState.ENDED
    return InsuranceState.NORMAL if answer.status == Status.COVERED else InsuranceState.SUSPENDED


def _paid(row: Affiliation, jurisdiction: str, month: date | None) -> Paid:
    """Residents pay by the year; that of an approved enrolment counts as paid where the law says so (contracts §1)."""
    if row.kind != Kind.RESIDENT:
        return Paid(month=month)
    law = law_of(jurisdiction)
    counts = COUNTS_AS_PAID in law and bool(law[COUNTS_AS_PAID].at(row.starts))
    if counts and (month is None or month.year < row.starts.year):
        return Paid(year=row.starts.year, by_enrolment=True)
    return Paid(year=month.year if month else None)
