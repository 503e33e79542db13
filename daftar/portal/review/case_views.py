"""A case and what a reviewer does to it; of two at once one is done and the other is told why not (S3.16, S3.19)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.cases import review_services
from daftar.portal.cases.models import Case
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.review.case_shown import case_shown
from daftar.portal.review.forms import RefuseForm, SendBackForm
from daftar.portal.review.guards import case_numbered, for_reviewers
from daftar.portal.review.services import case_decide, done_before
from daftar.portal.theme.forms import say
from daftar.terms.cases import CaseAct, CaseKind, NotDone

INVALID, MOVED_ON = 422, 409
OBJECTION = "console:objection"
HIDDEN = {NotDone.OUT_OF_SCOPE, NotDone.RELATED}
"""A case that is not for these eyes is not there: nobody learns that a relative has asked for something."""


@for_reviewers
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case with its material beside the form; an objection on its own page, beside the answer explained."""
    found = case_numbered(number)
    return redirect(OBJECTION, number) if found.kind == CaseKind.OBJECTION else _page(request, found)


@require_POST
@for_reviewers
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take it up."""
    found, now = case_numbered(number), timezone.now()
    try:
        review_services.case_claim(case=found.pk, by=request.user, at=now)
    except CaseNotDone as error:
        return _refused(request, found, CaseAct.CLAIM, error)
    return redirect("review:case", number)


@require_POST
@for_reviewers
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Put it back into its place in the queue; also what turned out to be a relative's."""
    found, now = case_numbered(number), timezone.now()
    try:
        review_services.case_release(case=found.pk, by=request.user, at=now)
    except CaseNotDone as error:
        return _refused(request, found, CaseAct.RELEASE, error)
    return redirect(f"{reverse('review:queue')}?nothing=released")


@require_POST
@for_reviewers
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve it, or find it right as the first of two."""
    return _decide(request, case_numbered(number), CaseAct.APPROVE)


@require_POST
@for_reviewers
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send it back with what is to be corrected."""
    found, form = case_numbered(number), SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, back=form, status=INVALID)
    return _decide(request, found, CaseAct.SEND_BACK, reasons=form.given, note=form.note_given)


@require_POST
@for_reviewers
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Refuse it with reasons of the list."""
    found, form = case_numbered(number), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refusal=form, status=INVALID)
    return _decide(request, found, CaseAct.REFUSE, reasons=form.given, note=form.note_given)


def _decide(request: HttpRequest, found: Case, act: CaseAct, **given: Any) -> HttpResponse:
    if found.kind == CaseKind.OBJECTION:
        return redirect(OBJECTION, found.number)
    version = request.POST.get("version", "")
    try:
        case_decide(
            act=act,
            case=found.pk,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            by=request.user,
            at=timezone.now(),
            **given,
        )
    except CaseNotDone as error:
        return _refused(request, found, act, error)
    return _done(found, act)


def _refused(request: HttpRequest, found: Case, act: CaseAct, error: CaseNotDone) -> HttpResponse:
    """Nothing was done: the page as it stands now, and why. The same button pressed twice is done once."""
    if error.why not in HIDDEN and done_before(found.pk, act, request.user):
        return _done(found, act)
    return _page(request, found, problem=error.why, status=MOVED_ON)


def _done(found: Case, act: CaseAct) -> HttpResponse:
    if act == CaseAct.RELEASE:
        return redirect(f"{reverse('review:queue')}?nothing=released")
    return redirect(f"{reverse('review:case', args=[found.number])}?done={act}")


def _page(
    request: HttpRequest,
    found: Case,
    *,
    back: SendBackForm | None = None,
    refusal: RefuseForm | None = None,
    problem: NotDone | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    try:
        with transaction.atomic():
            row, fields = review_services.case_read(case=found.pk, by=request.user, at=now, shown="case number")
            shown = case_shown(row, fields, material=_material(request), by=request.user, at=now)
    except CaseNotDone as error:
        return _not_for_these_eyes(request, found, error)
    context = {
        "case": row,
        "shown": shown,
        "back": back or SendBackForm(),
        "refusal": refusal or RefuseForm(),
        "form": back or refusal,
        "problem": say(f"case_not_done.{problem}") if problem else "",
        "done": request.GET.get("done"),
        "zone": request.scope.jurisdiction,
    }
    return render(request, "review/case.html", context, status=status)


def _not_for_these_eyes(request: HttpRequest, found: Case, error: CaseNotDone) -> HttpResponse:
    """Not there; unless the account holds it, and must be able to let go of what turned out to be a relative's."""
    held = Case.objects.filter(pk=found.pk, claimed_by=request.user.user).exists()
    if not held:
        raise Http404
    context = {"number": found.number, "why": say(f"case_not_done.{error.why}")}
    return render(request, "review/let_go.html", context, status=403)


def _material(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("material", ""))
    except ValueError:
        return None
