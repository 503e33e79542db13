"""What applicants do: begin, save, submit, withdraw, read; for themselves, or as principal of a proxy binding (X.4)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from daftar.portal.accounts.models import Account
from daftar.portal.cases.machine import RULES
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.numbers import new_case_number
from daftar.portal.cases.powers import may_change, sees, speaks_for
from daftar.portal.cases.procedures import LeftToReviewer, procedure_of
from daftar.portal.cases.replacing import given_and_in_the_way, replace_stuck
from daftar.portal.cases.scope import places
from daftar.portal.cases.stepping import TABLE, Actor, CaseNotDone, Doing, citizen, fields_of, held, record, step, steps
from daftar.store.dialect import rows
from daftar.store.sealing import Fields, seal_fields
from daftar.terms.cases import PENDING, CaseAct, CaseKind, CaseState, NotDone, Way

GIVEN = "SELECT what FROM material WHERE case_id = ? AND removed_at IS NULL"
TO_BE_WRITTEN = (CaseState.DRAFT, CaseState.SENT_BACK)


@transaction.atomic
def case_begin(*, kind: CaseKind, person: UUID, jurisdiction: str, by: Account, at: datetime) -> Case:
    """Begin a case, or go on with the draft that is there: of each kind an applicant has one for a person."""
    if not speaks_for(by.person_key, person, kind, jurisdiction, at):
        raise CaseNotDone(NotDone.NOT_YOURS)
    case, fresh = Case.objects.get_or_create(
        applicant=by.person_key,
        person=person,
        kind=kind,
        state=CaseState.DRAFT,
        defaults={
            "number": new_case_number(),
            "jurisdiction": jurisdiction,
            "made_at": at,
            "sealed": seal_fields(settings.SECRETS, TABLE, {}),
        },
    )
    if fresh:
        CaseStep.objects.create(case=case, act=CaseAct.BEGIN, state=case.state, by=by.user, at=at)
        record(case, CaseAct.BEGIN, by=citizen(by), at=at)
    return case


@transaction.atomic
def case_save(
    *,
    case: int,
    version: int,
    fields: Mapping[str, str],
    region: str,
    matter: str = "",
    office: str = "",
    by: Account,
    at: datetime,
) -> Case:
    """Save what was filled in, as it was read at `version`; the same once more changes nothing. Raises CaseNotDone."""
    found = own_case(case, by, at)
    kept = {name: value for name, value in fields.items() if value}
    if found.version == version + 1 and kept == fields_of(found) and found.state in TO_BE_WRITTEN:
        return found
    if region and region.partition("-")[0] != found.jurisdiction:
        raise ValueError(f"{region} is of another jurisdiction")
    _as_read(found, version)
    found.version += 1
    found.sealed = seal_fields(settings.SECRETS, TABLE, kept)
    found.matter, found.office = matter, office
    for column, code in places(region).items():
        setattr(found, column, code)
    step(found, CaseAct.SAVE, by=citizen(by), at=at, reasons=found.reasons.split())
    return found


@transaction.atomic
def case_submit(*, case: int, version: int, by: Account, at: datetime) -> Case:
    """Submit a case as it was read at `version`; decided at once where the policy of the day says so (S3.15, S3.24).

    A second submission of the same changes nothing and gives the same case. Raises CaseNotDone.
    """
    return submit_held(own_case(case, by, at), version=version, by=by, at=at)


def submit_held(found: Case, *, version: int, by: Account, at: datetime) -> Case:
    """As `case_submit`, for a case of `own_case`."""
    decided_or_waiting = found.state in PENDING or found.state in (CaseState.APPROVED, CaseState.REFUSED)
    if decided_or_waiting and found.version == version:
        return found
    _as_read(found, version)
    procedure, fields = procedure_of(CaseKind(found.kind)), fields_of(found)
    given, in_the_way = given_and_in_the_way(found)
    missing = procedure.missing(found, fields, given)
    if missing:
        raise CaseNotDone(NotDone.MATERIAL_MISSING, sorted(missing))
    replace_stuck(in_the_way, by=by, at=at)
    policy = procedure.policy(found, at=at)
    found.way, found.four_eyes, found.policy_version = policy.way, policy.four_eyes, policy.version
    decision = procedure.decide(found, fields, at=at)
    if isinstance(decision, LeftToReviewer):
        step(found, CaseAct.SUBMIT, by=citizen(by), at=at, reasons=decision.reasons)
        return found
    if policy.way == Way.MANUAL:
        step(found, CaseAct.SUBMIT, by=citizen(by), at=at)
        return found
    act = CaseAct.APPROVE if decision.approved else CaseAct.REFUSE
    submitted = Doing(CaseAct.SUBMIT, citizen(by), tell=False)
    steps(found, [submitted, Doing(act, Actor(RULES), decision.reasons)], at=at)
    if decision.approved:
        procedure.approved(found, fields, by=RULES, at=at)
    return found


@transaction.atomic
def case_withdraw(*, case: int, by: Account, at: datetime) -> Case:
    """Take a case back before it is decided; a second time changes nothing. Raises CaseNotDone."""
    found = own_case(case, by, at)
    if found.state != CaseState.WITHDRAWN:
        step(found, CaseAct.WITHDRAW, by=citizen(by), at=at)
    return found


@transaction.atomic
def case_open(*, case: int, by: Account, at: datetime) -> tuple[Case, Fields]:
    """A case for the eyes of who wrote it or whom it is for; journalled. Raises CaseNotDone `not_yours`."""
    found = Case.objects.get(pk=case)
    if not sees(found, by.person_key):
        raise CaseNotDone(NotDone.NOT_YOURS)
    record(found, "shown", by=citizen(by), at=at, shown="case")
    return found, fields_of(found)


def materials_given(case: Case) -> frozenset[str]:
    """Which material of the procedure is there."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return frozenset(what for (what,) in rows(connection.connection, GIVEN, [case.pk]))


def own_case(case: int, by: Account, at: datetime) -> Case:
    """A case held for its applicant, or for the person whom it is for once it was submitted."""
    found = held(case)
    if not may_change(found, by.person_key, at):
        raise CaseNotDone(NotDone.NOT_YOURS)
    return found


def _as_read(case: Case, version: int) -> None:
    if case.state not in TO_BE_WRITTEN:
        raise CaseNotDone(NotDone.NOT_IN_THIS_STATE)
    if case.version != version:
        raise CaseNotDone(NotDone.CHANGED_MEANWHILE)
