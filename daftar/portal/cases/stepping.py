"""One act done to a case that is held: the row, the step, the journal's record, the notice; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.cases.addresses import progress_address
from daftar.portal.cases.machine import RULES, Standing, after
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.services import notify
from daftar.store.keys import Key
from daftar.store.sealing import Fields, open_fields
from daftar.terms.cases import PENDING, CaseAct, CaseKind, CaseState, NotDone
from daftar.terms.outcomes import Channel, Ground

TABLE = "case"
NOTE = "case_step.note"

TOLD = {
    CaseAct.SUBMIT: "case_submitted",
    CaseAct.APPROVE: "case_approved",
    CaseAct.SEND_BACK: "case_sent_back",
    CaseAct.REFUSE: "case_refused",
    CaseAct.WITHDRAW: "case_withdrawn",
}
"""Notices to the applicant and the person; who holds a case meanwhile is on the progress page and not worth an SMS."""


class CaseNotDone(Exception):
    """An act was not done and nothing was changed; `what` names the material or the like that is missing."""

    def __init__(self, why: NotDone, what: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.why, self.what = why, tuple(what)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a citizen with their key, staff with their office, or the rules."""

    user: str
    key: UUID | None = None
    office: str = ""
    overseer: bool = False


def citizen(account: Account) -> Actor:
    """A citizen as the actor."""
    return Actor(account.user, key=account.person_key)


def held(case: int) -> Case:
    """A case, its row locked until the transaction ends. Raises Case.DoesNotExist."""
    return Case.objects.select_for_update().get(pk=case)


def fields_of(case: Case) -> Fields:
    """The form's fields, opened. Who shows them records it (`case_open`)."""
    return open_fields(settings.SECRETS, TABLE, case.sealed)


def standing(case: Case) -> Standing:
    """What the state machine asks of a case."""
    return Standing(CaseState(case.state), case.four_eyes, case.claimed_by, case.confirmed_by)


def step(
    case: Case, act: CaseAct, *, by: Actor, at: datetime, reasons: Sequence[str] = (), note: str = "", tell: bool = True
) -> None:
    """Do an act to a held case. Raises CaseNotDone."""
    moved = after(standing(case), act, by=by.user, overseer=by.overseer)
    if isinstance(moved, NotDone):
        raise CaseNotDone(moved)
    _carry_over(case, moved, act, by, at)
    case.reasons = " ".join(reasons)
    _save(case)
    sealed = settings.SECRETS.seal(note.encode(), about=NOTE) if note else b""
    CaseStep.objects.create(
        case=case,
        act=act,
        state=case.state,
        by=by.user,
        office=by.office,
        at=at,
        reasons=case.reasons,
        sealed_note=sealed,
    )
    record(case, act, by=by, at=at)
    if tell and act in TOLD:
        address = progress_address(case)
        for person in {case.applicant, case.person}:
            notify(person, TOLD[act], at=at, number=case.number, address=address)


def record(case: Case, outcome: str, *, by: Actor, at: datetime, shown: str = "") -> None:
    """Journal something done to a case or shown of it, under the person, with who acts for them (X.5)."""
    acting = case.applicant if by.user == RULES else by.key
    entry = Entry(
        channel=Channel.WEB,
        mode=f"case_{case.kind}",
        key=Key(case.person),
        outcome=outcome,
        reason=case.state,
        ground=_ground(case, acting),
        shown=shown,
        account=by.user,
        acting_for=Key(acting) if acting and acting != case.person else None,
        office=by.office or None,
        reference=case.number,
    )
    looks_record([entry], at=at)


def _ground(case: Case, acting: UUID | None) -> Ground:
    if acting is None:
        return Ground.DUTY
    if acting == case.person:
        return Ground.OWN
    return Ground.DEPENDANT if case.kind == CaseKind.OBJECTION else Ground.PROXY  # a proxy does not object (S3.3)


def _carry_over(case: Case, moved: Standing, act: CaseAct, by: Actor, at: datetime) -> None:
    """Write into the row what the machine says, with the moments of it."""
    if moved.claimed_by != case.claimed_by:
        case.claimed_at = at if moved.claimed_by else None
    if moved.confirmed_by != case.confirmed_by:
        case.confirmed_at = at if moved.confirmed_by else None
    case.state, case.claimed_by, case.confirmed_by = moved.state, moved.claimed_by, moved.confirmed_by
    if act == CaseAct.SUBMIT:
        case.submitted_at = at
    case.queued_at = (case.queued_at or at) if moved.state in PENDING else None
    if moved.state in (CaseState.APPROVED, CaseState.REFUSED):
        case.decided_by, case.decided_at = by.user, at


def _save(case: Case) -> None:
    """Write the row; the database refuses a second open case about the same matter, even at the same moment."""
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        if case.matter and another_open(case):
            raise CaseNotDone(NotDone.ANOTHER_OPEN) from error
        raise


def another_open(case: Case) -> bool:
    """Whether the same is asked for in another case that is open."""
    open_states = [CaseState.SUBMITTED, CaseState.IN_REVIEW, CaseState.SENT_BACK]
    same = Case.objects.filter(person=case.person, kind=case.kind, matter=case.matter, state__in=open_states)
    return same.exclude(pk=case.pk).exists()
