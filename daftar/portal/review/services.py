"""What reviewers do on the pages beyond the services of cases: each telling is on record (X.5)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.portal.accounts.models import Account
from daftar.portal.cases import review_services
from daftar.portal.cases.looks import look_entry
from daftar.portal.cases.models import Case, CaseStep, Material
from daftar.portal.cases.review_services import reviewable, reviewer
from daftar.portal.cases.scope import Scope
from daftar.portal.cases.selectors import about_person
from daftar.portal.cases.stepping import CaseNotDone, record
from daftar.portal.journal.services import looks_record
from daftar.portal.people.selectors import person_seen
from daftar.terms.cases import CaseAct, NotDone, RefusalReason, SendBackReason


@transaction.atomic
def cases_about(person: UUID, *, scope: Scope, by: Account, at: datetime) -> list[Case]:
    """By certificate number: a person's cases that this account may review; also that there are none is told (X.5)."""
    found = about_person(scope, person)
    outcome = "shown" if found else "not_found"
    looks_record([look_entry(person, "case_search", outcome, by, shown="cases" if found else "")], at=at)
    return found


@transaction.atomic
def applicant_name(case: Case, *, by: Account, at: datetime) -> str:
    """The name of who submits for another, on their own record too; empty when the registry does not know them."""
    seen = person_seen(case.applicant)
    if seen is None:
        return ""
    entry = look_entry(case.applicant, f"case_{case.kind}", "shown", by, shown="name", reference=case.number)
    looks_record([entry], at=at)
    return seen.name


@transaction.atomic
def material_look(*, case: Case, material: UUID, by: Account, at: datetime) -> Material | None:
    """A material that is about to be shown beside the form; its content is fetched page by page, this look is one."""
    found = reviewable(case.pk, by)
    shown = found.materials.filter(pk=material).defer("content").first()
    if shown is not None:
        record(found, "shown", by=reviewer(by), at=at, shown="material")
    return shown


@transaction.atomic
def export_record(*, lines: int, by: Account, at: datetime) -> None:
    """Journal that a list of cases was exported; it names no person, so it is under nobody's key."""
    key = settings.SECRETS.key("organisation", "")
    looks_record([look_entry(key, "cases_exported", "exported", by, shown="cases", reference=str(lines))], at=at)


@transaction.atomic
def case_decide(
    *,
    act: CaseAct,
    case: int,
    version: int,
    reasons: Sequence[str] = (),
    note: str = "",
    by: Account,
    at: datetime,
) -> None:
    """Approve, send back or refuse what was read at `version`. Raises CaseNotDone.

    A case may have been sent back, corrected and taken up again since a page was opened: nobody decides what they
    have not seen.
    """
    if reviewable(case, by).version != version:
        raise CaseNotDone(NotDone.CHANGED_MEANWHILE)
    decide: dict[CaseAct, Callable[[], Case]] = {
        CaseAct.APPROVE: lambda: review_services.case_approve(case=case, by=by, at=at),
        CaseAct.SEND_BACK: lambda: review_services.case_send_back(
            case=case, reasons=[SendBackReason(each) for each in reasons], note=note, by=by, at=at
        ),
        CaseAct.REFUSE: lambda: review_services.case_refuse(
            case=case, reasons=[RefusalReason(each) for each in reasons], note=note, by=by, at=at
        ),
    }
    decide[act]()


def done_before(case: int, act: CaseAct, by: Account) -> bool:
    """Whether the last thing done to a case is this act of this account: the same button pressed twice."""
    last = CaseStep.objects.filter(case=case).order_by("-id").values_list("by", "act").first()
    same = {CaseAct.APPROVE, CaseAct.CONFIRM} if act == CaseAct.APPROVE else {act}
    return last is not None and last[0] == by.user and last[1] in same
