"""What staff do with an objection: take it up, put it back, pass it on, answer it, read it; all on record (S2.12)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.disclosure.telling import tell
from daftar.portal.accounts.models import Account
from daftar.portal.cases.looks import look_entry
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.numbers import grouped
from daftar.portal.cases.review_services import reviewer
from daftar.portal.cases.stepping import CaseNotDone, fields_of, held, record, step
from daftar.portal.directory.models import Office
from daftar.portal.journal.services import looks_record, raw_connection
from daftar.portal.objections.handling import handling_of
from daftar.store.keys import Key
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseAct, NotDone

TOLD = {CaseAct.APPROVE: "objection_upheld", CaseAct.REFUSE: "objection_dismissed"}
"""What the person is told of an answer; the answer itself they read after a log-in, or hear on the telephone."""


@transaction.atomic
def objection_claim(*, case: int, by: Account, at: datetime) -> Case:
    """Take an objection up; one's own once more changes nothing. Raises CaseNotDone."""
    found = handled(case, by)
    if found.claimed_by != by.user:
        step(found, CaseAct.CLAIM, by=reviewer(by), at=at)
    return found


@transaction.atomic
def objection_release(*, case: int, by: Account, at: datetime) -> Case:
    """Put an objection back, where it keeps its clock. Raises CaseNotDone."""
    found = held(case)
    if found.claimed_by != by.user:  # what one holds one may always let go
        found = handled(case, by)
    step(found, CaseAct.RELEASE, by=reviewer(by), at=at)
    return found


@transaction.atomic
def objection_pass_on(*, case: int, office: str, note: str, by: Account, at: datetime) -> Case:
    """Give an objection to an office, or with an empty code back to the hotline; the clock runs on.

    Raises CaseNotDone `out_of_scope` for an office that there is not.
    """
    found = handled(case, by)
    if office and not Office.objects.filter(code=office, withdrawn=False).exists():
        raise CaseNotDone(NotDone.OUT_OF_SCOPE)
    found.office = office
    step(found, CaseAct.PASS_ON, by=reviewer(by), at=at, note=note)
    return found


@transaction.atomic
def objection_answer(*, case: int, upheld: bool, reasons: Sequence[str], note: str, by: Account, at: datetime) -> Case:
    """Answer an objection with reasons and a note, and tell the person. Raises CaseNotDone.

    What is recorded with the answer, a paper, stands in the caller's transaction.
    """
    found = handled(case, by)
    if not reasons:
        raise CaseNotDone(NotDone.REASON_MISSING)
    act = CaseAct.APPROVE if upheld else CaseAct.REFUSE
    step(found, act, by=reviewer(by), at=at, reasons=sorted(reasons), note=note, tell=False)
    for person in {found.person, found.applicant}:
        _tell(found, person, TOLD[act], at)
    return found


@transaction.atomic
def objection_read(*, case: int, by: Account, at: datetime) -> tuple[Case, Fields]:
    """An objection for the eyes of staff, with the answer taken apart; one look. Raises CaseNotDone."""
    found = handled(case, by)
    record(found, "shown", by=reviewer(by), at=at, shown="case name inquiry span facts")
    return found, fields_of(found)


@transaction.atomic
def search_record(*, person: UUID, found: int, by: Account, at: datetime) -> None:
    """Journal that somebody's objections were looked up; also that there are none is told (X.5)."""
    outcome = "shown" if found else "not_found"
    looks_record([look_entry(person, "case_search", outcome, by, shown="cases" if found else "")], at=at)


@transaction.atomic
def answer_look(*, person: UUID, inquiry: int, by: Account, at: datetime) -> None:
    """Journal that an operator saw an answer about which somebody calls."""
    looks_record([look_entry(person, "explanation", "shown", by, shown="inquiry", reference=str(inquiry))], at=at)


@transaction.atomic
def export_record(*, lines: int, by: Account, at: datetime) -> None:
    """Journal that a list was exported; it names no person, so it is under nobody's key."""
    key = settings.SECRETS.key("organisation", "")
    looks_record([look_entry(key, "cases_exported", "exported", by, shown="cases", reference=str(lines))], at=at)


def handled(case: int, by: Account) -> Case:
    """A case held, if this account looks into it at all."""
    handling, found = handling_of(by), held(case)
    if isinstance(handling, NotDone):
        raise CaseNotDone(handling)
    if not handling.cases.filter(pk=case).exists():
        raise CaseNotDone(NotDone.RELATED if {found.person, found.applicant} & handling.close else NotDone.OUT_OF_SCOPE)
    return found


def done_before(case: int, act: CaseAct, by: Account) -> bool:
    """Whether the last thing done to a case is this act of this account: the same button pressed twice."""
    last = CaseStep.objects.filter(case=case).order_by("-id").values_list("by", "act").first()
    return last == (by.user, act)


def _tell(case: Case, person: UUID, code: str, at: datetime) -> None:
    language = case.objection.language
    tell(raw_connection(), settings.SECRETS, Key(person), code, language, at=at, number=grouped(case.number))
