"""What reviewers do: claim, release, approve, send back, refuse, read; each within their scope (S3.16, S3.19).

Of two at once one is done and the other is told why not: the row is held from the first look to the commit.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daftar.portal.accounts.models import Account, Role
from daftar.portal.cases.machine import approving
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.cases.procedures import procedure_of
from daftar.portal.cases.scope import scope_of
from daftar.portal.cases.stepping import Actor, CaseNotDone, fields_of, held, record, standing, step
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseAct, CaseKind, NotDone, RefusalReason, SendBackReason


def reviewer(account: Account) -> Actor:
    """A reviewer as the actor; headquarters may release what somebody else holds."""
    return Actor(account.user, office=account.office, overseer=account.role == Role.INSURER_ADMIN)


@transaction.atomic
def reviewer_record(*, account: Account, person: UUID, by: Account, at: datetime) -> bool:
    """Headquarters record which person is behind a staff account; False for one's own, or one that has another.

    Without it an account reviews nothing: nobody could tell whose relative it is. A counter and the hotline serve
    neither that person nor those close to them.
    """
    if by.role != Role.INSURER_ADMIN or by.pk == account.pk:
        return False
    if Reviewer.objects.filter(key=person).exclude(account=account.pk).exists():
        return False
    Reviewer.objects.update_or_create(
        account=account.pk, defaults={"key": person, "recorded_by": by.user, "recorded_at": at}
    )
    return True


@transaction.atomic
def case_claim(*, case: int, by: Account, at: datetime) -> Case:
    """Take a case to review it; claiming one's own once more changes nothing. Raises CaseNotDone."""
    found = reviewable(case, by)
    if found.claimed_by != by.user:
        step(found, CaseAct.CLAIM, by=reviewer(by), at=at)
    return found


@transaction.atomic
def case_release(*, case: int, by: Account, at: datetime) -> Case:
    """Put a case back into the queue, where it keeps its place. Raises CaseNotDone."""
    found = held(case)
    if found.claimed_by != by.user:  # what one holds one may always let go, also when it turned out to be a relative's
        found = reviewable(case, by)
    step(found, CaseAct.RELEASE, by=reviewer(by), at=at)
    return found


@transaction.atomic
def case_approve(*, case: int, by: Account, at: datetime) -> Case:
    """Approve: the last word makes the facts, the first of two (S3.15) puts it back for another reviewer's eyes."""
    found = reviewable(case, by)
    act = approving(standing(found))
    step(found, act, by=reviewer(by), at=at)
    if act == CaseAct.APPROVE:
        procedure_of(CaseKind(found.kind)).approved(found, fields_of(found), by=by.user, at=at)
    return found


@transaction.atomic
def case_send_back(*, case: int, reasons: Collection[SendBackReason], note: str, by: Account, at: datetime) -> Case:
    """Give a case back to be corrected, with what is wrong. Raises CaseNotDone."""
    found = reviewable(case, by)
    found.version += 1  # a late double of the first submission is not a resubmission
    step(found, CaseAct.SEND_BACK, by=reviewer(by), at=at, reasons=_reasons(reasons), note=note)
    return found


@transaction.atomic
def case_refuse(*, case: int, reasons: Collection[RefusalReason], note: str, by: Account, at: datetime) -> Case:
    """Refuse a case with reasons of the list; the applicant sees them (S3.19). Raises CaseNotDone."""
    found = reviewable(case, by)
    step(found, CaseAct.REFUSE, by=reviewer(by), at=at, reasons=_reasons(reasons), note=note)
    return found


@transaction.atomic
def case_read(*, case: int, by: Account, at: datetime, shown: str = "case") -> tuple[Case, Fields]:
    """A case for a reviewer's eyes, drafts never; journalled under the person, `shown` in it. Raises CaseNotDone."""
    found = reviewable(case, by)
    record(found, "shown", by=reviewer(by), at=at, shown=shown)
    return found, fields_of(found)


def reviewable(case: int, by: Account) -> Case:
    """A case held, if this account may review it at all."""
    scope, found = scope_of(by), held(case)
    if isinstance(scope, NotDone):
        raise CaseNotDone(scope)
    why = scope.refusal(found)
    if why:
        raise CaseNotDone(why)
    return found


def _reasons(reasons: Collection[SendBackReason] | Collection[RefusalReason]) -> list[str]:
    if not reasons:
        raise CaseNotDone(NotDone.REASON_MISSING)
    return sorted(set(reasons))
