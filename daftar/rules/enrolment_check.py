"""Whether somebody may be enrolled as a resident («该人员可以进行城乡居民参保登记», domain-facts 2.12; S3.12-S3.14).

Asked before the form is filled, and once more when it is handed in. Where a region decides automatically, this is the
decision. The law of the day of asking holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftar.rules.ages import has_reached
from daftar.rules.enrolment import (
    CATEGORIES,
    CHILD_AGE,
    DAYS_AHEAD,
    DAYS_BACK,
    IDENTITY,
    NEWBORN_DAYS,
    categories,
    materials,
    review_policy,
)
from daftar.rules.filing import Materials, lacking
from daftar.rules.parameters import LawSet
from daftar.rules.regions import law_of
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.periods import Period

USED = (CATEGORIES, IDENTITY, CHILD_AGE, NEWBORN_DAYS, DAYS_BACK, DAYS_AHEAD)
"""What the check needs a value of, besides the materials of the category."""


class EnrolmentReason(StrEnum):
    """Why somebody may be enrolled, or each thing that stands against it. Texts: section `enrolment_reason`."""

    MAY_BE_ENROLLED = "may_be_enrolled"  # nothing stands against it
    NO_RULE = "no_rule"  # the law of the day knows no enrolment
    DECEASED = "deceased"  # a death is recorded before the enrolment would begin
    ALREADY_ENROLLED = "already_enrolled"  # an affiliation with this insurer holds on the first day or begins later
    REGION_NOT_SERVED = "region_not_served"  # nobody is enrolled on line there
    REGISTERED_ELSEWHERE = "registered_elsewhere"  # not where the registry has the person, or it does not know where
    CATEGORY_UNKNOWN = "category_unknown"  # no category of the day's law
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"  # the category depends on the age
    CATEGORY_NOT_FOR_AGE = "category_not_for_age"  # too old or too young for it
    STARTS_TOO_EARLY = "starts_too_early"  # before the days that the law allows; of the newborn, before birth
    STARTS_TOO_LATE = "starts_too_late"  # after them
    MATERIALS_MISSING = "materials_missing"  # something that the category needs was not handed in


@dataclass(frozen=True, slots=True)
class WantedEnrolment:
    """As what, from when and where (a path) somebody wants to be enrolled; `given` None: not handed in yet.

    `pooled` is the region of the pooling region that was chosen; None where none is yet.
    """

    category: str
    starts: date
    region: Sequence[str]
    given: frozenset[str] | None = None
    pooled: str | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """What the registry knows of the person: `enrolled` are their own affiliations with this insurer.

    `registered` is the path of the region in which it has them; empty where it does not know.
    """

    born: date | None = None
    died: date | None = None
    enrolled: Sequence[Period] = ()
    registered: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentVerdict:
    """All reasons in the order of EnrolmentReason, and what is missing: of each entry one."""

    reasons: tuple[EnrolmentReason, ...]
    missing: tuple[Materials, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return self.reasons == (EnrolmentReason.MAY_BE_ENROLLED,)


def check(wanted: WantedEnrolment, facts: EnrolmentFacts, *, jurisdiction: str, day: date) -> EnrolmentVerdict:
    """Whether somebody may be enrolled, asked on `day`."""
    law = law_of(jurisdiction)
    known = wanted.category in categories(jurisdiction, day)
    used = (*USED, *([f"enrolment/materials_{wanted.category}"] if known else []))
    if any(name not in law or law[name].at(day) is None for name in used):
        return EnrolmentVerdict((EnrolmentReason.NO_RULE,))
    missing: tuple[Materials, ...] = ()
    if known and wanted.given is not None:
        missing = lacking(materials(jurisdiction, EnrolmentCategory(wanted.category), facts.born, day), wanted.given)
    against = [
        *_person(wanted, facts, day),
        *_place(wanted, facts, day),
        *(_age(wanted, facts, law, day) if known else (EnrolmentReason.CATEGORY_UNKNOWN,)),
        *_days(wanted, facts, law, day),
        *((EnrolmentReason.MATERIALS_MISSING,) if missing else ()),
    ]
    return EnrolmentVerdict(tuple(against) or (EnrolmentReason.MAY_BE_ENROLLED,), missing)


def _person(wanted: WantedEnrolment, facts: EnrolmentFacts, day: date) -> Iterator[EnrolmentReason]:
    if facts.died and facts.died < max(day, wanted.starts):
        yield EnrolmentReason.DECEASED
    if any(spell.overlaps(Period(wanted.starts)) for spell in facts.enrolled):
        yield EnrolmentReason.ALREADY_ENROLLED


def _place(wanted: WantedEnrolment, facts: EnrolmentFacts, day: date) -> Iterator[EnrolmentReason]:
    """Who asks chooses the place and with it who decides; that it is the person's own, the registry says or a paper."""
    if not review_policy(wanted.region, day):
        yield EnrolmentReason.REGION_NOT_SERVED
    if wanted.pooled is not None and wanted.pooled not in facts.registered:
        yield EnrolmentReason.REGISTERED_ELSEWHERE


def _age(wanted: WantedEnrolment, facts: EnrolmentFacts, law: LawSet, day: date) -> Iterator[EnrolmentReason]:
    """A student who is no child any more shows a study certificate, so no age is too old for that category."""
    adult, newborn = law[CHILD_AGE].number(day) or 0, timedelta(days=law[NEWBORN_DAYS].number(day) or 0)
    if wanted.category not in (EnrolmentCategory.NEWBORN, EnrolmentCategory.ORDINARY_RESIDENT):
        return
    if facts.born is None:
        yield EnrolmentReason.BIRTH_DATE_UNKNOWN
    elif wanted.category == EnrolmentCategory.NEWBORN:
        if not facts.born <= day <= facts.born + newborn:
            yield EnrolmentReason.CATEGORY_NOT_FOR_AGE
    elif not has_reached(facts.born, adult, day):
        yield EnrolmentReason.CATEGORY_NOT_FOR_AGE


def _days(wanted: WantedEnrolment, facts: EnrolmentFacts, law: LawSet, day: date) -> Iterator[EnrolmentReason]:
    """The newborn are enrolled from birth on, everyone else from about the day on which it is asked."""
    first = day - timedelta(days=law[DAYS_BACK].number(day) or 0)
    if wanted.category == EnrolmentCategory.NEWBORN and facts.born is not None:
        first = min(first, facts.born)
    if wanted.starts < first:
        yield EnrolmentReason.STARTS_TOO_EARLY
    if wanted.starts > day + timedelta(days=law[DAYS_AHEAD].number(day) or 0):
        yield EnrolmentReason.STARTS_TOO_LATE
