"""The panel «پنل مخصوص دستگاه‌های دولتی و مرجع استعلامات رسمی»: ask about one person, and the answer (S1.7-S1.20)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.affiliation import AffiliationAnswer, AffiliationReply
from daftar.disclosure.affiliation.faults import NEED_A_LETTER
from daftar.portal.affiliation import services
from daftar.portal.affiliation.forms import InquiryForm
from daftar.portal.affiliation.guards import ASKERS, asker, for_panel
from daftar.portal.affiliation.selectors import inquiry_of, kept_answer, read_letter
from daftar.portal.affiliation.shown import answer_blocks
from daftar.portal.theme.forms import say, typed
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import AffiliationOutcome

INVALID = 422
WITH_DETAILS = {each for each in AffiliationOutcome if each != AffiliationOutcome.NO_RECORD}
FIELD_OF = {
    "period.from": "period_from",
    "period.to": "period_to",
    "reference.number": "reference_number",
    "reference.date": "reference_date",
}
"""Fields of the form by the names that faults give them."""


@for_panel(*ASKERS, ended_may=True)
def ask(request: HttpRequest) -> HttpResponse:
    """F1: national code, period, letter; exactly one of four outcomes comes back (S1.11, S1.12)."""
    if request.method != "POST" and not request.may_ask:
        raise PermissionDenied(say("problem.no-agreement"))
    by = asker(request)
    form = InquiryForm(typed(request), jurisdiction=by.jurisdiction, kind=by.kind)
    if request.method == "POST":
        reply = _ask(form, by)
        if isinstance(reply, AffiliationAnswer):
            return redirect("affiliation:answer", reply.tracking_code)
    context = {"form": form, "organisation": request.organisation, "letter_needed": by.kind in NEED_A_LETTER}
    return render(request, "affiliation/ask.html", context, status=INVALID if form.errors else 200)


def _ask(form: InquiryForm, by: services.Asker) -> AffiliationReply | None:
    """Ask, or put at the fields what is wrong; journalled either way. Raises PermissionDenied."""
    now = timezone.now()
    valid, values = form.is_valid(), form.cleaned_data
    letter = services.Letter(values.get("reference_number"), values.get("reference_date"))
    if not valid:
        services.attempt_record(typed=form.typed_identifier(), faults=form.faults(), letter=letter, by=by, at=now)
        return None
    period = (values["period_from"], values["period_to"])
    reply = services.inquiry_ask(identifier=values["identifier"], period=period, letter=letter, by=by, at=now)
    if isinstance(reply, AffiliationAnswer):
        return reply
    if reply.problem == "no-agreement":
        raise PermissionDenied(say("problem.no-agreement"))
    for fault in reply.faults:
        form.add_error(FIELD_OF[fault.field], say(f"input.{fault.code}"))
    if not reply.faults:
        form.add_error(None, say(f"problem.{reply.problem}"))
    return None


@for_panel(*ASKERS, ended_may=True)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One of O1-O4, O4-J-main, O4-J-dep for the account that asked; for the organisation's others the outcome alone."""
    with transaction.atomic():
        row = inquiry_of(code, request.user.organisation)
    if row is None:
        raise Http404
    told = kept_answer(row["id"], request.user.user, timezone.now()) if request.may_ask else None  # S1.2: no access
    context = {
        "row": row,
        "letter": read_letter(row["reference"]),
        "code": code,
        "told": told,
        "hidden": not told and row["outcome"] in WITH_DETAILS,
        "blocks": answer_blocks(told.answer) if told else [],
        "organisation": request.organisation,
        "zone": request.user.jurisdiction,
        "insurer": jurisdictions()[request.user.jurisdiction],
    }
    return render(request, "affiliation/answer.html", context)
