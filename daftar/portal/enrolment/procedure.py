"""How cases of enrolment are handled (S3.12-S3.17): policy of the city, material, the rules' decision, approval."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.urls import reverse

from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Decision, LeftToReviewer, Policy, Section
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.enrolment.checking import known_of, left_to_a_reviewer, needed, verdict_of
from daftar.portal.enrolment.fact_services import affiliation_make
from daftar.portal.enrolment.filled import to_be_filled
from daftar.portal.enrolment.shown import sections
from daftar.rules.enrolment import Review, review_policy
from daftar.rules.filing import lacking
from daftar.store.sealing import Fields
from daftar.terms.cases import NotDone, Way
from daftar.terms.jurisdictions import jurisdictions


class EnrolmentProcedure:
    """The procedure of `CaseKind.ENROLMENT`."""

    def policy(self, case: Case, *, at: datetime) -> Policy:
        """The rule of the city on the day of submission (S3.15)."""
        found = review_policy(known_of(case).path, day_of(case, at))
        if found is None:
            raise CaseNotDone(NotDone.FACTS_CHANGED)
        way = Way.AUTOMATIC if found.review is Review.AUTOMATIC else Way.MANUAL
        return Policy(way, found.review is Review.FOUR_EYES, f"{found.review} {found.region}")

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        """Of each group of which nothing is there, all kinds; of a form that is not filled in, its page."""
        part = to_be_filled(fields)
        if part:
            return {part}
        there = {*given, *known_of(case).given}
        groups = needed(case, fields, day_of(case, case.submitted_at or case.made_at))
        return {kind for group in lacking(groups, there) for kind in group}

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> Decision | LeftToReviewer:
        """By the rules alone; what only a paper can show is left to a reviewer."""
        verdict = verdict_of(case, fields, day=day_of(case, at))
        left = left_to_a_reviewer(verdict)
        if left:
            return LeftToReviewer(left)
        return Decision(verdict.allowed, tuple(verdict.reasons))

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        """The affiliation and its cover."""
        affiliation_make(case, fields, at=at)

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        """The three groups in the reader's language."""
        return sections(case, fields)

    def written_at(self, case: Case) -> str:
        """The wizard, which goes on where something is missing."""
        return reverse("enrolment:case", args=[case.number])


def day_of(case: Case, at: datetime) -> date:
    """The day where the case is decided."""
    return jurisdictions()[case.jurisdiction].today(at)
