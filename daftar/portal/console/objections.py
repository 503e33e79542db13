"""An objection as staff see it: beside it the answer explained; taken up, passed on, answered, with a paper (S2.12).

The page joins the objection with the papers of entitlement; what is recorded and the answer are one transaction, and
the cover is computed anew in it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.disclosure.explanation import Explanation, Looker, explain, looks_beside
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import View
from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import procedure_of
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.cases.steps import reasons_of, steps_shown
from daftar.portal.console.guard import concern
from daftar.portal.console.objection_forms import DismissForm, UpholdForm
from daftar.portal.console.selectors import asked_by
from daftar.portal.entitlement.services import evidence_record
from daftar.portal.journal.services import TRACKING, looks_record, raw_connection
from daftar.portal.objections import services
from daftar.portal.objections.forms import PassOnForm, offices_of
from daftar.portal.objections.handling import HANDLING, PAPER_SEEN, for_handling
from daftar.portal.objections.selectors import lines, names_of
from daftar.portal.people.selectors import person_seen
from daftar.portal.theme.forms import PageForm, say
from daftar.terms.cases import CaseAct, CaseKind, CaseState, NotDone
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, EvidenceKind
from daftar.terms.tracking_codes import TrackingCode

INVALID, CONFLICT = 422, 409
HIDDEN = {NotDone.OUT_OF_SCOPE, NotDone.RELATED}
"""What is not for these eyes is not there."""


@for_handling(*HANDLING)
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """What is objected to, why it was answered so, what was done, and what may be done now."""
    return _page(request, _numbered(number))


def _act(view: View) -> View:
    return require_POST(for_handling(*HANDLING)(view))


@_act
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take it up."""
    found = _numbered(number)
    return _done(request, found, CaseAct.CLAIM, lambda by, at: services.objection_claim(case=found.pk, by=by, at=at))


@_act
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Put it back; its clock runs on."""
    found = _numbered(number)
    return _done(
        request, found, CaseAct.RELEASE, lambda by, at: services.objection_release(case=found.pk, by=by, at=at)
    )


@_act
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Give it to an office, or back to the hotline."""
    found = _numbered(number)
    form = PassOnForm(request.POST, offices=offices_of(request.handling.jurisdiction))
    if not form.is_valid():
        return _page(request, found, passing=form, status=INVALID)
    office, note = form.given, form.cleaned_data["note"]
    return _done(
        request,
        found,
        CaseAct.PASS_ON,
        lambda by, at: services.objection_pass_on(case=found.pk, office=office, note=note, by=by, at=at),
    )


@_act
def uphold(request: HttpRequest, number: str) -> HttpResponse:
    """The person is right; a paper that was seen is recorded with it."""
    found = _numbered(number)
    form = UpholdForm(request.POST, papers=Role(request.user.role) in PAPER_SEEN)
    if not form.is_valid():
        return _page(request, found, upholding=form, status=INVALID)

    def answer(by: Account, at: datetime) -> None:
        services.handled(found.pk, by)  # the case before the journal's writer, as everybody locks them
        if form.paper:
            evidence_record(
                key=found.person,
                kind=EvidenceKind(form.paper.kind),
                valid_from=form.paper.valid_from,
                valid_until=form.paper.valid_until,
                office=by.office,
                by=by.user,
                at=at,
            )
        _answer(found, True, form, by, at)

    return _done(request, found, CaseAct.APPROVE, answer)


@_act
def dismiss(request: HttpRequest, number: str) -> HttpResponse:
    """The answer stands."""
    found, form = _numbered(number), DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, found, dismissing=form, status=INVALID)
    return _done(request, found, CaseAct.REFUSE, lambda by, at: _answer(found, False, form, by, at))


def _answer(found: Case, upheld: bool, form: UpholdForm | DismissForm, by: Account, at: datetime) -> None:
    reasons, note = form.cleaned_data["reasons"], form.cleaned_data["note"]
    services.objection_answer(case=found.pk, upheld=upheld, reasons=reasons, note=note, by=by, at=at)


def _done(request: HttpRequest, found: Case, act: CaseAct, do: Callable[[Account, datetime], object]) -> HttpResponse:
    """Do it, all or nothing; the same button pressed twice is done once."""
    try:
        with transaction.atomic():
            do(request.user, timezone.now())
    except CaseNotDone as error:
        if error.why in HIDDEN or not services.done_before(found.pk, act, request.user):
            return _page(request, found, problem=error.why, status=CONFLICT)
    away = act == CaseAct.RELEASE or (act == CaseAct.PASS_ON and not _sees(request, found))
    if away:
        return redirect(f"{reverse('objections:list')}?done=released")
    return redirect(f"{reverse('console:objection', args=[found.number])}?done={act}")


def _page(
    request: HttpRequest,
    found: Case,
    *,
    passing: PassOnForm | None = None,
    upholding: UpholdForm | None = None,
    dismissing: DismissForm | None = None,
    problem: NotDone | None = None,
    status: int = 200,
) -> HttpResponse:
    by, now = request.user, timezone.now()
    try:
        with transaction.atomic():
            case, fields = services.objection_read(case=found.pk, by=by, at=now)
            (code,) = TRACKING.codes([case.objection.inquiry])
            explained = _explained(by, code, now)
            seen = person_seen(case.person)
    except CaseNotDone as error:
        return _let_go(request, found, error)
    today = jurisdictions()[case.jurisdiction].today(now)
    (line,) = lines([case], user=by.user, today=today)
    steps = steps_shown(case)
    names = names_of({each.row.by for each in steps} | {case.decided_by})
    papers = Role(by.role) in PAPER_SEEN and seen is not None
    forms: list[PageForm | None] = [passing, upholding, dismissing]
    context: dict[str, Any] = {
        "case": case,
        "line": line,
        "seen": seen,
        "code": code,
        "found": explained,
        "inquiry": explained.inquiry if explained else None,
        "askers": asked_by(explained.inquiry) if explained else (),
        "sections": procedure_of(CaseKind.OBJECTION).shown(case, fields),
        "steps": [(each, names.get(each.row.by, "")) for each in steps],
        "reasons": reasons_of(case) if case.decided_at else (),
        "decider": names.get(case.decided_by, case.decided_by),
        "passing": passing or PassOnForm(offices=offices_of(case.jurisdiction)),
        "upholding": upholding or UpholdForm(papers=papers),
        "dismissing": dismissing or DismissForm(),
        "papers": papers,
        "form": next((each for each in forms if each is not None), None),
        "problem": say(f"case_not_done.{problem}") if problem else "",
        "done": request.GET.get("done"),
        "waits": case.state == CaseState.SUBMITTED,
        "zone": case.jurisdiction,
    }
    return render(request, "console/objection.html", context, status=status)


def _explained(by: Account, code: TrackingCode, at: datetime) -> Explanation | None:
    """The answer taken apart; not where it rests on a main insured who is close to the account. Inside `atomic()`."""
    found = explain(raw_connection(), code, tracking=TRACKING)
    if found is None or any(concern(by, each.key) for each in found.facts):
        return None
    looks_record(looks_beside(found, Looker(by.user, Channel.WEB, by.office)), at=at)
    return found


def _let_go(request: HttpRequest, found: Case, error: CaseNotDone) -> HttpResponse:
    """Not there; unless the account holds it, and must be able to let go of what turned out to be a relative's."""
    if not Case.objects.filter(pk=found.pk, claimed_by=request.user.user).exists():
        raise Http404
    context = {"number": found.number, "why": say(f"case_not_done.{error.why}")}
    return render(request, "console/objection_let_go.html", context, status=403)


def _sees(request: HttpRequest, found: Case) -> bool:
    return bool(request.handling.cases.filter(pk=found.pk).exists())


def _numbered(number: str) -> Case:
    """The objection of an address; 404 for what is no number of one. Whether the account may see it is asked later."""
    wanted = number if number.isascii() and number.isdecimal() else ""
    found = Case.objects.filter(number=wanted, kind=CaseKind.OBJECTION).defer("sealed").first()
    if found is None:
        raise Http404
    return found
