"""Reading one's cases as their two persons see them: who they are for, who submitted them, what was done (S3.18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.powers import may_change
from daftar.portal.cases.procedures import Procedure, Section, procedure_of
from daftar.portal.cases.steps import StepShown, steps_shown
from daftar.portal.people.selectors import person_seen
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseAct, CaseKind, CaseState

MOST_CASES = 100
"""In the list; older ones are found by their number."""

TO_DO = (CaseState.DRAFT, CaseState.SENT_BACK)
"""The next act is that of who wrote it."""


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case in the list: `name` is of whom it is for, empty for the reader; `submitter` of somebody else who did.

    `to_do`: it waits for the reader. Who wrote a case corrects it, and nobody else; not once their binding has ended.
    """

    row: Case
    name: str
    submitter: str
    to_do: bool


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step with who did it: you, rules, insurer, the name of the other person, or somebody who submitted anew."""

    step: StepShown
    who: str
    name: str = ""


def cases_seen(reader: UUID, member: UUID | None, at: datetime) -> list[CaseSeen]:
    """What a person submitted or began and what was submitted for them; of a member, what the reader submitted.

    Call it inside `atomic()`, as `cases_named`.
    """
    theirs = Q(applicant=reader) | Q(person=reader, submitted_at__isnull=False)
    found = Case.objects.filter(Q(applicant=reader, person=member) if member else theirs)
    given_up = Q(state=CaseState.WITHDRAWN, submitted_at=None)
    return cases_named(list(found.exclude(given_up).order_by("-id").defer("sealed")[:MOST_CASES]), reader, at)


def cases_named(cases: Sequence[Case], reader: UUID, at: datetime) -> list[CaseSeen]:
    """Cases with the names of the other persons in them, and whether they wait for the reader."""
    others = {key for case in cases for key in (case.person, case.applicant)} - {reader}
    names = {key: name_of(key) for key in others} | {reader: ""}
    return [
        CaseSeen(
            case,
            names[case.person],
            names[case.applicant] if case.acting_for else "",
            case.state in TO_DO and reader == case.applicant and may_change(case, reader, at),
        )
        for case in cases
    ]


def name_of(person: UUID) -> str:
    """Somebody's name; a dash for who is not in the register yet, as the newborn."""
    seen = person_seen(person)
    return seen.name if seen and seen.name else "–"


def case_numbered(number: str) -> Case | None:
    """A case by its number, whoever asks."""
    return Case.objects.filter(number=number).defer("sealed").first()


def steps_seen(case: Case, reader: Account) -> list[StepSeen]:
    """The timeline of a case for one of its two persons; reviewers have no names here."""
    other = case.applicant if reader.person_key == case.person else case.person
    return [_seen(step, reader.user, other) for step in steps_shown(case)]


def sections_of(case: Case, fields: Fields) -> Sequence[Section]:
    """What was filled in; nothing where nothing was."""
    procedure = _procedure(case)
    return procedure.shown(case, fields) if procedure and fields else ()


def written_at(case: Case) -> str:
    """Where a case is gone on with; empty where no app handles its kind."""
    procedure = _procedure(case)
    return procedure.written_at(case) if procedure else ""


def binding_of(case: Case) -> str:
    """Name of the binding by which the applicant acts; empty where it is their own case or nothing stands any more."""
    open_one = ProxyBinding.objects.filter(principal=case.applicant, member=case.person, ended_at=None)
    found = open_one.values_list("pk", flat=True).first() if case.acting_for else None
    return str(found) if found else ""


def _procedure(case: Case) -> Procedure | None:
    """A kind that no app handles here is followed all the same."""
    try:
        return procedure_of(CaseKind(case.kind))
    except KeyError:
        return None


def _seen(step: StepShown, user: str, other: UUID) -> StepSeen:
    if step.by_rules:
        return StepSeen(step, "rules")
    if step.row.by in (user, ""):  # nobody was logged in: an objection by USSD, or from the page of an answer
        return StepSeen(step, "you")
    if not step.row.office and Account.objects.filter(user=step.row.by, person_key=other).exists():
        return StepSeen(step, "other", name_of(other))
    return StepSeen(step, "newer" if step.row.act == CaseAct.REPLACE else "insurer")
