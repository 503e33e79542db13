"""The office counter and a person's quiz: nine wrong answers have closed it, the person stands here, it is reopened
(S4.20). The person is looked at once more on this page, and both the look and the reopening are journalled."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.quiz import Closed, Locked
from daftar.portal.console.counter import person_page
from daftar.portal.console.counter_account import INVALID, SeenForm
from daftar.portal.console.guard import for_counter
from daftar.portal.console.persons import look, person_under
from daftar.portal.settlement.quiz_services import quiz_refusal, quiz_reopen
from daftar.portal.theme.forms import typed


@for_counter
def quiz(request: HttpRequest, handle: str) -> HttpResponse:
    """Whether a person's quiz is locked or closed; a closed one is reopened here."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "quiz")
        refusal = quiz_refusal(key, at=now)
    form = SeenForm(typed(request))
    if request.method == "POST" and isinstance(refusal, Closed) and form.is_valid():
        quiz_reopen(key, by=request.user, at=now)
        return redirect(person_page(handle, "quiz"))
    context = {
        "seen": seen,
        "handle": handle,
        "closed": isinstance(refusal, Closed),
        "until": refusal.until if isinstance(refusal, Locked) else None,
        "form": form,
        "zone": seen.jurisdiction,
    }
    return render(request, "console/quiz.html", context, status=INVALID if form.errors else 200)
