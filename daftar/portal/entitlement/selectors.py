"""Reading the entitlement room."""

from dataclasses import dataclass
from uuid import UUID

from daftar.answers import Answer
from daftar.portal.entitlement.models import Admission, Evidence
from daftar.portal.journal.selectors import answer_given, inquiry_row
from daftar.terms.outcomes import Mode


@dataclass(frozen=True, slots=True)
class OrganisationAnswer:
    """An answer as the organisation that asked may see it again."""

    answer: Answer
    admission: Admission | None


def organisation_answer(code: str, organisation: str) -> OrganisationAnswer | None:
    """The answer under a code, only for the organisation that asked (contracts §3). Call it inside `atomic()`."""
    row = inquiry_row(code)
    if row is None or row["organisation"] != organisation or row["mode"] != Mode.GENERAL:
        return None
    answer = answer_given(code)
    if answer is None:
        return None
    return OrganisationAnswer(answer, Admission.objects.filter(inquiry=answer.id).first())


def own_answer(code: str) -> Answer | None:
    """The answer under a code in specific mode; the caller has made sure that its session was told it."""
    row = inquiry_row(code)
    return answer_given(code) if row and row["mode"] == Mode.SPECIFIC else None


def evidence_of(key: UUID) -> list[Evidence]:
    """Papers on record about a person, newest first."""
    return list(Evidence.objects.filter(key=key, withdrawn=False).order_by("-valid_from"))
