"""Everything that the page of a case shows a reviewer: form, material, what was done, and what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing

from daftar.portal.accounts.models import Account, Role
from daftar.portal.cases.machine import approving
from daftar.portal.cases.materials.keeping import open_name
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.procedures import Section, procedure_of
from daftar.portal.cases.stepping import standing
from daftar.portal.cases.steps import StepShown, steps_shown
from daftar.portal.people.models import PersonIdentifier
from daftar.portal.review.rows import Line, lines, names_of
from daftar.portal.review.services import applicant_name, material_look
from daftar.store.sealing import Fields, open_fields
from daftar.terms.cases import CaseAct, CaseKind, CaseState

TOKEN = "review.material"
TOKEN_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Paper:
    """A material in the list beside the form."""

    row: Material
    name: str
    chosen: bool

    @property
    def kilobytes(self) -> int:
        """Its size, at least one."""
        return max(1, round(self.row.size / 1024))

    @property
    def pages(self) -> range:
        """Its pages, from 1."""
        return range(1, self.row.pages + 1)


@dataclass(frozen=True, slots=True)
class Done:
    """A step, with the name of the reviewer who did it; empty for the applicant."""

    shown: StepShown
    name: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as its page shows it; `left` is why the rules leave it to a reviewer.

    `token` opens the pages of the chosen material for a quarter of an hour.
    """

    line: Line
    sections: Sequence[Section]
    identifier: tuple[str, str] | None
    applicant: str
    papers: Sequence[Paper]
    chosen: Paper | None
    token: str
    steps: Sequence[Done]
    left: Sequence[str]
    first_reviewer: str
    may: frozenset[CaseAct]
    held_by_another: bool
    confirmed_by_me: bool


def case_shown(case: Case, fields: Fields, *, material: UUID | None, by: Account, at: datetime) -> CaseShown:
    """A case that was just read (`case_read`); the look at the chosen material is journalled here."""
    papers = _papers(case, material)
    chosen = next((each for each in papers if each.chosen), None)
    if chosen:
        material_look(case=case, material=chosen.row.pk, by=by, at=at)
    steps = steps_shown(case)
    names = names_of({each.row.by for each in steps} | {case.confirmed_by})
    (line,) = lines([case], user=by.user, at=at)
    return CaseShown(
        line=line,
        sections=procedure_of(CaseKind(case.kind)).shown(case, fields),
        identifier=_identifier(case.person),
        applicant=applicant_name(case, by=by, at=at) if case.acting_for else "",
        papers=papers,
        chosen=chosen,
        token=token_for(by, chosen.row.pk) if chosen else "",
        steps=[Done(each, names.get(each.row.by, "")) for each in steps],
        left=_left(case, steps),
        first_reviewer=names.get(case.confirmed_by, case.confirmed_by),
        may=_may(case, by),
        held_by_another=case.state == CaseState.IN_REVIEW and case.claimed_by != by.user,
        confirmed_by_me=bool(case.confirmed_by) and case.confirmed_by == by.user,
    )


def token_for(by: Account, material: UUID) -> str:
    """What lets this account fetch the pages of a material whose look was just journalled."""
    return signing.dumps([by.pk, material.hex], salt=TOKEN)


def material_of(token: str, by: Account) -> UUID | None:
    """The material that a token opens for this account; None when it opens nothing, or was given too long ago."""
    try:
        account, material = signing.loads(token, salt=TOKEN, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    return UUID(material) if account == by.pk else None


def _identifier(person: UUID) -> tuple[str, str] | None:
    """Type and number of the person, whole: the reviewer compares them with the paper. Part of the look at the case."""
    row = PersonIdentifier.objects.filter(person_key=person).order_by("type").first()
    return (row.type, open_fields(settings.SECRETS, "person_identifier", row.sealed)["number"]) if row else None


def _left(case: Case, steps: Sequence[StepShown]) -> Sequence[str]:
    """What the rules could not tell of a case that waits, when it was last submitted."""
    submitted = [each for each in steps if each.row.act == CaseAct.SUBMIT]
    return submitted[-1].reasons if case.pending and submitted else ()


def _papers(case: Case, wanted: UUID | None) -> list[Paper]:
    """All material, taken out again too; the one asked for is chosen, or else the first."""
    rows = list(case.materials.defer("content").order_by("removed_at", "at", "pk"))
    rows.sort(key=lambda row: row.removed_at is not None)
    first = next((row.pk for row in rows if row.pk == wanted), rows[0].pk if rows else None)
    return [
        Paper(row, open_name(settings.SECRETS, row.pk, bytes(row.sealed_name)), chosen=row.pk == first) for row in rows
    ]


def _may(case: Case, by: Account) -> frozenset[CaseAct]:
    """What this account may do to the case as it stands; the services decide once more."""
    if case.state == CaseState.SUBMITTED and case.confirmed_by != by.user:
        return frozenset({CaseAct.CLAIM})
    if case.state != CaseState.IN_REVIEW:
        return frozenset()
    if case.claimed_by == by.user:
        return frozenset({CaseAct.RELEASE, CaseAct.SEND_BACK, CaseAct.REFUSE, approving(standing(case))})
    return frozenset({CaseAct.RELEASE}) if by.role == Role.INSURER_ADMIN else frozenset()
