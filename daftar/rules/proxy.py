"""Where proxy service is offered, and which ways of binding a member the law of a day allows (S3.2-S3.11).

Regions are asked about by their path, the province first. An empty path, of somebody whose region of insurance is not
known, lies nowhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from daftar.rules.ages import birthday, has_reached
from daftar.rules.regions import law_of, nearest
from daftar.rules.units import Unit

REGIONS = "proxy/regions"
OWN_CONFIRMATION = "proxy/own_confirmation"
CARD_AGE = "proxy/card_age"

PROXY = {REGIONS: Unit.REGIONS, OWN_CONFIRMATION: Unit.REGIONS, CARD_AGE: Unit.FULL_YEARS}
"""What a law set must have besides where its insurer offers the service `proxy`: no span rests on it."""


class ServiceReason(StrEnum):
    """Whether two people may be bound to each other at all, by where they are insured (S3.2)."""

    SERVED = "served"  # both are insured where proxy service is offered: «适用于在江西省范围内参保人群»
    PRINCIPAL_NOT_SERVED = "principal_not_served"  # who would act is insured elsewhere
    MEMBER_NOT_SERVED = "member_not_served"  # for whom they would act is


class CommitmentReason(StrEnum):
    """Whether somebody may be bound by commitment letter, without a face check (S3.5, S3.10)."""

    ALLOWED = "allowed"  # under the age on the day
    OF_AGE = "of_age"  # «年满16周岁的亲情成员请通过“已办理身份证人员绑定”方式办理绑定，否则无法提交»
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"  # nothing shows that they are under the age
    NO_RULE = "no_rule"  # the law of the day knows no such path


def serves(path: Sequence[str], day: date) -> bool:
    """Whether proxy service is offered to who is insured in a region."""
    law = law_of(path[0]) if path else {}
    return REGIONS in law and bool(nearest(path, law[REGIONS].codes(day)))


def service_reason(principal: Sequence[str], member: Sequence[str], day: date) -> ServiceReason:
    """The region gate of a binding; both need to be served."""
    if not serves(principal, day):
        return ServiceReason.PRINCIPAL_NOT_SERVED
    return ServiceReason.SERVED if serves(member, day) else ServiceReason.MEMBER_NOT_SERVED


def may_confirm_themself(member: Sequence[str], day: date) -> bool:
    """Whether a member may confirm a binding from their own identity-verified log-in instead of by face."""
    law = law_of(member[0]) if member else {}
    return OWN_CONFIRMATION in law and bool(nearest(member, law[OWN_CONFIRMATION].codes(day)))


def commitment_reason(born: date | None, day: date, jurisdiction: str) -> CommitmentReason:
    """Whether somebody born on a day may be bound by commitment letter on another."""
    years = _card_age(jurisdiction, day)
    if years is None:
        return CommitmentReason.NO_RULE
    if born is None:
        return CommitmentReason.BIRTH_DATE_UNKNOWN
    return CommitmentReason.OF_AGE if has_reached(born, years, day) else CommitmentReason.ALLOWED


def commitment_ends(born: date, bound_on: date, jurisdiction: str) -> date | None:
    """The last day of a binding by commitment letter, the day before the birthday, by the law of its first day."""
    years = _card_age(jurisdiction, bound_on)
    return None if years is None else birthday(born, years) - timedelta(days=1)


def _card_age(jurisdiction: str, day: date) -> int | None:
    law = law_of(jurisdiction)
    return law[CARD_AGE].number(day) if CARD_AGE in law else None
