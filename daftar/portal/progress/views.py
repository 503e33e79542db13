"""«办理进度查询»: one's cases, one of them with all that was done to it, taking it back (S3.18, S3.19)."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from daftar.portal.accounts.roles import for_citizens
from daftar.portal.cases.material_page import materials_of
from daftar.portal.cases.models import Case
from daftar.portal.cases.powers import applicant_may, may_change, sees
from daftar.portal.cases.services import case_open, case_withdraw
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.progress import selectors
from daftar.portal.progress.forms import NumberForm
from daftar.portal.progress.services import progress_record
from daftar.portal.proxy.acting import persons
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.theme.forms import typed
from daftar.terms.cases import CaseAct, CaseState, NotDone
from daftar.terms.jurisdictions import jurisdictions

INVALID, CONFLICT = 422, 409


@for_citizens()
@for_whom(Act.SEE_PROGRESS)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of the reader, or those submitted for the chosen member; and one by its number."""
    person, now = request.user.person_key, timezone.now()
    form = NumberForm(typed(request))
    if request.method == "POST" and form.is_valid():
        wanted = selectors.case_numbered(form.cleaned_data["number"] or "")
        if wanted and sees(wanted, person):
            return redirect("progress:case", wanted.number)
        form.add_error("number", gettext("You have no case with this number. Compare it with the one you were given."))
    with transaction.atomic():
        found = selectors.cases_seen(person, request.acting.member if request.acting else None, now)
        progress_record(persons(person, request.acting), count=len(found), by=request.user.user, at=now)
    context = {
        "form": form,
        "to_do": [each for each in found if each.to_do],
        "others": [each for each in found if not each.to_do],
        "full": len(found) == selectors.MOST_CASES,
    }
    return render(request, "progress/cases.html", context, status=INVALID if form.errors else 200)


@for_citizens()
@for_whom(Act.SEE_PROGRESS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands and why, what is to be done next, what was done, what was filled in."""
    return _shown(request, _case(request, number))


@for_citizens()
@for_whom(Act.SEE_PROGRESS)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """«撤销»: ask once more, then take it back; a case that was decided meanwhile is shown as it stands."""
    found, now = _case(request, number), timezone.now()
    if _about_another(request, found):
        return render(request, "progress/another.html", {"case": found}, status=CONFLICT)
    if request.method == "POST":
        try:
            case_withdraw(case=found.pk, by=request.user, at=now)
        except CaseNotDone as problem:
            found.refresh_from_db()
            return _shown(request, found, problem.why)
        return redirect("progress:case", number)
    with transaction.atomic():
        open_to_change = not found.ended and may_change(found, request.user.person_key, now)
    if not open_to_change:
        return redirect("progress:case", number)
    return render(request, "progress/withdraw.html", {"case": found})


def _case(request: HttpRequest, number: str) -> Case:
    """A case of the reader's; for everybody else there is none."""
    found = selectors.case_numbered(number)
    if found is None or not sees(found, request.user.person_key):
        raise Http404
    return found


def _about_another(request: HttpRequest, found: Case) -> bool:
    """Whether the reader has chosen to act for somebody whom this case is not about."""
    return request.acting is not None and request.acting.member != found.person


def _shown(request: HttpRequest, found: Case, problem: NotDone | None = None) -> HttpResponse:
    if _about_another(request, found):
        return render(request, "progress/another.html", {"case": found}, status=CONFLICT)
    now = timezone.now()
    with transaction.atomic():
        opened, fields = case_open(case=found.pk, by=request.user, at=now)
        changeable = not opened.ended and may_change(opened, request.user.person_key, now)
        stuck = opened.state == CaseState.SENT_BACK and not applicant_may(opened, now)
        (seen,) = selectors.cases_named([opened], request.user.person_key, now)
    steps = selectors.steps_seen(opened, request.user)
    context: dict[str, Any] = {
        "case": opened,
        "seen": seen,
        "problem": problem,
        "changeable": changeable,
        "stuck": stuck,
        "written_at": selectors.written_at(opened) if seen.to_do else "",
        "switch_to": "" if request.acting else selectors.binding_of(opened),
        "steps": steps,
        "replaced": steps[-1].step.row.act == CaseAct.REPLACE,
        "sections": selectors.sections_of(opened, fields),
        "files": materials_of(opened),
        "zone": opened.jurisdiction,
        "hotline": jurisdictions()[opened.jurisdiction].hotline,
    }
    return render(request, "progress/case.html", context, status=CONFLICT if problem else 200)
