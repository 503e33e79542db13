"""Looks that people question: the insurer's list, one case, its answer told to the person (X.5)."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.journal.models import Inquiry
from daftar.portal.looks import services
from daftar.portal.looks.forms import AnswerForm
from daftar.portal.looks.models import LookCase
from daftar.portal.looks.own import INVALID, _page
from daftar.portal.looks.selectors import PAGE, seen
from daftar.portal.looks.texts import ANSWER, QUESTION, open_text
from daftar.portal.theme.forms import typed

ANSWERING = (Role.REVIEWER, Role.INSURER_ADMIN)


@for_roles(*ANSWERING)
def cases(request: HttpRequest) -> HttpResponse:
    """Open cases first, the longest waiting at the top, then the answered ones."""
    number = _page(request)
    first = (number - 1) * PAGE
    rows = LookCase.objects.filter(jurisdiction=request.user.jurisdiction).order_by("answered_by", "asked_at", "id")
    found = list(rows[first : first + PAGE + 1])
    looks = {each.row.id: each for each in seen(list(Inquiry.objects.filter(id__in=[row.inquiry for row in found])))}
    context = {"cases": [(row, looks[row.inquiry]) for row in found[:PAGE]], "newer": number - 1}
    context |= {"older": number + 1 if len(found) > PAGE else 0, "zone": request.user.jurisdiction}
    return render(request, "looks/cases.html", context)


@for_roles(*ANSWERING)
def case(request: HttpRequest, number: int) -> HttpResponse:
    """What the person wrote, the look, the answer. Reading it is journalled under the person."""
    found = LookCase.objects.filter(pk=number, jurisdiction=request.user.jurisdiction).first()
    if found is None:
        raise Http404
    form, now = AnswerForm(typed(request)), timezone.now()
    if request.method == "POST" and form.is_valid():
        services.case_answer(case=number, answer=form.cleaned_data["answer"], by=request.user, at=now)
        return redirect("looks:case", number)
    with transaction.atomic():
        (look,) = seen(list(Inquiry.objects.filter(id=found.inquiry)))
        services.case_record(found, outcome="shown", shown="question inquiry", by=request.user, at=now)
    context = {
        "case": found,
        "look": look,
        "form": form,
        "question": open_text(found.question, QUESTION),
        "answer": open_text(found.answer, ANSWER),
        "zone": request.user.jurisdiction,
    }
    return render(request, "looks/case.html", context, status=INVALID if form.errors else 200)
