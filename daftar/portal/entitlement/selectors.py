"""Reading the entitlement room."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from daftar.answers import Answer
from daftar.portal.entitlement.models import Admission, Evidence
from daftar.portal.journal.selectors import answer_given, inquiry_row
from daftar.portal.people.models import PersonIdentifier
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import Identifier, read_identifier
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


def identifier_of(person: UUID) -> Identifier | None:
    """The number under which a person is registered; None when the registry does not know them any more."""
    row = PersonIdentifier.objects.filter(key=person).first()
    if row is None:
        return None
    return read_identifier(row.type, open_fields(settings.SECRETS, "person_identifier", row.sealed)["number"])


def own_answer(code: str) -> Answer | None:
    """The answer under a code in specific mode; the caller has made sure that its session was told it."""
    row = inquiry_row(code)
    return answer_given(code) if row and row["mode"] == Mode.SPECIFIC else None


def evidence_of(key: UUID) -> list[Evidence]:
    """Papers on record about a person, newest first."""
    return list(Evidence.objects.filter(key=key, withdrawn=False).order_by("-valid_from"))
