"""Enrolment of residents: who decides about it in a region, which categories there are, and what each needs.

Whether a reviewer is needed depends on each city («需根据各地市经办流程判断», S3.15). Three dated lists of
regions say it; the lowest region of a path that any of them names decides, and where none names one, nobody can be
enrolled on line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftar.rules.ages import has_reached
from daftar.rules.filing import Materials
from daftar.rules.regions import law_of, nearest
from daftar.rules.units import Unit
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.materials import MaterialKind
from daftar.terms.periods import Period

CATEGORIES = "enrolment/categories"
IDENTITY = "enrolment/materials_identity"
NEWBORN_DAYS, CHILD_AGE = "enrolment/newborn_days", "enrolment/child_age"
DAYS_BACK, DAYS_AHEAD = "enrolment/days_back", "enrolment/days_ahead"


class Review(StrEnum):
    """Who decides (S3.15-S3.17). Texts: section `review`."""

    AUTOMATIC = "automatic"  # rules alone: 自动审核
    MANUAL = "manual"  # one reviewer
    FOUR_EYES = "four_eyes"  # a reviewer, and a second one who confirms an approval


LISTS = {review: f"enrolment/{review}" for review in Review}
ENROLMENT = {
    **dict.fromkeys(LISTS.values(), Unit.REGIONS),
    CATEGORIES: Unit.ENROLMENT_CATEGORIES,
    **dict.fromkeys((IDENTITY, *(f"enrolment/materials_{each}" for each in EnrolmentCategory)), Unit.MATERIALS),
    NEWBORN_DAYS: Unit.DAYS,
    CHILD_AGE: Unit.FULL_YEARS,
    DAYS_BACK: Unit.DAYS,
    DAYS_AHEAD: Unit.DAYS,
}
"""What a law set must have besides where its insurer offers the service `enrolment`: no span rests on it."""


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """Who decides, and of which region this is the rule."""

    review: Review
    region: str
    reference: str


def review_policy(path: Sequence[str], day: date) -> ReviewPolicy | None:
    """Who decides about an enrolment in a region, given by its path; None where nobody can be enrolled on line."""
    law = law_of(path[0]) if path else {}
    listed = {code: review for review, name in LISTS.items() if name in law for code in law[name].codes(day)}
    region = nearest(path, listed)
    if not region:
        return None
    entry = law[LISTS[listed[region]]].entry(day)
    return ReviewPolicy(listed[region], region, entry.reference if entry else "")


def categories(jurisdiction: str, day: date) -> tuple[EnrolmentCategory, ...]:
    """The categories of `day`; empty where residents are not enrolled."""
    law = law_of(jurisdiction)
    return tuple(EnrolmentCategory(code) for code in law[CATEGORIES].codes(day)) if CATEGORIES in law else ()


def materials(jurisdiction: str, category: EnrolmentCategory, born: date | None, day: date) -> tuple[Materials, ...]:
    """What an enrolment needs by the law of `day`: of each entry one kind. A child needs no study certificate."""
    law = law_of(jurisdiction)
    names = [IDENTITY]
    if category is not EnrolmentCategory.STUDENT_OR_CHILD or not _is_child(jurisdiction, born, day):
        names.append(f"enrolment/materials_{category}")
    asked = (law[name].codes(day) for name in names if name in law)
    return tuple(tuple(MaterialKind(code) for code in codes) for codes in asked if codes)


def first_days(jurisdiction: str, day: date) -> Period | None:
    """The days on which an enrolment asked for on `day` may begin, the newborn apart; None where the law says none."""
    law = law_of(jurisdiction)
    back, ahead = (law[name].number(day) if name in law else None for name in (DAYS_BACK, DAYS_AHEAD))
    return None if back is None or ahead is None else Period(day - timedelta(days=back), day + timedelta(days=ahead))


def _is_child(jurisdiction: str, born: date | None, day: date) -> bool:
    """An unknown birth date proves no age, and an age without a value none either."""
    law = law_of(jurisdiction)
    years = law[CHILD_AGE].number(day) if CHILD_AGE in law else None
    return years is not None and born is not None and not has_reached(born, years, day)
