"""What was done to a case, as people read it: reasons in words, the reviewer's note opened (S3.18, S3.19)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from daftar.portal.cases.machine import RULES
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.selectors import timeline
from daftar.portal.cases.stepping import NOTE
from daftar.portal.theme.page import language
from daftar.terms.cases import PENDING, CaseKind, CaseState
from daftar.terms.texts import worded


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step; `by_rules` where no reviewer decided."""

    row: CaseStep
    reasons: Sequence[str]
    note: str

    @property
    def by_rules(self) -> bool:
        """Whether the rules did it."""
        return self.row.by == RULES


def steps_shown(case: Case) -> list[StepShown]:
    """The timeline of a case, the oldest first. Who shows it records the look (X.5)."""
    return [
        StepShown(step, reasons_in_words(case.kind, step.state, step.by, step.reasons), note_of(step))
        for step in timeline(case)
    ]


def reasons_in_words(kind: str, state: str, by: str, codes: str) -> list[str]:
    """Why something was sent back, decided or left to a reviewer: reasons from a reviewer's lists, or of the law."""
    of_the_law = by == RULES or kind == CaseKind.OBJECTION or state in PENDING
    ruled = f"{kind}_reason" if of_the_law else "case_refusal"
    section = "case_send_back" if state == CaseState.SENT_BACK else ruled
    return [worded(section, code, language()) for code in codes.split()]


def reasons_of(case: Case) -> list[str]:
    """Why a case stands where it stands."""
    return reasons_in_words(case.kind, case.state, case.decided_by, case.reasons)


def note_of(step: CaseStep) -> str:
    """What the reviewer wrote to the applicant; empty when nothing."""
    sealed = bytes(step.sealed_note)
    return settings.SECRETS.open(sealed, about=NOTE).decode() if sealed else ""
